/**
 * Parquet files, read by the engine itself: each row as the VARIANT of an object with a member for each column.
 * https://docs.snowflake.com/en/sql-reference/sql/create-file-format (TYPE = PARQUET)
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import { quoteText } from "../../../translator/lower/sql.ts";
import { toVariant } from "../../../translator/lower/variant-casts.ts";
import { numberType, type SnowType, TEXT, timestampType } from "../../../translator/types/types.ts";
import type { Connection } from "../../storage/storage.ts";
import type { FileFormat } from "../file-format.ts";
import { type EngineType, parseDuckType } from "./engine-type.ts";
import type { SourceFile } from "./source-file.ts";

export type ParquetColumn = {
  readonly name: string;
  readonly type: EngineType;
  /** The unit of a timestamp that is read as the number it is stored as. */
  readonly asNumber: boolean;
  readonly nullable: boolean;
};

/** A table expression of the file's rows, with `file_row_number` counted from 0. */
export function parquetRows({ localPath }: SourceFile): string {
  return `read_parquet(${quoteText(localPath)}, file_row_number = true, hive_partitioning = false)`;
}

/**
 * The columns of a file, as the format's options have them read.
 * @throws 100152 for a file that is no Parquet file
 */
export async function parquetColumns(
  connection: Pick<Connection, "rows">,
  file: SourceFile,
  format: FileFormat,
): Promise<ParquetColumn[]> {
  const path = quoteText(file.localPath);
  try {
    const described = await connection.rows(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(${path}, hive_partitioning = false))`,
    );
    const schema = await connection.rows(
      `SELECT name, type, converted_type, logical_type, repetition_type FROM parquet_schema(${path})`,
    );
    const stored = new Map(schema.map((row) => [String(row.name), row]));
    return described.map((row) => {
      const name = String(row.column_name);
      const found = stored.get(name);
      const isLogicalOnly =
        found?.converted_type === null &&
        found.type === "INT64" &&
        String(found.logical_type).startsWith("Timestamp");
      return {
        name,
        type: parseDuckType(String(row.column_type)),
        asNumber: isLogicalOnly && !format.flag("USE_LOGICAL_TYPE"),
        nullable: found?.repetition_type !== "REQUIRED",
      };
    });
  } catch (error) {
    const broken = snowflakeError("parquetFile", { file: file.name });
    broken.cause = error;
    throw broken;
  }
}

/** DuckDB SQL of the row's VARIANT. */
export function rowVariant(columns: readonly ParquetColumn[], binaryAsText: boolean): string {
  const members = columns.flatMap(({ name, type, asNumber }) => {
    const value = `"${name.replaceAll('"', '""')}"`;
    const sql = asNumber ? timestampNumber(value, type) : variantOf(value, type, binaryAsText);
    return [quoteText(name), sql];
  });
  return `_v_object_construct_keep_null(${members.join(", ")})`;
}

const MICROS_PER_MILLI = 1_000;

/** A timestamp as the number that the file has. */
function timestampNumber(sql: string, type: EngineType): string {
  const name = type.kind === "scalar" ? type.name : "";
  if (name === "TIMESTAMP_NS") return `_v_from_number(CAST(epoch_ns(${sql}) AS VARCHAR))`;
  if (name === "TIMESTAMP_MS") {
    return `_v_from_number(CAST(epoch_us(${sql}) // ${MICROS_PER_MILLI} AS VARCHAR))`;
  }
  return `_v_from_number(CAST(epoch_us(${sql}) AS VARCHAR))`;
}

/** The VARIANT of a value of the engine, nested ones included. */
function variantOf(sql: string, type: EngineType, binaryAsText: boolean, depth = 0): string {
  switch (type.kind) {
    case "list": {
      return `_v_array_from_list(${transformed(sql, type.element, binaryAsText, depth)})`;
    }
    case "struct": {
      const members = type.fields.flatMap(({ name, type: member }) => {
        const field = `(${sql})."${name.replaceAll('"', '""')}"`;
        return [quoteText(name), variantOf(field, member, binaryAsText, depth)];
      });
      return `CASE WHEN ${sql} IS NOT NULL THEN _v_object_construct_keep_null(${members.join(", ")}) END`;
    }
    case "map": {
      const values = transformed(`map_values(${sql})`, type.value, binaryAsText, depth);
      return `CASE WHEN ${sql} IS NOT NULL THEN _v_object_agg_lists(CAST(map_keys(${sql}) AS VARCHAR[]), ${values}) END`;
    }
    case "scalar":
      return scalarVariant(sql, type.name, binaryAsText);
  }
}

/** A list with the VARIANT of each element; lambdas in one another need names of their own. */
function transformed(
  list: string,
  element: EngineType,
  binaryAsText: boolean,
  depth: number,
): string {
  const name = `p${depth}`;
  const item = variantOf(name, element, binaryAsText, depth + 1);
  return `list_transform(${list}, lambda ${name}: coalesce(${item}, 'null'))`;
}

const TYPES: Readonly<Record<string, SnowType>> = {
  BOOLEAN: { kind: "boolean" },
  DATE: { kind: "date" },
  TIME: { kind: "time", scale: 9 },
  FLOAT: { kind: "float" },
  DOUBLE: { kind: "float" },
  VARCHAR: TEXT,
  UUID: TEXT,
  TIMESTAMP: timestampType("ntz"),
  "TIMESTAMP WITH TIME ZONE": timestampType("ltz"),
};
const INTEGERS = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

function scalarVariant(sql: string, name: string, binaryAsText: boolean): string {
  const known = TYPES[name];
  if (name === "FLOAT") return toVariant(`CAST(${sql} AS DOUBLE)`, { kind: "float" });
  if (known !== undefined) return toVariant(sql, known);
  if (INTEGERS.test(name) || name.startsWith("DECIMAL")) return toVariant(sql, numberType(38, 0));
  if (name.startsWith("TIMESTAMP")) {
    return toVariant(`CAST(${sql} AS TIMESTAMP)`, timestampType("ntz"));
  }
  if (name === "BLOB") {
    if (binaryAsText) return toVariant(`decode(${sql})`, TEXT);
    return toVariant(sql, { kind: "binary", length: 0 });
  }
  return toVariant(`CAST(${sql} AS VARCHAR)`, TEXT);
}
