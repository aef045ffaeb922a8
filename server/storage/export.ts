/** Large results as Parquet files, written by DuckDB itself. */

import type { Connection } from "./storage.ts";

export type ExportOptions = {
  readonly compression?: "snappy" | "zstd" | "uncompressed" | undefined;
  readonly rowGroupRows?: number | undefined;
};

/**
 * Writes a query's rows to a Parquet file, in order.
 * @returns the number of rows
 */
export async function exportParquet(
  connection: Pick<Connection, "run">,
  select: string,
  path: string,
  options: ExportOptions = {},
): Promise<number> {
  const settings = ["FORMAT parquet", `COMPRESSION ${options.compression ?? "snappy"}`];
  if (options.rowGroupRows !== undefined) settings.push(`ROW_GROUP_SIZE ${options.rowGroupRows}`);
  const file = `'${path.replaceAll("'", "''")}'`;
  return connection.run(`COPY (${select}) TO ${file} (${settings.join(", ")})`);
}
