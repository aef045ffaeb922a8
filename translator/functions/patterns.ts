/**
 * LIKE, ILIKE and RLIKE as functions, and the anchored regular expression match behind the RLIKE operator.
 * https://docs.snowflake.com/en/sql-reference/functions/rlike
 */

import { RE2JS } from "re2js";
import { snowflakeError } from "../base/errors.ts";
import type { HostFunction } from "../base/host.ts";
import { BOOLEAN } from "../types/types.ts";
import { type FunctionEntry, family, sig } from "./define.ts";
import { ILIKE, LIKE } from "./operators.ts";

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

const MAX_COMPILED = 500;
const compiled = new Map<string, RE2JS>();

function flagsOf(parameters: string): number {
  let flags = 0;
  for (const letter of parameters) {
    if (letter === "c") flags &= ~RE2JS.CASE_INSENSITIVE;
    else flags |= FLAGS[letter] ?? 0;
  }
  return flags;
}

/** A compiled pattern. Throws 100048 for a bad one. */
function compile(pattern: string, parameters: string): RE2JS {
  const key = `${parameters}/${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  try {
    const made = RE2JS.compile(pattern, flagsOf(parameters));
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    compiled.set(key, made);
    return made;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw snowflakeError("invalidRegex", { pattern, reason });
  }
}

const RLIKE_HOST: HostFunction = {
  name: "_rlike",
  parameters: ["VARCHAR", "VARCHAR", "VARCHAR"],
  returns: "BOOLEAN",
  evaluate: (subject, pattern, parameters) =>
    compile(String(pattern), String(parameters)).matches(String(subject)),
};

const matching = family("string and binary");

export const PATTERN_FUNCTIONS: readonly FunctionEntry[] = [
  { ...LIKE.entry, examples: [["LIKE('abc', 'a%')", "true"]] },
  { ...ILIKE.entry, examples: [["ILIKE('ABC', 'a_c')", "true"]] },
  matching("RLIKE", {
    doc: "rlike",
    summary: "regular expression over the whole text",
    aliases: ["REGEXP_LIKE", "REGEXP"],
    signatures: [
      sig("subject text, pattern text", BOOLEAN, "_rlike({1}, {2}, '')"),
      sig("subject text, pattern text, parameters text", BOOLEAN, "_rlike({1}, {2}, {3})"),
    ],
    host: [RLIKE_HOST],
    examples: [
      ["RLIKE('800-456-7891', '[2-9]\\\\d{2}-\\\\d{3}-\\\\d{4}')", "true"],
      ["'abcd' RLIKE 'bc'", "false"],
    ],
  }),
];
