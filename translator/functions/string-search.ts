/**
 * Text functions that look for something: position, replacement, splitting, likeness.
 * https://docs.snowflake.com/en/sql-reference/functions-string
 */

import { ARRAY, BOOLEAN, type SnowType, textType } from "../types/types.ts";
import { collationText, commonCollation, soughtText } from "./collation.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import {
  argument,
  bigint,
  COUNT_TYPE,
  constantText,
  constantWhole,
  keepLength,
  MAX_TEXT,
  sqlOr,
  wholeOr,
} from "./rules.ts";

const define = family("string and binary");

/** Both texts of a call as their collation compares them. */
function compared(call: LoweringCall): readonly [{ type: SnowType; sql: string }, { sql: string }] {
  const [a, b] = [argument(call, 0), argument(call, 1)];
  const type = commonCollation(a.type, b.type);
  return [{ type: a.type, sql: collationText(a.sql, type) }, { sql: collationText(b.sql, type) }];
}

function positionSql(call: LoweringCall): string {
  const [needle, value] = compared(call);
  if (needle.type.kind === "binary") {
    return `_bin_position(${needle.sql}, ${value.sql}, ${wholeOr(call, "start", 1)})`;
  }
  if (call.named("start") === undefined) return `instr(${value.sql}, ${needle.sql})`;
  return `_str_position(${needle.sql}, ${value.sql}, ${wholeOr(call, "start", 1)})`;
}

/** The subject, and both texts as their collation compares them; undefined where there is none. */
function folded(call: LoweringCall): string | undefined {
  const [subject, pattern] = [argument(call, 0), argument(call, 1)];
  const type = commonCollation(subject.type, pattern.type);
  if (type === undefined) return undefined;
  return [subject.sql, collationText(subject.sql, type), soughtText(pattern.sql, type)].join(", ");
}

function replaceSql(call: LoweringCall): string {
  const replacement = sqlOr(call, "replacement", "''");
  const collated = folded(call);
  if (collated !== undefined) return `_str_replace_folded(${collated}, ${replacement})`;
  return `replace(${argument(call, 0).sql}, ${argument(call, 1).sql}, ${replacement})`;
}

function splitPartSql(call: LoweringCall): string {
  const collated = folded(call);
  if (collated !== undefined) {
    return `_str_split_part_folded(${collated}, ${bigint(argument(call, 2).sql)})`;
  }
  const part = constantWhole(argument(call, 2).bound);
  const delimiter = constantText(argument(call, 1).bound);
  const [value, by] = [argument(call, 0).sql, argument(call, 1).sql];
  if (delimiter !== undefined && delimiter !== "" && typeof part === "number") {
    return `split_part(${value}, ${by}, ${part === 0 ? 1 : part})`;
  }
  return `_str_split_part(${value}, ${by}, ${bigint(argument(call, 2).sql)})`;
}

function test(
  name: string,
  summary: string,
  text: string,
  binary: string,
  examples: FunctionEntry["examples"],
): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [
      sig("value text, part text", BOOLEAN, (call) => {
        const [value, part] = compared(call);
        return `${text}(${value.sql}, ${part.sql})`;
      }),
      sig("value binary, part binary", BOOLEAN, binary),
    ],
    examples,
  });
}

function token(call: LoweringCall): string {
  const delimiters = sqlOr(call, "delimiters", "' '");
  return `_str_token(${argument(call, 0).sql}, ${delimiters}, ${wholeOr(call, "part", 1)})`;
}

export const STRING_SEARCH_FUNCTIONS: readonly FunctionEntry[] = [
  define("POSITION", {
    doc: "position",
    aliases: ["CHARINDEX"],
    summary: "Where a text is in another, from 1; 0 when missing",
    signatures: [
      sig("needle text, value text, start? integer", COUNT_TYPE, positionSql),
      sig("needle binary, value binary, start? integer", COUNT_TYPE, positionSql),
    ],
    examples: [
      ["POSITION('an', 'banana', 3)", "4"],
      ["POSITION('❄c', '❄a☃c❄c☃')", "5"],
      ["POSITION('' IN 'sth')", "1"],
      ["CHARINDEX(X'EF', X'ABCDEF')", "3"],
    ],
  }),
  test("CONTAINS", "Whether a text holds another", "contains", "(_bin_position({2}, {1}, 1) > 0)", [
    ["CONTAINS('coffee', 'te')", "false"],
    ["CONTAINS('ice tea', 'te')", "true"],
  ]),
  test(
    "STARTSWITH",
    "Whether a text begins with another",
    "starts_with",
    "_bin_starts_with({1}, {2})",
    [["STARTSWITH('tea', 'te')", "true"]],
  ),
  test("ENDSWITH", "Whether a text ends with another", "ends_with", "_bin_ends_with({1}, {2})", [
    ["ENDSWITH('ice tea', 'tea')", "true"],
  ]),
  define("REPLACE", {
    doc: "replace",
    summary: "Replaces or removes every occurrence of a text",
    signatures: [
      sig("subject text, pattern text", keepLength, replaceSql),
      sig("subject text, pattern text, replacement text", MAX_TEXT, replaceSql),
    ],
    examples: [
      ["REPLACE('down', 'down', 'up')", "up"],
      ["REPLACE('snowball', 'snow', 'fire')", "fireball"],
      ["REPLACE('abcd', 'bc')", "ad"],
    ],
  }),
  define("SPLIT", {
    doc: "split",
    summary: "The pieces between separators as an ARRAY",
    signatures: [sig("value text, separator text", ARRAY, "_str_split({1}, {2})")],
    examples: [
      ["SPLIT('127.0.0.1', '.')::VARCHAR", '["127","0","0","1"]'],
      ["SPLIT('|a||', '|')::VARCHAR", '["","a","",""]'],
    ],
  }),
  define("SPLIT_PART", {
    doc: "split_part",
    summary: "One piece between separators, from 1, negative from the end",
    signatures: [sig("value text, separator text, part integer", keepLength, splitPartSql)],
    examples: [
      ["SPLIT_PART('11.22.33', '.', 0)", "11"],
      ["SPLIT_PART('127.0.0.1', '.', -1)", "1"],
      ["SPLIT_PART('|a|b|c|', '|', 2)", "a"],
      ["SPLIT_PART('aaa--bbb-BBB--ccc', '--', 2)", "bbb-BBB"],
      ["SPLIT_PART('a.b', '.', 9)", ""],
    ],
  }),
  define("STRTOK", {
    doc: "strtok",
    summary: "One token between delimiter characters, from 1; NULL when there is none",
    signatures: [
      sig("value text, delimiters? text, part? integer", keepLength, token, {
        nullability: "always",
      }),
    ],
    examples: [
      ["STRTOK('user@snowflake.com', '@.', 2)", "snowflake"],
      ["STRTOK('user@snowflake.com.', '@.', 4)", null],
      ["STRTOK('', '', 1)", null],
      ["STRTOK('a.b', '', 1)", "a.b"],
    ],
  }),
  define("STRTOK_TO_ARRAY", {
    doc: "strtok_to_array",
    summary: "The tokens between delimiter characters as an ARRAY",
    signatures: [
      sig(
        "value text, delimiters? text",
        ARRAY,
        (call) => `_str_tokens(${argument(call, 0).sql}, ${sqlOr(call, "delimiters", "' '")})`,
      ),
    ],
    examples: [["STRTOK_TO_ARRAY('a.b.c', '.')::VARCHAR", '["a","b","c"]']],
  }),
  define("EDITDISTANCE", {
    doc: "editdistance",
    summary: "Levenshtein distance in characters, up to a maximum",
    signatures: [
      sig("left text, right text", COUNT_TYPE, "_str_distance({1}, {2})"),
      sig(
        "left text, right text, most integer",
        COUNT_TYPE,
        `_str_distance_to({1}, {2}, ${bigint("{3}")})`,
      ),
    ],
    examples: [
      ["EDITDISTANCE('Gute nacht', 'Ich weis nicht')", "8"],
      ["EDITDISTANCE('święta', 'swieta')", "2"],
      ["EDITDISTANCE('Snowflake', 'Oracle', 3)", "3"],
      ["EDITDISTANCE('Snowflake', 'Oracle', -1)", "0"],
    ],
  }),
  define("JAROWINKLER_SIMILARITY", {
    doc: "jarowinkler_similarity",
    summary: "Jaro-Winkler similarity from 0 to 100, letter case ignored",
    signatures: [sig("left text, right text", COUNT_TYPE, "_str_jaro_winkler({1}, {2})")],
    examples: [
      ["JAROWINKLER_SIMILARITY('Gute nacht', 'Ich weis nicht')", "56"],
      ["JAROWINKLER_SIMILARITY('Ich weiß nicht', 'Ich wei? nicht')", "97"],
      ["JAROWINKLER_SIMILARITY('Snowflake', 'Oracle')", "61"],
      ["JAROWINKLER_SIMILARITY('', '')", "0"],
    ],
  }),
  define("SOUNDEX", {
    doc: "soundex",
    summary: "Code of an English word's sound",
    signatures: [sig("value text", textType(4), "_str_soundex({1}, FALSE)")],
    examples: [
      ["SOUNDEX('Pfister')", "P236"],
      ["SOUNDEX('LLoyd')", "L300"],
      ["SOUNDEX('Marks')", "M620"],
      ["SOUNDEX('I love rock and roll music.')", "I416"],
    ],
  }),
  define("SOUNDEX_P123", {
    doc: "soundex_p123",
    summary: "SOUNDEX that keeps the second letter when it has the first one's code",
    signatures: [sig("value text", textType(4), "_str_soundex({1}, TRUE)")],
    examples: [["SOUNDEX_P123('Pfister')", "P123"]],
  }),
];
