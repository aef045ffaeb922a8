/**
 * The recorded statements are the list of what must parse: all of them, except for the documentation's
 * examples that are no SQL. Runs only where the records are.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { stripSpans } from "../ast/printer.test-helpers.ts";
import { parseStatement, printStatement } from "./statement.ts";

const FOLDER = fileURLToPath(new URL("../../../shared/conformance/", import.meta.url));

/** How many may fail: templates, placeholders, typing mistakes, other engines' SQL. May only sink. */
const MOST_FAILURES = 142;

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

describe.skipIf(!existsSync(FOLDER))("recorded statements", () => {
  it("parse and survive printing", { timeout: 60_000 }, () => {
    const statements = recordedStatements();
    const failures = statements.flatMap((sql) => {
      const text = complaint(sql);
      return text === undefined ? [] : [`${text}\n    ${sql.replace(/\s+/g, " ").slice(0, 150)}`];
    });
    const report = `${failures.length} of ${statements.length} fail:\n${failures.join("\n")}`;
    expect(failures.length, report).toBeLessThanOrEqual(MOST_FAILURES);
  });
});
