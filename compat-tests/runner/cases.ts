/** Runs a file's cases in a database of its own and says of each whether it passed. */

import { documentedCell, recordedCell } from "./cells.ts";
import { sameRows } from "./compare.ts";
import { orderOf } from "./order.ts";
import type { SltRecord } from "./slt.ts";
import { type Target, TargetError, type TargetSession, type WireResult } from "./target.ts";

export type Outcome = {
  readonly label: string;
  /** Whether the case counts as a query, a statement or an expected error. */
  readonly kind: "query" | "statement" | "error";
  readonly passed: boolean;
  /** Rows are equal though names are not (documentation examples). */
  readonly rowsEqual: boolean;
  readonly detail: string;
  readonly sql: string;
};

let databases = 0;

/** A session in a fresh database and schema. */
export async function freshSession(target: Target, timeZone?: string): Promise<TargetSession> {
  const session = await target.open();
  databases++;
  await session.run(`CREATE DATABASE CASES_${databases}`);
  if (timeZone !== undefined) await session.run(`ALTER SESSION SET TIMEZONE = '${timeZone}'`);
  return session;
}

function describe(error: unknown): string {
  if (error instanceof TargetError) {
    const cause = error.cause instanceof Error ? ` [${error.cause.message}]` : "";
    return `${error.code} (${error.sqlState}): ${error.message}${cause}`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

export async function runRecords(
  target: Target,
  label: string,
  records: readonly SltRecord[],
): Promise<Outcome[]> {
  const session = await freshSession(target);
  const outcomes: Outcome[] = [];
  try {
    for (const record of records) {
      outcomes.push(await runRecord(session, `${label}:${record.line}`, record));
    }
  } finally {
    await session.close();
  }
  return outcomes;
}

async function runRecord(
  session: TargetSession,
  label: string,
  record: SltRecord,
): Promise<Outcome> {
  const { sql, expected, kind } = record;
  const of = (passed: boolean, detail = ""): Outcome => ({
    label,
    kind: kind === "ok" ? "statement" : kind,
    passed,
    rowsEqual: passed,
    detail,
    sql,
  });
  let result: WireResult;
  try {
    result = await session.run(sql);
  } catch (error) {
    if (kind !== "error") return of(false, describe(error));
    return of(sameError(error, expected), describe(error));
  }
  if (kind === "error") return of(false, "no error");
  if (kind === "ok" || expected === undefined) return of(true);
  const zone = String(result.parameters.get("TIMEZONE"));
  const actual = result.rows.map((row) =>
    row.map((cell, index) => {
      const column = result.columns[index];
      return column === undefined ? "" : recordedCell(cell, column, zone);
    }),
  );
  const lines = record.withNames ? expected.slice(1) : expected;
  const wanted = lines.map((line) => line.split("\t"));
  if (record.withNames) {
    const names = result.columns.map((column) => column.name).join("\t");
    if (names !== expected[0]) return of(false, `names: ${names}`);
  }
  const passed = sameRows(actual, wanted, orderOf(sql, result.columns));
  return of(passed, passed ? "" : `got:\n${actual.map((row) => row.join("\t")).join("\n")}`);
}

/** The code must be the same; of texts without a code, one must contain the other. */
function sameError(error: unknown, expected: readonly string[] | undefined): boolean {
  if (!(error instanceof TargetError)) return false;
  if (expected === undefined) return true;
  const text = expected.join("\n");
  const code = /^(\d{6})/.exec(text)?.[1];
  if (code !== undefined) return code === error.code;
  return error.message.includes(text) || text.includes(error.message);
}

export type DocumentStep = {
  readonly n: number;
  readonly sql: string;
  readonly expected: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  } | null;
};

const DOCUMENTATION_ZONE = "America/Los_Angeles";

export type DocumentRunner = {
  run(label: string, steps: readonly DocumentStep[]): Promise<Outcome[]>;
  close(): Promise<void>;
};

/**
 * Runs files of documentation examples one after the other, each in a database of its own. A page may run over from
 * one file into the next: a step that misses an object is tried in the database of the file before.
 */
export function documentRunner(target: Target): DocumentRunner {
  let before: TargetSession | undefined;
  return {
    run: async (label, steps) => {
      const session = await freshSession(target, DOCUMENTATION_ZONE);
      const home = `CASES_${databases}`;
      const outcomes: Outcome[] = [];
      for (const [index, step] of steps.entries()) {
        const outcome = await runStep([session, before], `${label}#${index}`, step);
        if (outcome !== undefined) outcomes.push(outcome);
        if (/^\s*drop\s+(database|schema)\s/i.test(step.sql)) await goHome(session, home);
      }
      await before?.close();
      before = session;
      return outcomes;
    },
    close: async () => before?.close(),
  };
}

/** The page after one that drops its database or schema is in the file's own again. */
async function goHome(session: TargetSession, home: string): Promise<void> {
  const { rows } = await session.run("SELECT CURRENT_SCHEMA()");
  if (rows[0]?.[0] === null) await session.run(`USE SCHEMA ${home}.PUBLIC`);
}

const EXISTS_ALREADY = "002002";
const MISSING = new Set(["002003", "002043", "002140", "002141"]);

function codeOf(error: unknown): string {
  return error instanceof TargetError ? error.code : "";
}

/** Runs a statement. A file holds several pages: one page's CREATE takes the place of another's object. */
async function runAfresh(session: TargetSession, sql: string): Promise<WireResult> {
  try {
    return await session.run(sql);
  } catch (error) {
    if (codeOf(error) !== EXISTS_ALREADY || !/^\s*create\s/i.test(sql)) throw error;
    return session.run(sql.replace(/^(\s*create)\s/i, "$1 or replace "));
  }
}

async function runInEither(
  [session, before]: readonly [TargetSession, TargetSession | undefined],
  sql: string,
): Promise<WireResult> {
  try {
    return await runAfresh(session, sql);
  } catch (error) {
    if (before === undefined || !MISSING.has(codeOf(error))) throw error;
    return before.run(sql).catch(() => {
      throw error;
    });
  }
}

/** Pages wait a minute for services that work in the background; nothing here needs that. */
function withoutWaits(sql: string): string {
  return sql.replace(/(SYSTEM\$WAIT\s*\(\s*)\d{2,}/gi, "$10");
}

async function runStep(
  sessions: readonly [TargetSession, TargetSession | undefined],
  label: string,
  { sql, expected }: DocumentStep,
): Promise<Outcome | undefined> {
  let result: WireResult;
  try {
    result = await runInEither(sessions, withoutWaits(sql));
  } catch (error) {
    if (expected === null) return undefined;
    return { label, kind: "query", passed: false, rowsEqual: false, detail: describe(error), sql };
  }
  if (expected === null) return undefined;
  const actual = result.rows.map((row) =>
    row.map((cell, index) => {
      const column = result.columns[index];
      return column === undefined ? "" : documentedCell(cell, column, result);
    }),
  );
  const names = result.columns.map((column) => column.name);
  const wanted = wholeHeader(expected, names);
  const rowsEqual = sameRows(actual, wanted.rows, orderOf(sql, result.columns));
  const namesEqual = oneLine(names.join("\n")) === oneLine(wanted.columns.join("\n"));
  const detail = rowsEqual
    ? `names: ${names.join(" | ")} wanted ${wanted.columns.join(" | ")}`
    : `got:\n${actual.map((row) => row.join("\t")).join("\n")}\nwanted:\n${wanted.rows.map((row) => row.join("\t")).join("\n")}`;
  return { label, kind: "query", passed: rowsEqual && namesEqual, rowsEqual, detail, sql };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

type Expected = NonNullable<DocumentStep["expected"]>;

/** A single column's header that the page prints over several lines: the lines after the first stand in the first row. */
function wholeHeader(expected: Expected, names: readonly string[]): Expected {
  const [name, ...more] = names;
  const [header = ""] = expected.columns;
  const [first, ...rest] = expected.rows;
  const cell = first?.[0];
  if (name === undefined || more.length > 0 || first?.length !== 1 || cell === undefined) {
    return expected;
  }
  if (oneLine(header) === oneLine(name) || !oneLine(name).startsWith(oneLine(header))) {
    return expected;
  }
  const lines = cell.split("\n");
  for (const at of lines.keys()) {
    if (oneLine([header, ...lines.slice(0, at + 1)].join("\n")) !== oneLine(name)) continue;
    const cells = lines.slice(at + 1);
    return { columns: [name], rows: cells.length > 0 ? [[cells.join("\n")], ...rest] : rest };
  }
  return expected;
}
