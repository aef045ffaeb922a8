/** What must hold after a restart, whatever the moment of the kill was. */

import { type CrashSession, StatementError } from "./session.ts";
import type { Writer } from "./writer.ts";

const MARKS_CHECKED = 3;
const OBJECTS_KEPT = 12;
const NOT_FOUND = "002003";

/** The sentences that do not hold; none is good. Takes over what is found as the new state of things. */
export async function verify(session: CrashSession, writer: Writer): Promise<string[]> {
  const wrong: string[] = [];
  const check = (holds: boolean, sentence: string) => {
    if (!holds) wrong.push(`writer ${writer.name}: ${sentence}`);
  };
  await verifyTransactions(session, writer, check);
  await verifyHistory(session, writer, check);
  await verifyObjects(session, writer, check);
  await verifyColumns(session, writer, check);
  return wrong;
}

type Check = (holds: boolean, sentence: string) => void;

async function verifyTransactions(
  session: CrashSession,
  writer: Writer,
  check: Check,
): Promise<void> {
  const { name, acknowledged, sent } = writer;
  const facts = (table: string) =>
    session.run(
      `select count(*), count(distinct n), coalesce(max(n), 0), coalesce(min(n), 1), count_if(v = 'done') from ${table}_${name}`,
    );
  const last = await session.number(`select n from totals_${name}`);
  check(last >= acknowledged, `${acknowledged} was acknowledged, ${last} is there`);
  check(last <= sent, `${last} is there, but only ${sent} was ever sent`);
  for (const table of ["a", "b"]) {
    const { rows } = await facts(table);
    const whole = [last, last, last, 1, last].map(String);
    const found = rows[0] ?? [];
    check(
      whole.every((value, i) => found[i] === value),
      `table ${table} has (count, distinct, max, min, done) ${found.join(", ")} beside a total of ${last}`,
    );
  }
  writer.acknowledged = last;
  writer.sent = last;
}

async function verifyHistory(session: CrashSession, writer: Writer, check: Check): Promise<void> {
  const { name, log } = writer;
  const rows = await session.number(`select count(*) from log_${name}`);
  const within = rows >= log.acknowledged && rows <= log.sent;
  check(within, `the log has ${rows} rows of ${log.acknowledged} to ${log.sent}`);
  log.acknowledged = rows;
  log.sent = rows;
  for (const mark of writer.marks.slice(-MARKS_CHECKED)) {
    const then = await session.number(
      `select count(*) from log_${name} at(statement => '${mark.queryId}')`,
    );
    check(then === mark.rows, `time travel shows ${then} rows of the log instead of ${mark.rows}`);
  }
  writer.marks.splice(0, writer.marks.length - MARKS_CHECKED);
}

async function verifyObjects(session: CrashSession, writer: Writer, check: Check): Promise<void> {
  const entries = [...writer.objects].slice(-OBJECTS_KEPT);
  writer.objects.clear();
  for (const [table, expected] of entries) {
    const present = await rowOf(session, table);
    check(present !== "broken", `${table} does not have its row`);
    const found = present === "absent" ? "absent" : "present";
    check(expected === "unknown" || found === expected, `${table} is ${found}, not ${expected}`);
    writer.objects.set(table, found);
  }
}

/** A table that CREATE TABLE AS made has its row, always. */
async function rowOf(
  session: CrashSession,
  table: string,
): Promise<"present" | "absent" | "broken"> {
  try {
    const { rows } = await session.run(`select n from ${table}`);
    return rows.length === 1 && rows[0]?.[0] === "7" ? "present" : "broken";
  } catch (error) {
    if (error instanceof StatementError && error.code === NOT_FOUND) return "absent";
    throw error;
  }
}

async function verifyColumns(session: CrashSession, writer: Writer, check: Check): Promise<void> {
  const { name, columns } = writer;
  const { rows } = await session.run(`describe table wide_${name}`);
  const found = rows.length - 1;
  const within = found >= columns.acknowledged && found <= columns.sent;
  check(within, `${found} columns of ${columns.acknowledged} to ${columns.sent} were added`);
  const selected = await session.run(`select * from wide_${name}`);
  check(selected.rows.length === 0, "the wide table has rows that nobody wrote");
  columns.acknowledged = found;
  columns.sent = found;
}
