/** The function catalog agrees with the reference list of Snowflake's functions when that is at hand. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { informationFunctionStanding } from "../server/catalog/information-schema-functions.ts";
import { CONTEXT_FUNCTION_NAMES } from "../translator/bind/context-functions.ts";
import { SYS_CONTEXT_FUNCTIONS } from "../translator/functions/context.ts";
import { lookupFunction, lookupQualified } from "../translator/functions/registry.ts";
import { standing } from "./function-page.ts";
import { ROOT } from "./root.ts";
import { EXCEPTIONS } from "./standings.ts";

const LIST = join(ROOT, "../shared/reference/functions.tsv");

/** Grammar rather than functions, answered by the binder, and VALIDATE, which the history of loads answers. */
const GRAMMAR =
  /^(BETWEEN|CASE|IN|IS DISTINCT FROM|IS NULL|CAST|TRY_CAST|(I?LIKE) (ANY|ALL)|RESULT_SCAN|INFER_SCHEMA|VALIDATE)$/;

const WANTED: Readonly<Record<string, string>> = {
  yes: "supported",
  stub: "stub",
  refuse: "refused",
};

/** Categories whose functions belong to a schema that the list does not name. */
const SCHEMAS: Readonly<Record<string, string>> = {
  notification: "NOTIFICATION",
  "date and time (alerts)": "ALERT",
};

/** Functions that the list has in another category than their schema's. */
const ELSEWHERE: Readonly<Record<string, string>> = { GET_CONDITION_QUERY_UUID: "ALERT" };

/** How the catalog stands to a function of the list: by the place that the list gives in brackets, where it does. */
function found(name: string, place: string | undefined, category: string): string {
  if (category === "information schema") return informationFunctionStanding(name) ?? "missing";
  if (GRAMMAR.test(name) || CONTEXT_FUNCTION_NAMES.includes(name)) return "supported";
  const property = SYS_CONTEXT_FUNCTIONS[name];
  if (property !== undefined) return "reason" in property ? "stub" : "supported";
  const schema = ELSEWHERE[name] ?? SCHEMAS[category] ?? /^SNOWFLAKE\.(\w+)/.exec(place ?? "")?.[1];
  const qualified = schema === undefined ? undefined : ["SNOWFLAKE", schema, name];
  const entry = qualified === undefined ? lookupFunction(name) : lookupQualified(qualified);
  return entry === undefined ? "missing" : standing(entry);
}

/** What differs, as `listed name: found, not wanted`. */
function differing(list: string): string[] {
  const rows = list.trim().split("\n").slice(1);
  return rows.flatMap((row) => {
    const [listed = "", , category = "", , local = ""] = row.split("\t");
    const [, name = "", place] = /^([^(]*?)\s*(?:\(([^)]*)\))?$/.exec(listed) ?? [];
    const stands = found(name, place, category);
    return stands === WANTED[local] ? [] : [`${listed}: ${stands}, not ${WANTED[local]}`];
  });
}

const isThere = existsSync(LIST);

describe(`the reference list of functions${isThere ? "" : ` (SKIPPED: no ${LIST})`}`, () => {
  test.skipIf(!isThere)("every standing is the list's, or has a reason in standings.ts", () => {
    const explained = EXCEPTIONS.flatMap(({ stands, wanted, names }) =>
      names.map((name) => `${name}: ${stands}, not ${wanted}`),
    );
    expect(differing(readFileSync(LIST, "utf8")).toSorted()).toEqual(explained.toSorted());
  });
});
