/**
 * The recorded statements are the list of what must parse: all of them, except for those that
 * not-sql.test-helpers.ts lists with a reason. Runs only where the records are.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { stripSpans } from "../ast/printer.test-helpers.ts";
import { NOT_SQL } from "./not-sql.test-helpers.ts";
import { parseStatement, printStatement } from "./statement.ts";

const FOLDER = fileURLToPath(new URL("../../../shared/conformance/", import.meta.url));
const RECORDED = existsSync(FOLDER);

type Step = { readonly sql: string };

function stepsOfJsonLines(text: string): string[] {
  const files = text.split("\n").filter((line) => line !== "");
  return files.flatMap((line) => {
    const { steps } = JSON.parse(line) as { steps: Step[] };
    return steps.map((step) => step.sql);
  });
}

/** The statements of `query` records and `statement ok` records. */
function statementsOfSlt(text: string): string[] {
  return text.split(/\n\s*\n/).flatMap((record) => {
    const match = /^(?:query\b[^\n]*|statement ok)\n([\s\S]*)/m.exec(record);
    const sql = match?.[1]?.split(/\n----(?:\n|$)/)[0];
    return sql === undefined ? [] : [sql];
  });
}

function recordedStatements(): string[] {
  const names = readdirSync(FOLDER, { recursive: true }) as string[];
  return names.flatMap((name) => {
    if (name.endsWith(".slt")) return statementsOfSlt(readFileSync(FOLDER + name, "utf8"));
    return name.endsWith(".jsonl") ? stepsOfJsonLines(readFileSync(FOLDER + name, "utf8")) : [];
  });
}

const BEGINNINGS = Object.values(NOT_SQL).flat();

/** The entry of the list that a statement stands under. An entry does not end within a word. */
function exemption(sql: string): string | undefined {
  const squeezed = sql.replace(/\s+/g, " ").trim();
  return BEGINNINGS.find(
    (beginning) =>
      squeezed.startsWith(beginning) && !/^\w\w/.test(squeezed.slice(beginning.length - 1)),
  );
}

/** What is wrong with a statement: the error's text, or that it does not survive printing. */
function complaint(sql: string): string | undefined {
  try {
    const tree = parseStatement(sql);
    const again = parseStatement(printStatement(tree));
    expect(stripSpans(again)).toEqual(stripSpans(tree));
    return undefined;
  } catch (error) {
    return String(error).replace(/\s+/g, " ").slice(0, 150);
  }
}

if (!RECORDED) {
  process.stderr.write("SKIPPED recorded statements: ../shared/conformance is not there\n");
}

describe.skipIf(!RECORDED)("recorded statements", () => {
  const statements = RECORDED ? [...new Set(recordedStatements())] : [];

  it("parse and survive printing, all that are SQL", { timeout: 60_000 }, () => {
    const failures = statements.flatMap((sql) => {
      const text = exemption(sql) === undefined ? complaint(sql) : undefined;
      return text === undefined ? [] : [`${text}\n    ${sql.replace(/\s+/g, " ").slice(0, 150)}`];
    });
    expect(failures).toEqual([]);
    expect(statements.length).toBeGreaterThan(7_500);
  });

  it("are listed as no SQL only where they do not parse", () => {
    const listed = new Set<string>();
    for (const sql of statements) {
      const beginning = exemption(sql);
      if (beginning === undefined) continue;
      listed.add(beginning);
      expect(() => parseStatement(sql), sql).toThrow(/SQL compilation error/);
    }
    expect(BEGINNINGS.filter((beginning) => !listed.has(beginning))).toEqual([]);
  });
});
