/**
 * What is written while the server is killed, and what is known of it. A number counts as acknowledged when the answer to
 * its commit has arrived, and as sent when the commit was on its way.
 */

import { type CrashSession, StatementError } from "./session.ts";

/** An object whose DDL is under way may be in either state afterwards. */
export type ObjectState = "present" | "absent" | "unknown";

/** A point in the history of a writer's log: after this statement it had so many rows. */
export type Mark = { readonly queryId: string; readonly rows: number };

export class Writer {
  readonly name: string;
  acknowledged = 0;
  sent = 0;
  readonly log = { acknowledged: 0, sent: 0 };
  readonly marks: Mark[] = [];
  readonly objects = new Map<string, ObjectState>();
  /** Columns that were added to the writer's wide table. */
  readonly columns = { acknowledged: 0, sent: 0 };

  constructor(name: string) {
    this.name = name;
  }

  /** Tables of the writer; needs the schema to exist. */
  async setUp(session: CrashSession): Promise<void> {
    for (const table of [`a_${this.name}`, `b_${this.name}`, `log_${this.name}`]) {
      await session.run(`create table if not exists ${table} (n int, v varchar(20))`);
    }
    await session.run(`create table if not exists totals_${this.name} (n int) as select 0`);
    await session.run(`create table if not exists wide_${this.name} (c0 int)`);
  }

  /** Writes until the server is gone. Errors of the server are failures; a broken connection is the end. */
  async writeUntilKilled(session: CrashSession): Promise<void> {
    try {
      for (;;) await this.#cycle(session);
    } catch (error) {
      if (error instanceof StatementError) throw error;
    }
  }

  async #cycle(session: CrashSession): Promise<void> {
    await this.#transaction(session, this.sent + 1);
    await this.#logLine(session);
    if (this.acknowledged % 3 === 0) await this.#rolledBack(session);
    if (this.acknowledged % 4 === 0) await this.#ddl(session);
  }

  /** One number into two tables, changed again in one of them, and into the total. */
  async #transaction(session: CrashSession, n: number): Promise<void> {
    const { name } = this;
    await session.run("begin");
    await session.run(`insert into a_${name} values (${n}, 'new')`);
    await session.run(`insert into b_${name} select ${n}, 'done'`);
    await session.run(`update a_${name} set v = 'done' where n = ${n}`);
    await session.run(`update totals_${name} set n = ${n}`);
    this.sent = n;
    await session.run("commit");
    this.acknowledged = n;
  }

  /** A statement that commits by itself, and a point to travel back to. */
  async #logLine(session: CrashSession): Promise<void> {
    this.log.sent++;
    const { queryId } = await session.run(
      `insert into log_${this.name} values (${this.log.sent}, '')`,
    );
    this.log.acknowledged = this.log.sent;
    this.marks.push({ queryId, rows: this.log.acknowledged });
  }

  async #rolledBack(session: CrashSession): Promise<void> {
    await session.run("begin");
    await session.run(`insert into a_${this.name} values (-1, 'never')`);
    await session.run(`delete from b_${this.name}`);
    await session.run("rollback");
  }

  async #ddl(session: CrashSession): Promise<void> {
    const { name } = this;
    const table = `made_${name}_${this.acknowledged}`;
    await this.#change(session, table, "present", `create table ${table} as select 7 as n`);
    const old = `made_${name}_${this.acknowledged - 8}`;
    if (this.objects.get(old) === "present") {
      await this.#change(session, old, "absent", `drop table ${old}`);
    }
    this.columns.sent++;
    await session.run(`alter table wide_${name} add column c${this.columns.sent} int`);
    this.columns.acknowledged = this.columns.sent;
  }

  async #change(
    session: CrashSession,
    object: string,
    state: ObjectState,
    sql: string,
  ): Promise<void> {
    this.objects.set(object, "unknown");
    await session.run(sql);
    this.objects.set(object, state);
  }
}
