/** A statement's result after it ran: kept for the driver's answer, for polling and for RESULT_SCAN. */

import type { ColumnChunk } from "../storage/storage.ts";
import type { Cell, DmlStats, ResultColumn } from "./stream.ts";

/** Rows in memory: DuckDB vectors as they came, or cells the server made. */
export type InlineRows =
  | { readonly kind: "chunks"; readonly chunks: readonly ColumnChunk[] }
  | { readonly kind: "cells"; readonly rows: readonly (readonly Cell[])[] };

/** A large result: a Parquet file (parquet-sql.ts) of all rows. The first ones are inline too; the others are read by part. */
export type ExportedRows = {
  readonly path: string;
  /** The session's output formats, as host functions take them: parts print as the first rows did. */
  readonly variantSession: string;
  /** Bytes of the file. */
  readonly bytes: number;
  readonly parts: readonly { readonly offset: number; readonly rowCount: number }[];
  /** The Arrow width of each NUMBER column over all rows, so that every batch has one schema; 0 for other columns. */
  readonly widths: readonly NumberWidth[];
  /** Bytes of a row, on the high side. */
  readonly rowBytes: number;
};

/** Bits of an Arrow integer, 128 for a decimal. */
export type NumberWidth = 0 | 8 | 16 | 32 | 64 | 128;

export type StoredResult = StoredRows & {
  readonly queryId: string;
  readonly sessionId: number;
  readonly statementType: number;
  readonly columns: readonly ResultColumn[];
  readonly stats: DmlStats | undefined;
};

export type StoredRows = {
  readonly rowCount: number;
  readonly inline: InlineRows;
  readonly exported: ExportedRows | undefined;
};
