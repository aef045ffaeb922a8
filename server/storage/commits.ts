/**
 * Versions and commits. A version is drawn for each writing statement after its locks are held, and stamped on its rows. When
 * the transaction commits, `mockhaus.commits` gets a row per version, all with the transaction's commit number. A
 * point in time is a place in the order (commit_number, version).
 */

import type { DuckConnection } from "./connection.ts";

export type PendingVersion = { readonly version: number; readonly queryId: string };

export class Commits {
  #version: number;
  #commit: number;
  #lastMicros: number;
  /** Commits happen one after the other, so that commit numbers, times and visibility agree. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(version: number, commit: number, lastMicros: number) {
    this.#version = version;
    this.#commit = commit;
    this.#lastMicros = lastMicros;
  }

  static async load(connection: DuckConnection): Promise<Commits> {
    const [last] = await connection.rows(`
      SELECT coalesce(max(version), 0) AS version, coalesce(max(commit_number), 0) AS commit,
        coalesce(epoch_us(max(committed_at)), 0) AS micros FROM mockhaus.commits`);
    return new Commits(Number(last?.version), Number(last?.commit), Number(last?.micros));
  }

  /** The number of the latest commit: what a new stream or a clone starts from. */
  get current(): number {
    return this.#commit;
  }

  /** A new version, for one statement. */
  draw(): number {
    return ++this.#version;
  }

  /**
   * Makes the connection's transaction durable, with the versions that it wrote. Throws when DuckDB cannot commit.
   * @param last statements that belong to the transaction and are run just before its end, by the commit's number
   */
  commit(
    connection: DuckConnection,
    transaction: number,
    versions: readonly PendingVersion[],
    last: (commit: number) => readonly string[] = () => [],
  ): Promise<void> {
    const turn = this.#turn.then(async () => {
      if (versions.length === 0) {
        await connection.run([...last(this.#commit), "COMMIT"].join("; "));
        return;
      }
      const number = this.#commit + 1;
      const micros = Math.max(Date.now() * 1000, this.#lastMicros + 1);
      const rows = versions.map(
        ({ version, queryId }) =>
          `(${version},${number},${transaction},make_timestamptz(${micros}::BIGINT),'${queryId.replaceAll("'", "''")}')`,
      );
      const insert = `INSERT INTO mockhaus.commits VALUES ${rows.join(",")}`;
      await connection.run([...last(number), insert, "COMMIT"].join("; "));
      this.#commit = number;
      this.#lastMicros = micros;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
