/** A part of a large result as JSON rows, written by DuckDB: no JavaScript touches a row. */

import { assert } from "../../translator/base/assert.ts";
import type { Connection } from "../storage/storage.ts";
import { cellText, columnName, fileRows } from "./parquet-sql.ts";
import type { ExportedRows } from "./stored.ts";
import type { ResultColumn } from "./stream.ts";

/** The rows as drivers want them in a chunk: `["1","a"],["2",null]`, without outer brackets, in UTF-8. */
export async function jsonPart(
  connection: Pick<Connection, "query">,
  columns: readonly ResultColumn[],
  exported: ExportedRows,
  part: ExportedRows["parts"][number],
): Promise<Uint8Array> {
  const cells = columns.map(({ type }, i) =>
    cellText(columnName(i), type, exported.variantSession),
  );
  const rows = `string_agg(json_array(${cells.join(", ")}), ',' ORDER BY file_row_number)`;
  const result = await connection.query(
    `SELECT encode(${rows}) FROM ${fileRows(exported.path, part)}`,
  );
  const text = result.chunks[0]?.columns[0];
  assert(text?.kind === "blob", "the rows are one value");
  return text.isNull(0) ? new Uint8Array(0) : text.bytes(0);
}
