/**
 * Regular expression functions.
 * https://docs.snowflake.com/en/sql-reference/functions-regexp
 */

import type { HostFunction, HostValue } from "../base/host.ts";
import { ARRAY, BOOLEAN } from "../types/types.ts";
import { encodeVariant } from "../variant/encoding.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import {
  compilePattern,
  fullMatch,
  groupOf,
  matchesOf,
  nthMatch,
  positionAt,
  replaceMatches,
  tailFrom,
} from "./regexp-match.ts";
import {
  argument,
  COUNT_TYPE,
  constantText,
  keepLength,
  MAX_TEXT,
  sqlOr,
  wholeOr,
} from "./rules.ts";

const define = family("regular expressions");

type Arguments = readonly HostValue[];
const text = (args: Arguments, at: number): string => String(args[at]);
const number = (args: Arguments, at: number): number => Number(args[at]);

function substr(...args: Arguments): string | null {
  const parameters = text(args, 4);
  const tail = tailFrom(text(args, 0), number(args, 2));
  const match = nthMatch(tail, text(args, 1), number(args, 3), parameters);
  if (match === undefined) return null;
  return match.groups[groupOf(match, parameters, number(args, 5))] ?? null;
}

function substrAll(...args: Arguments): string {
  const parameters = text(args, 4);
  const tail = tailFrom(text(args, 0), number(args, 2));
  const found: (string | null)[] = [];
  let count = 0;
  for (const match of matchesOf(tail, text(args, 1), parameters)) {
    if (++count < number(args, 3)) continue;
    found.push(match.groups[groupOf(match, parameters, number(args, 5))] ?? null);
  }
  return encodeVariant(found);
}

function instr(...args: Arguments): bigint {
  const parameters = text(args, 5);
  const position = number(args, 2);
  const tail = tailFrom(text(args, 0), position);
  const match = nthMatch(tail, text(args, 1), number(args, 3), parameters);
  if (match === undefined) return 0n;
  const group = groupOf(match, parameters, number(args, 6));
  const index = number(args, 4) === 1 ? match.groupEnds[group] : match.groupStarts[group];
  if (index === undefined || index < 0) return 0n;
  return BigInt(position - 1 + positionAt(tail, index));
}

function count(...args: Arguments): bigint {
  const tail = tailFrom(text(args, 0), number(args, 2));
  let found = 0n;
  for (const _ of matchesOf(tail, text(args, 1), text(args, 3))) found++;
  return found;
}

const HOST: readonly HostFunction[] = [
  {
    name: "_re_like",
    parameters: ["VARCHAR", "VARCHAR", "VARCHAR"],
    returns: "BOOLEAN",
    evaluate: (...args) => fullMatch(text(args, 0), text(args, 1), text(args, 2)),
  },
  {
    name: "_re_substr",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR", "BIGINT"],
    returns: "VARCHAR",
    evaluate: substr,
  },
  {
    name: "_re_substr_all",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR", "BIGINT"],
    returns: "VARCHAR",
    evaluate: substrAll,
  },
  {
    name: "_re_instr",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "BIGINT", "VARCHAR", "BIGINT"],
    returns: "BIGINT",
    evaluate: instr,
  },
  {
    name: "_re_count",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT", "VARCHAR"],
    returns: "BIGINT",
    evaluate: count,
  },
  {
    name: "_re_replace",
    parameters: ["VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (...args) =>
      replaceMatches(
        text(args, 0),
        text(args, 1),
        text(args, 2),
        number(args, 3),
        number(args, 4),
        text(args, 5),
      ),
  },
];

/** DuckDB's own RE2 (many times faster) for a constant pattern and parameters it reads alike. */
function likeSql(call: LoweringCall): string {
  const [subject, pattern] = [argument(call, 0), argument(call, 1)];
  const given = call.named("parameters");
  const known = constantText(pattern.bound);
  const parameters = given === undefined ? "" : constantText(given.bound);
  if (known !== undefined && parameters !== undefined && /^[cis]*$/.test(parameters)) {
    compilePattern(known, parameters);
    const letter = parameters.replaceAll("s", "").slice(-1);
    const options = (parameters.includes("s") ? "s" : "") + (letter === "i" ? "i" : "c");
    return `regexp_full_match(${subject.sql}, ${pattern.sql}, '${options}')`;
  }
  return `_re_like(${subject.sql}, ${pattern.sql}, ${sqlOr(call, "parameters", "''")})`;
}

function pieceSql(host: string) {
  return (call: LoweringCall): string =>
    `${host}(${[
      argument(call, 0).sql,
      argument(call, 1).sql,
      wholeOr(call, "position", 1),
      wholeOr(call, "occurrence", 1),
      sqlOr(call, "parameters", "''"),
      wholeOr(call, "group", 0),
    ].join(", ")})`;
}

const PIECE =
  "subject text, pattern text, position? integer, occurrence? integer, parameters? text, group? integer";

export const REGEXP_FUNCTIONS: readonly FunctionEntry[] = [
  define("RLIKE", {
    doc: "rlike",
    aliases: ["REGEXP_LIKE", "REGEXP"],
    summary: "Whether the whole text matches a regular expression",
    signatures: [sig("subject text, pattern text, parameters? text", BOOLEAN, likeSql)],
    host: HOST,
    examples: [
      ["RLIKE('San Francisco', 'san.*', 'i')", "true"],
      ["RLIKE('Sacramento', 'San.* [fF].*')", "false"],
      ["RLIKE('800-456-7891', '[2-9]\\\\d{2}-\\\\d{3}-\\\\d{4}')", "true"],
      ["REGEXP_LIKE('jsmith@email.com', '\\\\w+@[a-zA-Z_]+?\\\\.[a-zA-Z]{2,3}')", "true"],
    ],
  }),
  define("REGEXP_SUBSTR", {
    doc: "regexp_substr",
    summary: "The nth match of a regular expression, or a group of it; NULL without one",
    signatures: [sig(PIECE, keepLength, pieceSql("_re_substr"), { nullability: "always" })],
    examples: [
      ["REGEXP_SUBSTR('Release 24', 'Release\\\\W+(\\\\d+)', 1, 1, 'e')", "24"],
      ["REGEXP_SUBSTR('Customers - (NY)', '\\\\([[:alnum:]]+\\\\)')", "(NY)"],
      ["REGEXP_SUBSTR('Hellooo World', '\\\\b\\\\S*o\\\\S*\\\\b', 3)", "llooo"],
      ["REGEXP_SUBSTR('A MAN A PLAN A CANAL', 'A\\\\W+(\\\\w+)', 1, 2, 'e', 1)", "PLAN"],
      ["REGEXP_SUBSTR('A MAN A PLAN A CANAL', 'A\\\\W+(\\\\w+)', 1, 4, 'e', 1)", null],
      ["REGEXP_SUBSTR(',abc,def,ghi,jkl,', '[[:punct:]][[:alnum:]]+[[:punct:]]', 1, 2)", ",ghi,"],
    ],
  }),
  define("REGEXP_SUBSTR_ALL", {
    doc: "regexp_substr_all",
    aliases: ["REGEXP_EXTRACT_ALL"],
    summary: "All matches of a regular expression, or a group of each, as an ARRAY",
    signatures: [sig(PIECE, ARRAY, pieceSql("_re_substr_all"))],
    examples: [
      [
        "REGEXP_SUBSTR_ALL('a1_a2a3_a4A5a6', 'a[[:digit:]]')::VARCHAR",
        '["a1","a2","a3","a4","a6"]',
      ],
      ["REGEXP_SUBSTR_ALL('a1_a2a3_a4A5a6', 'a[[:digit:]]', 1, 3)::VARCHAR", '["a3","a4","a6"]'],
      ["REGEXP_SUBSTR_ALL('a1_a2a3_a4A5a6', 'b')::VARCHAR", "[]"],
    ],
  }),
  define("REGEXP_INSTR", {
    doc: "regexp_instr",
    summary: "Position of the nth match of a regular expression, or after it; 0 without one",
    signatures: [
      sig(
        "subject text, pattern text, position? integer, occurrence? integer, option? integer, parameters? text, group? integer",
        COUNT_TYPE,
        (call) =>
          `_re_instr(${[
            argument(call, 0).sql,
            argument(call, 1).sql,
            wholeOr(call, "position", 1),
            wholeOr(call, "occurrence", 1),
            wholeOr(call, "option", 0),
            sqlOr(call, "parameters", "''"),
            wholeOr(call, "group", 0),
          ].join(", ")})`,
      ),
    ],
    examples: [
      ["REGEXP_INSTR('nevermore1, nevermore2, nevermore3.', 'nevermore\\\\d')", "1"],
      ["REGEXP_INSTR('nevermore1, nevermore2, nevermore3.', 'nevermore\\\\d', 5)", "13"],
      ["REGEXP_INSTR('nevermore1, nevermore2, nevermore3.', 'nevermore\\\\d', 1, 4)", "0"],
      ["REGEXP_INSTR('nevermore1, nevermore2, nevermore3.', 'nevermore\\\\d', 1, 1, 1)", "11"],
    ],
  }),
  define("REGEXP_COUNT", {
    doc: "regexp_count",
    summary: "How many matches of a regular expression do not overlap",
    signatures: [
      sig(
        "subject text, pattern text, position? integer, parameters? text",
        COUNT_TYPE,
        (call) =>
          `_re_count(${argument(call, 0).sql}, ${argument(call, 1).sql}, ${wholeOr(call, "position", 1)}, ${sqlOr(call, "parameters", "''")})`,
      ),
    ],
    examples: [
      ["REGEXP_COUNT('snow', 'SNOW', 1, 'c')", "0"],
      ["REGEXP_COUNT('snow', 'SNOW', 1, 'i')", "1"],
      ["REGEXP_COUNT(',abc,def,ghi,jkl,', '[[:punct:]][[:alnum:]]+[[:punct:]]', 1, 'i')", "2"],
    ],
  }),
  define("REGEXP_REPLACE", {
    doc: "regexp_replace",
    summary: "Replaces or removes the matches of a regular expression",
    signatures: [
      sig(
        "subject text, pattern text, replacement? text, position? integer, occurrence? integer, parameters? text",
        MAX_TEXT,
        (call) =>
          `_re_replace(${[
            argument(call, 0).sql,
            argument(call, 1).sql,
            sqlOr(call, "replacement", "''"),
            wholeOr(call, "position", 1),
            wholeOr(call, "occurrence", 0),
            sqlOr(call, "parameters", "''"),
          ].join(", ")})`,
      ),
    ],
    examples: [
      [
        "REGEXP_REPLACE('firstname middlename lastname', '(.*) (.*) (.*)', '\\\\3, \\\\1 \\\\2')",
        "lastname, firstname middlename",
      ],
      ["REGEXP_REPLACE('It was the best of times', '( ){1,}', '')", "Itwasthebestoftimes"],
      ["REGEXP_REPLACE('abc', '()', '*')", "*a*b*c*"],
    ],
  }),
];
