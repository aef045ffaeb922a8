/** Runs a file's recorded cases in a database of its own and says of each whether it passed. */

import { recordedCell } from "./cells.ts";
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
  /** Equal only when SHOW and DESCRIBE are read by the page's columns (documentation examples). */
  readonly byKind?: boolean | undefined;
  /** The name of the object whose absence failed it (documentation examples). */
  readonly missing?: string | undefined;
};

let databases = 0;

/** Makes a database for a file's cases; the session is in its schema PUBLIC. @returns its name */
export async function freshDatabase(session: TargetSession): Promise<string> {
  databases++;
  const name = `CASES_${databases}`;
  await session.run(`CREATE DATABASE ${name}`);
  return name;
}

/** A session in a fresh database and schema. */
export async function freshSession(target: Target): Promise<TargetSession> {
  const session = await target.open();
  await freshDatabase(session);
  return session;
}

/** An error in a line or two: code, state, message and cause. */
export function describe(error: unknown): string {
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
  const passed = sameRows(
    actual,
    wanted,
    orderOf(
      sql,
      result.columns.map(({ name }) => name),
    ),
  );
  return of(passed, passed ? "" : `got:\n${actual.map((row) => row.join("\t")).join("\n")}`);
}

/** What a bug of ours answers with: no case expects that. */
const INTERNAL_ERROR = "370001";

/** The code must be the same; of texts without a code, one must contain the other. */
function sameError(error: unknown, expected: readonly string[] | undefined): boolean {
  if (!(error instanceof TargetError) || error.code === INTERNAL_ERROR) return false;
  if (expected === undefined) return true;
  const text = expected.join("\n");
  const code = /^(\d{6})/.exec(text)?.[1];
  if (code !== undefined) return code === error.code;
  return error.message.includes(text) || text.includes(error.message);
}
