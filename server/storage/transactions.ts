/**
 * Snowflake's transactions over DuckDB's (docs: transactions). Two things differ and are made up for here:
 *
 * - A failed statement undoes only itself. DuckDB aborts the whole transaction, so it is rolled back and
 *   the statements before are applied again from a journal of what they changed.
 * - Statements read what others had committed when the statement began. DuckDB shows what was there when
 *   the transaction began, so when others have committed meanwhile, it is begun again and the journal applied.
 *   Locks keep others from changing the rows that the journal touches.
 */

import type { PendingVersion } from "./commits.ts";
import { BrokenStreamError, type DuckConnection } from "./connection.ts";
import { type DuckDatabase, SCRATCH } from "./database.ts";
import type { LockMode } from "./locks.ts";
import type { QueryStream } from "./storage.ts";
import { moveOffsetSql, offsetAfter, type StreamRange } from "./stream-offsets.ts";
import { StatementWriter } from "./writer.ts";

/** What a writing statement needs to know of itself. */
export type WriteStatement = {
  readonly queryId: string;
  readonly locks: readonly {
    readonly table: number;
    readonly name: string;
    readonly mode: LockMode;
  }[];
  /** LOCK_TIMEOUT of the session. */
  readonly lockTimeoutSeconds: number;
  /** The streams that the statement consumes; their locks are among the above. */
  readonly consumes?: readonly number[] | undefined;
};

/** One thing that a statement of an open transaction did, in a form that can be done again. */
export type JournalEntry = {
  /** The scratch table with the rows; undefined when the statements need none. */
  readonly scratchTable: string | undefined;
  readonly rowCount: number;
  readonly statements: readonly string[];
};

export type OpenTransaction = {
  readonly id: number;
  readonly name: string | undefined;
  readonly startedAt: number;
};

type State = OpenTransaction & {
  /** DuckDB's transaction is begun by the first statement. */
  begun: boolean;
  /** The commit that DuckDB's snapshot shows. */
  snapshot: number;
  readonly journal: JournalEntry[];
  readonly versions: PendingVersion[];
  /** The newest commit when the transaction began: streams show nothing later. */
  readonly until: number;
  /** What streams gave when they were first read: they give it again until the end. */
  readonly ranges: Map<number, StreamRange>;
  readonly consumed: Set<number>;
};

/** Above this many journal rows, reads see the state of the last begin rather than pay for another replay. */
const REPLAY_FOR_READ_ROWS = 1_000_000;

let lastTransactionId = 0;

function newTransactionId(): number {
  lastTransactionId = Math.max(Date.now() * 1000, lastTransactionId + 1);
  return lastTransactionId;
}

/** The transactions of one session, on its connection. The session runs its statements one at a time. */
export class Transactions {
  readonly #database: DuckDatabase;
  readonly #connection: DuckConnection;
  #open: State | undefined;
  /** What streams give to the statement that writes without an open transaction. */
  #statementRanges: Map<number, StreamRange> | undefined;
  #lastEnded: number | undefined;

  constructor(database: DuckDatabase, connection: DuckConnection) {
    this.#database = database;
    this.#connection = connection;
  }

  /** The explicit transaction, if one is open. */
  get current(): OpenTransaction | undefined {
    return this.#open;
  }

  /** The id of the explicit transaction that was committed or rolled back last. */
  get lastEnded(): number | undefined {
    return this.#lastEnded;
  }

  /** Opens a transaction. Ignored when one is open. */
  begin(name?: string | undefined): OpenTransaction {
    this.#open ??= {
      id: newTransactionId(),
      name,
      startedAt: Date.now(),
      begun: false,
      snapshot: 0,
      journal: [],
      versions: [],
      until: this.#database.commits.current,
      ranges: new Map(),
      consumed: new Set(),
    };
    return this.#open;
  }

  /** Makes the open transaction durable; nothing without one. */
  async commit(): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#lastEnded = open.id;
    try {
      // What only reads a stream, such as COPY INTO a location, may have begun no transaction of DuckDB's.
      if (open.consumed.size > 0 && !open.begun) await this.#restore(open);
      if (open.begun) await this.#commit(open.id, open.versions, open.consumed, open.ranges);
    } catch (error) {
      await this.#abandon();
      throw error;
    } finally {
      await this.#finish(open);
    }
  }

  /** Makes a transaction durable together with the new offsets of the streams that it consumed. */
  async #commit(
    transaction: number,
    versions: readonly PendingVersion[],
    consumed: Iterable<number>,
    ranges: ReadonlyMap<number, StreamRange>,
    endings: StatementWriter["endings"] = [],
  ): Promise<void> {
    const { commits, streams } = this.#database;
    const now = Date.now();
    const moves = [...consumed].flatMap((stream) => {
      const range = ranges.get(stream);
      return range === undefined ? [] : [{ stream, offset: offsetAfter(range, now) }];
    });
    const last = (commit: number) => [
      ...moves.map(({ stream, offset }) => moveOffsetSql(stream, offset)),
      ...endings.map((ending) => ending(commit)),
    ];
    await commits.commit(this.#connection, transaction, versions, last);
    for (const { stream, offset } of moves) streams.put(stream, offset);
  }

  /**
   * What a stream gives now: the same to all statements of an open transaction.
   * @returns undefined for a stream without an offset
   */
  streamRange(stream: number): StreamRange | undefined {
    const kept = this.#open?.ranges ?? this.#statementRanges;
    const known = kept?.get(stream);
    if (known !== undefined) return known;
    const from = this.#database.streams.get(stream);
    if (from === undefined) return undefined;
    const range = { from, until: this.#open?.until ?? this.#database.commits.current };
    kept?.set(stream, range);
    return range;
  }

  /** Undoes the open transaction; nothing without one. */
  async rollback(): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#lastEnded = open.id;
    await this.#connection.endStream();
    if (open.begun) await this.#abandon();
    await this.#finish(open);
  }

  /** Runs reading statements: in the open transaction when there is one, with errors undone. */
  async read<T>(work: (connection: DuckConnection) => Promise<T>): Promise<T> {
    const open = this.#open;
    if (open === undefined) return work(this.#connection);
    await this.#refresh(open, REPLAY_FOR_READ_ROWS);
    try {
      return await work(this.#connection);
    } catch (error) {
      await this.#restore(open);
      throw error;
    }
  }

  /** Starts a query whose rows are read while they come; an error later on leaves the transaction intact as well. */
  async stream(sql: string): Promise<QueryStream> {
    const open = this.#open;
    const stream = await this.read((connection) => connection.stream(sql));
    if (open === undefined) return stream;
    const guarded = async <T>(step: Promise<T>) => {
      try {
        return await step;
      } catch (error) {
        await this.#restore(open);
        throw await this.#explain(sql, error);
      }
    };
    return {
      names: stream.names,
      next: () => guarded(stream.next()),
      close: async () => {
        await stream.close();
        // Stopping a query in the middle may have aborted DuckDB's transaction, as an error does.
        await this.#restore(open);
      },
    };
  }

  /** A stream's error that was lost with DuckDB's transaction. */
  async #explain(sql: string, error: unknown): Promise<unknown> {
    if (!(error instanceof Error) || !(error.cause instanceof BrokenStreamError)) return error;
    return this.read((connection) => connection.run(sql)).then(
      () => error,
      (found: unknown) => found,
    );
  }

  /**
   * Runs a writing statement: takes its locks, draws its version, and undoes it alone when it fails. Without an open
   * transaction it commits at the end.
   */
  async write<T>(
    statement: WriteStatement,
    work: (writer: StatementWriter) => Promise<T>,
  ): Promise<T> {
    return this.#locked(statement, (transaction) => {
      const open = this.#open;
      if (open === undefined) return this.#writeAlone(statement, transaction, work);
      return this.#writeInTransaction(open, statement, work);
    });
  }

  /**
   * Runs a DDL statement: commits what is open, then runs in a transaction of its own, one DDL at a time.
   * @param committed called once the work is durable, before the locks are released
   */
  async ddl<T>(
    statement: WriteStatement,
    work: (writer: StatementWriter) => Promise<T>,
    committed: () => void = () => undefined,
  ): Promise<T> {
    await this.commit();
    // Locks first: a DDL that waits for a table must not keep others waiting for their turn.
    return this.#locked(statement, (transaction) =>
      this.#database.ddlTurn(async () => {
        const result = await this.#writeAlone(statement, transaction, work);
        committed();
        return result;
      }),
    );
  }

  /** Waits until the locks could be had, and takes none. Not within an open transaction. */
  async waitFor(statement: WriteStatement): Promise<void> {
    await this.#locked(statement, async () => undefined);
  }

  async #locked<T>(
    statement: WriteStatement,
    work: (transaction: number) => Promise<T>,
  ): Promise<T> {
    const alone = this.#open === undefined;
    const transaction = this.#open?.id ?? newTransactionId();
    this.#connection.statement(true);
    try {
      await this.#lock(statement, transaction);
      return await work(transaction);
    } finally {
      this.#connection.statement(false);
      if (alone) this.#database.locks.release(transaction);
    }
  }

  async #writeAlone<T>(
    statement: WriteStatement,
    transaction: number,
    work: (writer: StatementWriter) => Promise<T>,
  ): Promise<T> {
    const version = this.#database.commits.draw();
    const writer = new StatementWriter(this.#connection, version, undefined);
    const ranges = new Map<number, StreamRange>();
    this.#statementRanges = ranges;
    try {
      const result = await work(writer);
      const { queryId, consumes = [] } = statement;
      if (consumes.length > 0) await writer.begin();
      if (!writer.begun) return result;
      await this.#commit(transaction, [{ version, queryId }], consumes, ranges, writer.endings);
      return result;
    } catch (error) {
      if (writer.begun) await this.#abandon();
      throw error;
    } finally {
      this.#statementRanges = undefined;
    }
  }

  async #writeInTransaction<T>(
    open: State,
    statement: WriteStatement,
    work: (writer: StatementWriter) => Promise<T>,
  ): Promise<T> {
    await this.#refresh(open, Number.POSITIVE_INFINITY);
    const version = this.#database.commits.draw();
    const writer = new StatementWriter(this.#connection, version, this.#database);
    try {
      const result = await work(writer);
      open.journal.push(...writer.journal);
      open.versions.push({ version, queryId: statement.queryId });
      for (const stream of statement.consumes ?? []) open.consumed.add(stream);
      return result;
    } catch (error) {
      await this.#dropScratch(writer.journal);
      await this.#restore(open);
      throw error;
    }
  }

  async #lock(statement: WriteStatement, transaction: number): Promise<void> {
    // Always in the same order within a statement, so that two statements alone cannot lock each other out.
    const requests = [...statement.locks].sort((a, b) => a.table - b.table);
    for (const { table, name, mode } of requests) {
      const waiting = this.#database.locks.acquire(
        {
          transaction,
          table,
          tableName: name,
          mode,
          queryId: statement.queryId,
          timeoutSeconds: statement.lockTimeoutSeconds,
        },
        (cancel) => {
          this.#connection.onInterrupt = cancel;
        },
      );
      if (waiting === undefined) continue;
      try {
        await waiting;
      } finally {
        this.#connection.onInterrupt = undefined;
      }
    }
  }

  /** Lets the next statement see what others have committed since the last one. */
  async #refresh(open: State, journalLimit: number): Promise<void> {
    const current = this.#database.commits.current;
    if (open.begun && open.snapshot === current) return;
    if (open.begun) {
      const rows = open.journal.reduce((sum, entry) => sum + entry.rowCount, 0);
      if (rows > journalLimit) return;
    }
    await this.#restore(open);
  }

  async #restore(open: State): Promise<void> {
    if (open.begun) await this.#abandon();
    open.begun = false;
    open.snapshot = this.#database.commits.current;
    await this.#connection.restore("BEGIN TRANSACTION");
    open.begun = true;
    for (const entry of open.journal) {
      for (const sql of entry.statements) await this.#connection.restore(sql);
    }
  }

  async #abandon(): Promise<void> {
    // Nothing to roll back (the connection failed before BEGIN) is no error here.
    await this.#connection.restore("ROLLBACK").catch(() => undefined);
  }

  async #finish(open: State): Promise<void> {
    this.#database.locks.release(open.id);
    await this.#dropScratch(open.journal);
  }

  async #dropScratch(journal: readonly JournalEntry[]): Promise<void> {
    for (const { scratchTable } of journal) {
      if (scratchTable !== undefined) {
        await this.#database.scratch.run(`DROP TABLE IF EXISTS ${SCRATCH}.main.${scratchTable}`);
      }
    }
  }
}
