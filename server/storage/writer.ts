/**
 * The hands of one writing statement: runs SQL in its transaction and, inside an explicit one, notes what was done so that
 * it can be done again.
 */

import type { DuckConnection } from "./connection.ts";
import { type DuckDatabase, SCRATCH } from "./database.ts";
import type { AppendColumn, PlainRow, QueryResult } from "./storage.ts";
import type { JournalEntry } from "./transactions.ts";

export type ScratchColumn = { readonly physical: string; readonly duckType: string };

export class StatementWriter {
  /** Stamped on the rows that the statement writes. */
  readonly version: number;
  readonly journal: JournalEntry[] = [];
  /** Statements of a DDL that must know its commit's number: they run just before its end. */
  readonly endings: ((commit: number) => string)[] = [];
  readonly #connection: DuckConnection;
  readonly #database: DuckDatabase | undefined;
  readonly #temporary: string[] = [];
  #begun = false;

  /** @param database given inside an explicit transaction, whose journal needs a place for rows */
  constructor(connection: DuckConnection, version: number, database: DuckDatabase | undefined) {
    this.#connection = connection;
    this.version = version;
    this.#database = database;
    this.#begun = database !== undefined;
  }

  /** Whether DuckDB has a transaction open for the statement. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Whether what is done must be noted: an explicit transaction. */
  get journals(): boolean {
    return this.#database !== undefined;
  }

  /** Runs SQL without a note: the caller notes the effect. Answers the rows that the last statement changed. */
  async run(sql: string): Promise<number> {
    if (this.#begun) return this.#connection.run(sql);
    // BEGIN travels with the first statement: a round trip less for every small one.
    this.#begun = true;
    return this.#connection.run(`BEGIN TRANSACTION; ${sql}`);
  }

  async query(sql: string): Promise<QueryResult> {
    await this.begin();
    return this.#connection.query(sql);
  }

  async rows(sql: string): Promise<readonly PlainRow[]> {
    await this.begin();
    return this.#connection.rows(sql);
  }

  /**
   * Runs SQL and notes the text itself: for changes of the server's own tables, whose text says all (no
   * clock, no random, nothing read from users' tables).
   */
  async apply(sql: string): Promise<number> {
    const changed = await this.run(sql);
    this.note([sql]);
    return changed;
  }

  /** Notes statements that need no rows. */
  note(statements: readonly string[]): void {
    if (!this.journals) return;
    this.journal.push({ scratchTable: undefined, rowCount: 0, statements });
  }

  /**
   * Notes a change set: keeps the rows of `select` outside of the transaction.
   * @param statements makes the statements that apply the rows of a relation
   */
  async noteRows(
    select: string,
    columns: readonly ScratchColumn[],
    statements: (relation: string) => readonly string[],
  ): Promise<void> {
    if (this.#database === undefined) return;
    const { scratch } = this.#database;
    const name = this.#database.scratchTable();
    const relation = `${SCRATCH}.main.${name}`;
    const definitions = columns.map((column) => `${column.physical} ${column.duckType}`);
    await scratch.run(`CREATE TABLE ${relation} (${definitions.join(", ")})`);
    const list = columns.map((column) => column.physical).join(", ");
    const target = { catalog: SCRATCH, schema: "main", name };
    const rowCount = await scratch.appendFrom(
      this.#connection,
      `SELECT ${list} FROM ${select}`,
      target,
    );
    this.journal.push({ scratchTable: name, rowCount, statements: statements(relation) });
  }

  /**
   * Computes a query once into a temporary table of the transaction; answers its name and row count.
   * @param name for SQL that was written to read from it; made up when undefined
   */
  async materialize(
    select: string,
    name: string = this.#temporaryName(),
  ): Promise<{ relation: string; rowCount: number }> {
    this.#temporary.push(name);
    const rowCount = await this.run(`CREATE TEMP TABLE ${name} AS ${select}`);
    return { relation: `temp.${name}`, rowCount };
  }

  /**
   * Puts given values into a temporary table: array binds.
   * @returns its name; its columns are c1, c2, …
   */
  async values(columns: readonly AppendColumn[]): Promise<{ relation: string; rowCount: number }> {
    const name = this.#temporaryName();
    const definitions = columns.map((column, i) => `c${i + 1} ${column.duckType}`);
    await this.run(`CREATE TEMP TABLE ${name} (${definitions.join(", ")})`);
    this.#temporary.push(name);
    const rowCount = await this.#connection.append(
      { catalog: "temp", schema: "main", name },
      columns,
    );
    return { relation: `temp.${name}`, rowCount };
  }

  /** Drops the temporary tables. A rollback does the same. */
  async cleanUp(): Promise<void> {
    const drops = this.#temporary.map((name) => `DROP TABLE temp.${name}`);
    if (drops.length > 0) await this.run(drops.join("; "));
    this.#temporary.length = 0;
  }

  #temporaryName(): string {
    return `change_set_${this.version}_${this.#temporary.length}`;
  }

  /** Opens DuckDB's transaction, unless it is open. */
  async begin(): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    await this.#connection.run("BEGIN TRANSACTION");
  }
}
