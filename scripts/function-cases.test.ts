/**
 * Every supported function has its file of cases, compat-tests/sql/functions/<family>/<name>.slt, with a query and
 * an expected error. SYSTEM$ is written system_ in file names; an alias may share the file of its function, and a data
 * metric that is a percentage the file of its count.
 */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseSlt } from "../compat-tests/runner/slt.ts";
import type { FunctionEntry } from "../translator/functions/define.ts";
import { ALL_FUNCTIONS } from "../translator/functions/registry.ts";
import { ROOT, repositoryFiles } from "./root.ts";

/** Families that still lack files or records, each with how many functions: the numbers may only shrink. */
const WITHOUT_FILE: Readonly<Record<string, number>> = {};
const WITHOUT_RECORDS: Readonly<Record<string, number>> = {};

const files = new Map(
  repositoryFiles()
    .filter((file) => /^compat-tests\/sql\/functions\/.*\.slt$/.test(file))
    .map((file) => [basename(file, ".slt").replaceAll("-", "_").toUpperCase(), file] as const),
);

function namesOf(entry: FunctionEntry): readonly string[] {
  const names = [entry.name, ...entry.aliases].map((name) => name.replaceAll("$", "_"));
  return [...names, ...names.map((name) => name.replace(/_PERCENT$/, "_COUNT"))];
}

function fileOf(entry: FunctionEntry): string | undefined {
  return namesOf(entry)
    .map((name) => files.get(name))
    .find((file) => file !== undefined);
}

const supported = ALL_FUNCTIONS.filter(
  ({ refused, stub }) => refused === undefined && stub === undefined,
);

/** How many functions of each family pass the test, families without any left out. */
function counted(isMissing: (entry: FunctionEntry) => boolean): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { category } of supported.filter(isMissing)) {
    counts[category] = (counts[category] ?? 0) + 1;
  }
  return counts;
}

function lacksRecords(file: string): boolean {
  const records = parseSlt(readFileSync(join(ROOT, file), "utf8"));
  return !["query", "error"].every((kind) => records.some((record) => record.kind === kind));
}

describe("cases of functions", () => {
  test("stand in a file for each function that is supported", () => {
    expect(counted((entry) => fileOf(entry) === undefined)).toEqual(WITHOUT_FILE);
  });

  test("are queries and expected errors", () => {
    const lacking = (entry: FunctionEntry): boolean => {
      const file = fileOf(entry);
      return file !== undefined && lacksRecords(file);
    };
    expect(counted(lacking)).toEqual(WITHOUT_RECORDS);
  });

  test("say in their head which page they come from", () => {
    const without = [...files.values()].filter(
      (file) => !/^# https:\/\/docs\.snowflake\.com\//.test(readFileSync(join(ROOT, file), "utf8")),
    );
    expect(without).toEqual([]);
  });
});
