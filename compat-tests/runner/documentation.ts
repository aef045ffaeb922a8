/**
 * Runs the documentation's examples. A file holds several pages, one after the other, and nothing says where a page ends; so a
 * step that does not give what its page prints is tried again where it may belong: in a session of its own (another page has
 * changed the session's parameters), with an output format that a page nearby sets, at the end of the file (a page may show a
 * result before its set-up), and in the databases of the files that make the object it misses. The rows must be the page's in each.
 */

import { describe, freshDatabase, type Outcome } from "./cases.ts";
import { documentedCell } from "./cells.ts";
import { orderOf } from "./order.ts";
import { comparePrinted, type Printed } from "./printed.ts";
import { type Target, TargetError, type TargetSession, type WireResult } from "./target.ts";

export type DocumentStep = {
  readonly n: number;
  readonly sql: string;
  readonly expected: Printed | null;
};

export type Document = { readonly label: string; readonly steps: readonly DocumentStep[] };

/** A file that has run: what it made stands in its database. */
type Run = {
  readonly document: Document;
  readonly database: string;
  readonly outcomes: Map<number, Outcome>;
};

const DOCUMENTATION_ZONE = "America/Los_Angeles";
const EXISTS_ALREADY = "002002";
const MISSING = new Set(["002003", "002043", "002140", "002141"]);

/** Runs the files one after the other, each in a database of its own. */
export async function runDocumentation(
  target: Target,
  documents: readonly Document[],
): Promise<Outcome[]> {
  const runs: Run[] = [];
  let before: TargetSession | undefined;
  for (const [index, document] of documents.entries()) {
    const session = await pageSession(target);
    const settings = outputFormats(documents.slice(Math.max(0, index - 1), index + 2));
    runs.push(await runDocument(target, [session, before], document, settings));
    await before?.close();
    before = session;
  }
  await before?.close();
  for (const run of runs) await tryElsewhere(target, run, runs);
  return runs.flatMap(({ outcomes }) => [...outcomes.values()]);
}

async function pageSession(target: Target, schema?: string): Promise<TargetSession> {
  const session = await target.open();
  await session.run(`ALTER SESSION SET TIMEZONE = '${DOCUMENTATION_ZONE}'`);
  if (schema !== undefined) await session.run(`USE SCHEMA ${schema}`);
  return session;
}

/** @param sessions the file's, and that of the file before: a page may run over from one file into the next */
async function runDocument(
  target: Target,
  sessions: readonly [TargetSession, TargetSession | undefined],
  document: Document,
  settings: readonly string[],
): Promise<Run> {
  const [session] = sessions;
  const { label, steps } = document;
  const database = await freshDatabase(session);
  const outcomes = new Map<number, Outcome>();
  for (const [index, step] of steps.entries()) {
    let outcome = await runStep((sql) => runInEither(sessions, sql), `${label}#${index}`, step);
    if (outcome !== undefined && !outcome.rowsEqual && reads(step.sql)) {
      outcome = await inSessionOfItsOwn(target, session, step, outcome, settings);
    }
    if (outcome !== undefined) outcomes.set(index, outcome);
    if (/^\s*drop\s+(database|schema)\s/i.test(step.sql)) await goHome(session, database);
  }
  for (const [index, outcome] of outcomes) {
    const step = steps[index];
    if (outcome.missing === undefined || step === undefined) continue;
    const again = await runStep((sql) => session.run(sql), outcome.label, step);
    if (again?.rowsEqual === true) outcomes.set(index, again);
  }
  return { document, database, outcomes };
}

function reads(sql: string): boolean {
  return /^\s*(select|with|show|desc|describe)\s/i.test(sql);
}

/** The statements that set an output format, each once. */
function outputFormats(documents: readonly Document[]): readonly string[] {
  const setting = /^\s*alter\s+session\s+set\s+\w+_output_format\s*=/i;
  const all = documents.flatMap(({ steps }) => steps.map(({ sql }) => sql));
  return [...new Set(all.filter((sql) => setting.test(sql)))];
}

async function inSessionOfItsOwn(
  target: Target,
  session: TargetSession,
  step: DocumentStep,
  outcome: Outcome,
  settings: readonly string[],
): Promise<Outcome> {
  const { rows } = await session.run("SELECT CURRENT_DATABASE(), CURRENT_SCHEMA()");
  const [database, schema] = rows[0] ?? [];
  if (typeof database !== "string" || typeof schema !== "string") return outcome;
  for (const setting of [undefined, ...settings]) {
    const own = await pageSession(target, `"${database}"."${schema}"`);
    if (setting !== undefined) await own.run(setting).catch(() => undefined);
    const again = await runStep((sql) => own.run(sql), outcome.label, step);
    await own.close();
    if (again?.rowsEqual === true) return again;
    // An error does not hang on how results are printed.
    if (again?.detail.startsWith("got:") !== true) break;
  }
  return outcome;
}

/** Tries the steps that miss an object where other files make one of its name, the nearest file first. */
async function tryElsewhere(target: Target, run: Run, runs: readonly Run[]): Promise<void> {
  const home = runs.indexOf(run);
  const distance = (other: Run) => Math.abs(runs.indexOf(other) - home);
  for (const [index, outcome] of run.outcomes) {
    const step = run.document.steps[index];
    if (outcome.missing === undefined || step === undefined || !reads(step.sql)) continue;
    const makers = runs.filter((other) => other !== run && makes(other.document, outcome.missing));
    for (const maker of makers.sort((a, b) => distance(a) - distance(b))) {
      const session = await pageSession(target, `${maker.database}.PUBLIC`).catch(() => undefined);
      const again = await (session && runStep((sql) => session.run(sql), outcome.label, step));
      await session?.close();
      if (again?.rowsEqual !== true) continue;
      run.outcomes.set(index, again);
      break;
    }
  }
}

function makes({ steps }: Document, name: string | undefined): boolean {
  const made = new RegExp(`^\\s*create\\b[^(]*?\\b${name?.replaceAll(/\W/g, "\\$&")}\\b`, "i");
  return steps.some(({ sql }) => made.test(sql));
}

/** The page after one that drops its database or schema is in the file's own again. */
async function goHome(session: TargetSession, home: string): Promise<void> {
  const { rows } = await session.run("SELECT CURRENT_SCHEMA()");
  if (rows[0]?.[0] === null) await session.run(`USE SCHEMA ${home}.PUBLIC`);
}

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

/** A missing sequence is an unknown column to the parser. */
const NO_SEQUENCE = /^invalid identifier '.*\.NEXTVAL'$/im;

function misses(error: unknown): boolean {
  if (!(error instanceof TargetError)) return false;
  return MISSING.has(error.code) || NO_SEQUENCE.test(error.message);
}

async function runInEither(
  [session, before]: readonly [TargetSession, TargetSession | undefined],
  sql: string,
): Promise<WireResult> {
  try {
    return await runAfresh(session, sql);
  } catch (error) {
    if (before === undefined || !misses(error)) throw error;
    return before.run(sql).catch(() => {
      throw error;
    });
  }
}

/** Pages wait a minute for services that work in the background; nothing here needs that. */
function withoutWaits(sql: string): string {
  return sql.replace(/(SYSTEM\$WAIT\s*\(\s*)\d{2,}/gi, "$10");
}

/** The last part of the name that an error says is missing. */
function missingName(error: unknown): string | undefined {
  if (!(error instanceof TargetError) || !MISSING.has(error.code)) return undefined;
  const { message } = error;
  const path =
    /'([^'\n]+)' does not exist/.exec(message)?.[1] ?? /function (\S+)$/.exec(message)?.[1];
  return path?.split(".").at(-1)?.replaceAll('"', "");
}

async function runStep(
  run: (sql: string) => Promise<WireResult>,
  label: string,
  { sql, expected }: DocumentStep,
): Promise<Outcome | undefined> {
  let result: WireResult;
  try {
    result = await run(withoutWaits(sql));
  } catch (error) {
    if (expected === null) return undefined;
    const failed = { label, kind: "query", passed: false, rowsEqual: false, sql } as const;
    return { ...failed, detail: describe(error), missing: missingName(error) };
  }
  if (expected === null) return undefined;
  const rows = result.rows.map((row) =>
    row.map((cell, index) => {
      const column = result.columns[index];
      return column === undefined ? "" : documentedCell(cell, column, result);
    }),
  );
  const actual = { columns: result.columns.map((column) => column.name), rows };
  const order = orderOf(
    sql,
    result.columns.map(({ name }) => name),
  );
  const { rowsEqual, namesEqual, byKind, detail } = comparePrinted(sql, actual, expected, order);
  const passed = rowsEqual && namesEqual;
  return { label, kind: "query", passed, rowsEqual, byKind, detail, sql };
}
