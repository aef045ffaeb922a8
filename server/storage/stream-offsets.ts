/**
 * How far each stream has been read. A row of `mockhaus.stream_offsets` moves in the transaction that consumes the stream; this is
 * its copy in memory, which moves once the transaction is durable. Docs: user-guide/streams-intro.
 */

import type { DuckConnection } from "./connection.ts";

/** A place in the order of versions: all up to this one are behind the stream. */
export type VersionPlace = { readonly commit: number; readonly version: number };

export type StreamOffset = VersionPlace & {
  /** SHOW_INITIAL_ROWS: nobody has consumed the rows at the offset yet. */
  readonly initial: boolean;
  /** When the offset was where it is; milliseconds since the epoch. */
  readonly movedAt: number;
};

/** What a stream gives: the changes after `from`, up to the commit `until`. */
export type StreamRange = { readonly from: StreamOffset; readonly until: number };

/** A place after every version of its commit. */
export const WHOLE_COMMIT = Number.MAX_SAFE_INTEGER;

export const OFFSETS_SETUP = `
  CREATE TABLE IF NOT EXISTS mockhaus.stream_offsets (
    stream BIGINT NOT NULL,
    commit_number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    initial BOOLEAN NOT NULL,
    moved_at BIGINT NOT NULL
  );
`;

const TABLE = "mockhaus.stream_offsets";

export class StreamOffsets {
  readonly #offsets = new Map<number, StreamOffset>();

  static async load(connection: Pick<DuckConnection, "rows">): Promise<StreamOffsets> {
    const offsets = new StreamOffsets();
    for (const row of await connection.rows(`SELECT * FROM ${TABLE}`)) {
      offsets.put(Number(row.stream), {
        commit: Number(row.commit_number),
        version: Number(row.version),
        initial: row.initial === true,
        movedAt: Number(row.moved_at),
      });
    }
    return offsets;
  }

  get(stream: number): StreamOffset | undefined {
    return this.#offsets.get(stream);
  }

  /** The transaction that wrote the row is durable. */
  put(stream: number, offset: StreamOffset): void {
    this.#offsets.set(stream, offset);
  }
}

/** The statement that writes the first offset of a stream. */
export function firstOffsetSql(stream: number, offset: StreamOffset): string {
  const { commit, version, initial, movedAt } = offset;
  return `INSERT INTO ${TABLE} VALUES (${stream}, ${commit}, ${version}, ${initial}, ${Math.round(movedAt)})`;
}

/** The statement that moves a stream. */
export function moveOffsetSql(stream: number, offset: StreamOffset): string {
  const { commit, version, initial, movedAt } = offset;
  return `UPDATE ${TABLE} SET commit_number = ${commit}, version = ${version}, initial = ${initial},
    moved_at = ${Math.round(movedAt)} WHERE stream = ${stream}`;
}

/** The statement that forgets a stream. */
export function forgetOffsetSql(stream: number): string {
  return `DELETE FROM ${TABLE} WHERE stream = ${stream}`;
}

/**
 * Where a stream is when a range of it has been consumed. Whoever consumed the initial rows has yet to see what
 * changed after them; and a transaction that began before another one consumed the stream does not move it back.
 */
export function offsetAfter({ from, until }: StreamRange, now: number): StreamOffset {
  if (from.initial) return { ...from, initial: false };
  if (until < from.commit) return from;
  return { commit: until, version: WHOLE_COMMIT, initial: false, movedAt: now };
}
