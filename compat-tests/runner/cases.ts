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

export async function runDocument(
  target: Target,
  label: string,
  steps: readonly DocumentStep[],
): Promise<Outcome[]> {
  const session = await freshSession(target, DOCUMENTATION_ZONE);
  const outcomes: Outcome[] = [];
  try {
    for (const [index, step] of steps.entries()) {
      const outcome = await runStep(session, `${label}#${index}`, step);
      if (outcome !== undefined) outcomes.push(outcome);
    }
  } finally {
    await session.close();
  }
  return outcomes;
}

async function runStep(
  session: TargetSession,
  label: string,
  { sql, expected }: DocumentStep,
): Promise<Outcome | undefined> {
  let result: WireResult;
  try {
    result = await session.run(sql);
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
  const rowsEqual = sameRows(actual, expected.rows, orderOf(sql, result.columns));
  const names = result.columns.map((column) => column.name);
  const namesEqual =
    names.join("\n").replaceAll(/\s+/g, " ") ===
    expected.columns.join("\n").replaceAll(/\s+/g, " ");
  const detail = rowsEqual
    ? `names: ${names.join(" | ")} wanted ${expected.columns.join(" | ")}`
    : `got:\n${actual.map((row) => row.join("\t")).join("\n")}\nwanted:\n${expected.rows.map((row) => row.join("\t")).join("\n")}`;
  return { label, kind: "query", passed: rowsEqual && namesEqual, rowsEqual, detail, sql };
}
