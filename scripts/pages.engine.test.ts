/** The generated pages are current, and the function catalog agrees with the reference list when it is at hand. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CONTEXT_FUNCTION_NAMES } from "../translator/bind/context-functions.ts";
import { lookupFunction } from "../translator/functions/registry.ts";
import { coveragePage } from "./coverage-page.ts";
import { functionsPage, standing } from "./function-page.ts";
import { ROOT } from "./root.ts";

describe("generated pages", () => {
  const pages = { "docs/coverage.md": coveragePage, "docs/functions.md": functionsPage };
  test.each(Object.entries(pages))("%s is current (npm run docs)", (file, page) => {
    expect(readFileSync(join(ROOT, file), "utf8")).toBe(page());
  });
});

/** Rows whose standing differs from the list, each group with its reason. */
const DIFFERENCES: ReadonlyMap<string, string> = new Map([
  ["yes refused file", "staged files come with stages"],
  ["yes refused system, local meaning", "needs objects that come with later issues"],
  ["yes refused period", "there is no PERIOD type"],
  ["yes refused aggregate", "ACCUMULATE"],
  ["yes refused string and binary", "MD5_NUMBER and FORMAT_STRING_TEMPLATE"],
  ["yes refused table", "INFER_SCHEMA, VALIDATE and TO_QUERY come with stages"],
  ["yes refused context", "needs policies"],
  ["yes refused text splitting, deterministic", "not built yet"],
  ["yes stub system, local meaning", "logging drops its input"],
  ["stub refused data metric function", "needs data quality monitoring"],
  ["stub refused semantic view", "needs semantic views"],
  ["stub refused notification", "needs notification integrations"],
  ["stub refused table", "reads an account service"],
  ["stub refused context", "reads an account service"],
  ["stub refused date and time (alerts)", "needs alerts"],
  ["stub refused system, harmless answer", "needs data quality monitoring"],
  ["stub supported data metric function", "the names of plain aggregates"],
  ["refuse supported AI and Cortex", "TRANSLATE is also a string function"],
]);

/** Grammar rather than functions, answered by the binder or the server. */
const ELSEWHERE =
  /^(BETWEEN|CASE|IN|IS DISTINCT FROM|IS NULL|CAST|TRY_CAST|(I?LIKE) (ANY|ALL)|RESULT_SCAN)$/;
const LIST = join(ROOT, "../shared/reference/functions.tsv");

describe.skipIf(!existsSync(LIST))("the reference list of functions", () => {
  const rows = readFileSync(LIST, "utf8").trim().split("\n").slice(1);
  test("every row has the standing that the list gives it, or a reason", () => {
    const unexplained: string[] = [];
    for (const row of rows) {
      const [listed = "", , category = "", , local = ""] = row.split("\t");
      const name = listed.replace(/ \(.*$/, "").trim();
      if (category === "information schema" || ELSEWHERE.test(name)) continue;
      if (CONTEXT_FUNCTION_NAMES.includes(name)) continue;
      const entry = lookupFunction(name);
      const found = entry === undefined ? "missing" : standing(entry);
      const wanted = { yes: "supported", stub: "stub", refuse: "refused" }[local];
      if (found === wanted || DIFFERENCES.has(`${local} ${found} ${category}`)) continue;
      unexplained.push(`${name}: ${local} but ${found} (${category})`);
    }
    expect(unexplained).toEqual([]);
  });
});
