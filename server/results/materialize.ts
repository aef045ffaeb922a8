/**
 * Runs a result's query and keeps its rows: a small result in memory, a large one in a Parquet file that DuckDB writes
 * itself. No JavaScript touches a row of a large result.
 */

import { stat } from "node:fs/promises";
import { must } from "../../translator/base/assert.ts";
import { CHUNK_ROWS, FIRST_ROWS, INLINE_BYTES_MAX, INLINE_ROWS_MAX } from "../limits.ts";
import type { SessionParameters } from "../session/parameters.ts";
import { exportParquet } from "../storage/export.ts";
import type { ColumnChunk, Connection, QueryStream } from "../storage/storage.ts";
import { chunkBytes, compactChunk } from "./compact.ts";
import { variantSessionText } from "./formats.ts";
import { integerWidth } from "./number-width.ts";
import { columnName, decodeSelect, encodeSelect, fileRows } from "./parquet-sql.ts";
import type { ResultStore } from "./store.ts";
import type { ExportedRows, NumberWidth, StoredRows } from "./stored.ts";
import type { ResultColumn, ResultStream } from "./stream.ts";

/** A session's connection, inside its transaction when one is open. */
export type Reader = {
  read<T>(work: (connection: Pick<Connection, "run" | "query">) => Promise<T>): Promise<T>;
  stream(sql: string): Promise<QueryStream>;
};

export type MaterializeLimits = {
  readonly inlineRows: number;
  readonly inlineBytes: number;
};

const LIMITS: MaterializeLimits = { inlineRows: INLINE_ROWS_MAX, inlineBytes: INLINE_BYTES_MAX };

/** Queries that have all their work done before the first row: worth an estimate, so as not to run twice. */
const BLOCKING = /\b(ORDER\s+BY|GROUP\s+BY|DISTINCT|OVER|JOIN|UNION|EXCEPT|INTERSECT)\b/i;

/** A lowered query with a small LIMIT at its very end: planning it to learn that it has few rows would cost more than it does. */
const FEW_ROWS = /\nLIMIT (\d{1,4})(?:\nOFFSET \d+)?$/;

/**
 * The rows of a result stream. The file of a large one belongs to `store`.
 * @throws SnowflakeError what the query raises
 */
export async function materialize(
  stream: Pick<ResultStream, "columns" | "rows">,
  reader: Reader,
  store: ResultStore,
  parameters: SessionParameters,
  limits: MaterializeLimits = LIMITS,
): Promise<StoredRows> {
  const { rows, columns } = stream;
  if (rows.kind === "cells") {
    return { rowCount: rows.rows.length, inline: rows, exported: undefined };
  }
  const { sql } = rows;
  if (rows.volatile) {
    // Running it again would give other rows (and draw sequence numbers twice): where it goes is decided before.
    if ((await estimatedRows(reader, sql)) > limits.inlineRows) {
      return exportRows(reader, sql, columns, store, parameters);
    }
    return must(await inlineRows(reader, sql, undefined));
  }
  if (BLOCKING.test(sql) && (await estimatedRows(reader, sql)) > 2 * limits.inlineRows) {
    return exportRows(reader, sql, columns, store, parameters);
  }
  return (
    (await inlineRows(reader, sql, limits)) ?? exportRows(reader, sql, columns, store, parameters)
  );
}

/** All rows, or undefined when there are more than the limits allow. */
async function inlineRows(
  reader: Reader,
  sql: string,
  limits: MaterializeLimits | undefined,
): Promise<StoredRows | undefined> {
  const stream = await reader.stream(sql);
  const chunks: ColumnChunk[] = [];
  let rowCount = 0;
  let bytes = 0;
  for (let chunk = await stream.next(); chunk !== undefined; chunk = await stream.next()) {
    chunks.push(compactChunk(chunk));
    rowCount += chunk.rowCount;
    bytes += chunkBytes(chunk);
    if (limits !== undefined && (rowCount > limits.inlineRows || bytes > limits.inlineBytes)) {
      await stream.close();
      return undefined;
    }
  }
  return { rowCount, inline: { kind: "chunks", chunks }, exported: undefined };
}

/**
 * Everything comes from the file, the first rows too: a query without ORDER BY may give its rows in another order
 * when it runs again.
 */
async function exportRows(
  reader: Reader,
  sql: string,
  columns: readonly ResultColumn[],
  store: ResultStore,
  parameters: SessionParameters,
): Promise<StoredRows> {
  const path = await store.newFile();
  try {
    return await reader.read(async (connection) => {
      const rowCount = await exportParquet(connection, encodeSelect(sql, columns), path, {
        rowGroupRows: CHUNK_ROWS,
      });
      const first = { offset: 0, rowCount: Math.min(FIRST_ROWS, rowCount) };
      const { chunks } = await connection.query(decodeSelect(path, columns, first));
      const exported: ExportedRows = {
        path,
        variantSession: variantSessionText(parameters),
        bytes: (await stat(path)).size,
        parts: partsOf(first.rowCount, rowCount),
        widths: await numberWidths(connection, path, columns),
        rowBytes: await rowBytes(connection, path, columns),
      };
      return {
        rowCount,
        inline: { kind: "chunks", chunks: chunks.map(compactChunk) },
        exported,
      };
    });
  } catch (error) {
    await store.discard(path);
    throw error;
  }
}

/** Row ranges after the first rows; their ends are those of the file's row groups. */
function partsOf(first: number, rowCount: number): ExportedRows["parts"] {
  const parts: { offset: number; rowCount: number }[] = [];
  for (let offset = first; offset < rowCount; ) {
    const end = Math.min((Math.floor(offset / CHUNK_ROWS) + 1) * CHUNK_ROWS, rowCount);
    parts.push({ offset, rowCount: end - offset });
    offset = end;
  }
  return parts;
}

async function numberWidths(
  connection: Pick<Connection, "query">,
  path: string,
  columns: readonly ResultColumn[],
): Promise<NumberWidth[]> {
  const items = columns.map(({ type }, i) => {
    if (type.kind !== "number") return "NULL, NULL";
    // Beyond 18 digits there are only two widths to tell apart, but they have to be told by value.
    return `min(${columnName(i)}), max(${columnName(i)})`;
  });
  const result = await connection.query(
    `SELECT ${items.join(", ")} FROM ${fileRows(path, undefined)}`,
  );
  const row = result.chunks[0];
  return columns.map(({ type }, i) => {
    if (type.kind !== "number") return 0;
    const [low, high] = [row?.columns[2 * i], row?.columns[2 * i + 1]];
    if (low?.kind !== "decimal" || high?.kind !== "decimal" || low.isNull(0)) return 8;
    return integerWidth(low.at(0), high.at(0));
  });
}

const FIXED_CELL_BYTES = 48;

/** Bytes of a row in JSON, on the high side: drivers allocate by it. */
async function rowBytes(
  connection: Pick<Connection, "query">,
  path: string,
  columns: readonly ResultColumn[],
): Promise<number> {
  const wide = columns.flatMap(({ type }, i) => {
    if (type.kind === "binary") return [`2 * octet_length(${columnName(i)})`];
    if (type.kind === "vector") return [`16 * ${type.dimension}`];
    return isText(type.kind) ? [`strlen(${columnName(i)})`] : [];
  });
  const fixed = columns.length * FIXED_CELL_BYTES;
  if (wide.length === 0) return fixed;
  const lengths = wide.map((length) => `coalesce(avg(${length}), 0)`).join(" + ");
  const result = await connection.query(`SELECT ${lengths} FROM ${fileRows(path, undefined)}`);
  const column = result.chunks[0]?.columns[0];
  const average = column?.kind === "float" ? (column.values[0] ?? 0) : 0;
  return Math.ceil(fixed + average * 2);
}

const TEXT_KINDS = new Set(["text", "decfloat", "variant", "object", "array", "map", "geography"]);

function isText(kind: string): boolean {
  return TEXT_KINDS.has(kind) || kind === "geometry";
}

/** How many rows the planner expects; 0 when it does not say. Plans the query without running it. */
async function estimatedRows(reader: Reader, sql: string): Promise<number> {
  const limit = FEW_ROWS.exec(sql)?.[1];
  if (limit !== undefined) return Number(limit);
  const result = await reader.read((connection) =>
    connection.query(`EXPLAIN (FORMAT json) ${sql}`),
  );
  const text = result.chunks[0]?.columns[1];
  if (text?.kind !== "text") return 0;
  const estimate = /"Estimated Cardinality":\s*"(\d+)"/.exec(text.text(0))?.[1];
  return Number(estimate ?? 0);
}
