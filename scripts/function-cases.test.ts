/**
 * Every supported function has its file of cases, compat-tests/sql/functions/<family>/<name>.slt, with a query and
 * an expected error. SYSTEM$ is written system_ in file names; an alias may share the file of its function, a data
 * metric that is a percentage the file of its count, SYSTEM$LOG_INFO and its like the file of SYSTEM$LOG, and what reads or
 * removes a default the file of what sets it.
 */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseSlt } from "../compat-tests/runner/slt.ts";
import type { FunctionEntry } from "../translator/functions/define.ts";
import { ALL_FUNCTIONS } from "../translator/functions/registry.ts";
import { ROOT, repositoryFiles } from "./root.ts";

/** Families that still lack files or records, each with how many functions at most: the numbers may only shrink. */
const WITHOUT_FILE: Readonly<Record<string, number>> = { file: 4, period: 14 };
const WITHOUT_RECORDS: Readonly<Record<string, number>> = {
  "date and time": 1,
  conversion: 1,
  "regular expressions": 1,
  "semi-structured": 3,
  "string and binary": 1,
  system: 1,
};

/** Files by the function's name; a data metric may be called like an aggregate. */
const files = new Map<string, string[]>();
for (const file of repositoryFiles()) {
  if (!/^compat-tests\/sql\/functions\/.*\.slt$/.test(file)) continue;
  const name = basename(file, ".slt").replaceAll("-", "_").toUpperCase();
  files.set(name, [...(files.get(name) ?? []), file]);
}

const SHARED: readonly (readonly [RegExp, string])[] = [
  [/_PERCENT$/, "_COUNT"],
  [/^SYSTEM_LOG_.*/, "SYSTEM_LOG"],
  [/^SYSTEM_(?:GET|UNSET)_DEFAULT_/, "SYSTEM_SET_DEFAULT_"],
];

function filesOf(entry: FunctionEntry): readonly string[] {
  const names = [entry.name, ...entry.aliases].map((name) => name.replaceAll("$", "_"));
  const shared = SHARED.flatMap(([own, other]) => names.map((name) => name.replace(own, other)));
  return [...new Set([...names, ...shared])].flatMap((name) => files.get(name) ?? []);
}

const supported = ALL_FUNCTIONS.filter(
  ({ refused, stub }) => refused === undefined && stub === undefined,
);

/** Families in which more functions pass the test than are allowed for, with those functions. */
function beyond(
  allowed: Readonly<Record<string, number>>,
  isMissing: (entry: FunctionEntry) => boolean,
): readonly string[] {
  const missing = new Map<string, string[]>();
  for (const { category, name } of supported.filter(isMissing)) {
    missing.set(category, [...(missing.get(category) ?? []), name]);
  }
  return [...missing]
    .filter(([category, names]) => names.length > (allowed[category] ?? 0))
    .map(([category, names]) => `${category}: ${names.join(", ")}`);
}

function lacksRecords(file: string): boolean {
  const records = parseSlt(readFileSync(join(ROOT, file), "utf8"));
  return !["query", "error"].every((kind) => records.some((record) => record.kind === kind));
}

describe("cases of functions", () => {
  test("stand in a file for each function that is supported", () => {
    expect(beyond(WITHOUT_FILE, (entry) => filesOf(entry).length === 0)).toEqual([]);
  });

  test("are queries and expected errors", () => {
    const lacking = (entry: FunctionEntry): boolean => {
      const own = filesOf(entry);
      return own.length > 0 && own.every(lacksRecords);
    };
    expect(beyond(WITHOUT_RECORDS, lacking)).toEqual([]);
  });

  test("say in their head which page they come from", () => {
    const without = [...files.values()]
      .flat()
      .filter(
        (file) =>
          !/^# https:\/\/docs\.snowflake\.com\//.test(readFileSync(join(ROOT, file), "utf8")),
      );
    expect(without).toEqual([]);
  });
});
