/** The rows of a stored result one by one, as typed values: for cursors, FOR loops, INTO. */

import type { TypedValue } from "../../../translator/bind/context.ts";
import { constantAt } from "../../execute/read-values.ts";
import { resultScanSql } from "../../results/scan.ts";
import type { StoredResult } from "../../results/stored.ts";
import type { Session } from "../../session/session.ts";
import type { ColumnChunk } from "../../storage/storage.ts";

/** Rows of a large result that are read from its file at a time. */
const PAGE_ROWS = 4_096;

export class RowReader {
  readonly #result: StoredResult;
  readonly #session: Session;
  #next = 0;
  #chunks: readonly ColumnChunk[] = [];
  /** Where the first row of the chunks stands in the result. */
  #first = 0;

  constructor(result: StoredResult, session: Session) {
    this.#result = result;
    this.#session = session;
    const { inline, exported } = result;
    if (inline.kind === "chunks" && exported === undefined) this.#chunks = inline.chunks;
  }

  /** The next row; undefined after the last. */
  async next(): Promise<TypedValue[] | undefined> {
    const { columns, inline, rowCount, exported } = this.#result;
    if (this.#next >= rowCount) return undefined;
    const index = this.#next++;
    if (inline.kind === "cells") {
      const row = inline.rows[index] ?? [];
      return columns.map(({ type }, i) => ({ type, value: row[i] ?? null }));
    }
    if (exported !== undefined && index % PAGE_ROWS === 0) await this.#readPage(index);
    return this.#rowAt(index - this.#first);
  }

  async #readPage(offset: number): Promise<void> {
    const { sql } = resultScanSql(this.#result);
    const page = `SELECT * FROM (${sql}) LIMIT ${PAGE_ROWS} OFFSET ${offset}`;
    const read = await this.#session.transactions.read((connection) => connection.query(page));
    this.#chunks = read.chunks;
    this.#first = offset;
  }

  #rowAt(index: number): TypedValue[] {
    let left = index;
    for (const chunk of this.#chunks) {
      if (left < chunk.rowCount) {
        return this.#result.columns.map(({ type }, i) => {
          const column = chunk.columns[i];
          return { type, value: column === undefined ? null : constantAt(column, left) };
        });
      }
      left -= chunk.rowCount;
    }
    throw new Error("a result has fewer rows than it says");
  }
}
