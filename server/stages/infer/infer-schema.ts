/** The columns of staged files. https://docs.snowflake.com/en/sql-reference/functions/infer_schema */

import { decodeVariant, isObjectValue } from "../../../translator/variant/encoding.ts";
import type { DuckDatabase } from "../../storage/database.ts";
import type { FileFormat } from "../file-format.ts";
import { readCsv, readCsvHeader } from "../formats/csv.ts";
import type { EngineType } from "../formats/engine-type.ts";
import { readJson } from "../formats/json.ts";
import { type ParquetColumn, parquetColumns } from "../formats/parquet.ts";
import { refuseFormat } from "../formats/refused.ts";
import type { StagedFile } from "../staged-files.ts";
import { ColumnGuess } from "./column-guess.ts";

export type InferredColumn = {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly expression: string;
  readonly files: readonly string[];
};

export type InferRequest = {
  readonly files: readonly StagedFile[];
  readonly format: FileFormat;
  /** Names in capitals, found without regard to case. */
  readonly ignoreCase: boolean;
  /** Records of each file that are looked at. */
  readonly maxRecords: number;
};

type Found = { type: string; nullable: boolean };

/**
 * @returns the columns of all files together, in the order of their first appearance
 * @throws 000002 for AVRO, ORC and XML
 */
export async function inferSchema(
  database: DuckDatabase,
  request: InferRequest,
): Promise<InferredColumn[]> {
  const columns = new Map<string, Found & { readonly files: string[]; readonly place: string }>();
  for (const file of request.files) {
    for (const [name, { place, ...found }] of await columnsOf(database, file, request)) {
      const known = columns.get(name);
      if (known === undefined) columns.set(name, { ...found, place, files: [file.path] });
      else {
        known.type = widerType(known.type, found.type);
        known.nullable ||= found.nullable;
        known.files.push(file.path);
      }
    }
  }
  return [...columns].map(([name, { type, nullable, files, place }]) => {
    return { name, type, nullable, files, expression: `${place}::${type}` };
  });
}

type FileColumns = ReadonlyMap<string, Found & { readonly place: string }>;

async function columnsOf(
  database: DuckDatabase,
  file: StagedFile,
  request: InferRequest,
): Promise<FileColumns> {
  switch (request.format.type) {
    case "CSV":
      return csvColumns(file, request);
    case "JSON":
      return jsonColumns(file, request);
    case "PARQUET":
      return parquetFileColumns(database, file, request);
    default:
      throw refuseFormat(request.format.type);
  }
}

async function csvColumns(
  file: StagedFile,
  { format, ignoreCase, maxRecords }: InferRequest,
): Promise<FileColumns> {
  const source = { name: file.path, localPath: file.localPath };
  const hasHeader = format.flag("PARSE_HEADER");
  const header = hasHeader ? await readCsvHeader(source, format) : [];
  const guesses: ColumnGuess[] = header.map(() => new ColumnGuess());
  let records = 0;
  await readCsv(source, format, hasHeader ? 1 : format.count("SKIP_HEADER"), {
    record: ({ values }) => {
      if (++records > maxRecords) return;
      values.forEach((value, index) => {
        guesses[index] ??= new ColumnGuess();
        if (value !== null) guesses[index]?.text(value);
      });
    },
    flush: async () => undefined,
    isDone: () => records >= maxRecords,
  });
  return new Map(
    guesses.map(({ type }, index) => {
      const name = header[index] ?? `c${index + 1}`;
      return [nameOf(name, ignoreCase), { type, nullable: true, place: `$${index + 1}` }];
    }),
  );
}

async function jsonColumns(
  file: StagedFile,
  { format, ignoreCase, maxRecords }: InferRequest,
): Promise<FileColumns> {
  const guesses = new Map<string, ColumnGuess>();
  let records = 0;
  await readJson({ name: file.path, localPath: file.localPath }, format, {
    document: (text) => {
      if (++records > maxRecords || text === null) return;
      const document = decodeVariant(text);
      if (!isObjectValue(document)) return;
      for (const key of Object.keys(document)) {
        const name = nameOf(key, ignoreCase);
        const guess = guesses.get(name) ?? new ColumnGuess();
        guesses.set(name, guess);
        guess.value(document[key] ?? null);
      }
    },
    flush: async () => undefined,
    isDone: () => records >= maxRecords,
  });
  return new Map(
    [...guesses].map(([name, { type }]) => [
      name,
      { type, nullable: true, place: memberPlace(name, ignoreCase) },
    ]),
  );
}

async function parquetFileColumns(
  database: DuckDatabase,
  file: StagedFile,
  { format, ignoreCase }: InferRequest,
): Promise<FileColumns> {
  const connection = await database.connect();
  try {
    const source = { name: file.path, localPath: file.localPath };
    const columns = await parquetColumns(connection, source, format);
    return new Map(
      columns.map((column) => {
        const name = nameOf(column.name, ignoreCase);
        const type = parquetType(column, format.flag("BINARY_AS_TEXT"));
        return [name, { type, nullable: column.nullable, place: memberPlace(name, ignoreCase) }];
      }),
    );
  } finally {
    await connection.close();
  }
}

function nameOf(name: string, ignoreCase: boolean): string {
  return ignoreCase ? name.toUpperCase() : name;
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_$]*$/;

function memberPlace(name: string, ignoreCase: boolean): string {
  if (ignoreCase) return `GET_IGNORE_CASE ($1, '${name.replaceAll("'", "''")}')`;
  return PLAIN.test(name) ? `$1:${name}` : `$1:"${name.replaceAll('"', '""')}"`;
}

function parquetType({ type, asNumber }: ParquetColumn, binaryAsText: boolean): string {
  if (asNumber) return "NUMBER(38, 0)";
  return type.kind === "scalar" ? scalarType(type, binaryAsText) : "VARIANT";
}

function scalarType(
  { name }: Extract<EngineType, { kind: "scalar" }>,
  binaryAsText: boolean,
): string {
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(name);
  if (decimal !== null) return `NUMBER(${decimal[1]}, ${decimal[2]})`;
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(name)) return "NUMBER(38, 0)";
  if (name === "FLOAT" || name === "DOUBLE") return "REAL";
  if (name === "BOOLEAN" || name === "DATE" || name === "TIME") return name;
  if (name === "TIMESTAMP WITH TIME ZONE") return "TIMESTAMP_LTZ";
  if (name.startsWith("TIMESTAMP")) return "TIMESTAMP_NTZ";
  return name === "BLOB" && !binaryAsText ? "BINARY" : "TEXT";
}

const NUMBER = /^NUMBER\((\d+), (\d+)\)$/;

/** The type that takes the values of two files. */
function widerType(a: string, b: string): string {
  if (a === b) return a;
  const [left, right] = [NUMBER.exec(a), NUMBER.exec(b)];
  if (left !== null && right !== null) {
    const scale = Math.max(Number(left[2]), Number(right[2]));
    const whole = Math.max(Number(left[1]) - Number(left[2]), Number(right[1]) - Number(right[2]));
    return whole + scale > 38 ? "REAL" : `NUMBER(${whole + scale}, ${scale})`;
  }
  const both = new Set([a, b]);
  if (both.has("REAL") && (left !== null || right !== null)) return "REAL";
  if (both.has("VARIANT")) return "VARIANT";
  if (both.has("DATE") && both.has("TIMESTAMP_NTZ")) return "TIMESTAMP_NTZ";
  return "TEXT";
}
