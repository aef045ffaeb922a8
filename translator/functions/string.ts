/**
 * Text functions: case, length, pieces, joining, trimming, filling.
 * https://docs.snowflake.com/en/sql-reference/functions-string
 */

import { duckType } from "../types/physical.ts";
import { changeCase } from "./collation.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import {
  argument,
  bigint,
  COUNT_TYPE,
  constantText,
  constantWhole,
  joinedSql,
  keepLength,
  longest,
  MAX_TEXT,
  sqlOr,
  sumLength,
  wholeOr,
} from "./rules.ts";
import { CHARACTER_FUNCTIONS } from "./string-characters.ts";
import { STRING_HOST_FUNCTIONS } from "./string-host.ts";

const define = family("string and binary");

/** UPPER and LOWER follow the language of a collation. */
function inCase(to: "upper" | "lower") {
  return (call: LoweringCall): string => {
    const { sql, type } = argument(call, 0);
    return changeCase(sql, type, to);
  };
}
/** A length that reaches the end of every text. */
const MAX_WHOLE = 1_000_000_000;

function substringSql(call: LoweringCall): string {
  const value = argument(call, 0);
  const start = argument(call, 1);
  const count = call.named("length");
  const at = constantWhole(start.bound);
  if (value.type.kind === "text" && typeof at === "number" && at >= 0) {
    const from = Math.max(1, at);
    if (count === undefined) return `substring(${value.sql}, ${from})`;
    return `substring(${value.sql}, ${from}, greatest(${bigint(count.sql)}, CASE WHEN ${count.sql} IS NULL THEN NULL ELSE 0 END))`;
  }
  const name = value.type.kind === "binary" ? "_bin_substr" : "_str_substr";
  return `${name}(${value.sql}, ${bigint(start.sql)}, ${wholeOr(call, "length", MAX_WHOLE)})`;
}

/** LEFT and RIGHT; DuckDB's own count from the other end when the length is negative. */
function sideSql(side: "left" | "right") {
  return (call: LoweringCall): string => {
    const [value, length] = [argument(call, 0), argument(call, 1)];
    const known = constantWhole(length.bound);
    if (value.type.kind !== "binary") {
      if (typeof known === "number") return `${side}(${value.sql}, ${Math.max(0, known)})`;
      const count = `CASE WHEN ${length.sql} < 0 THEN 0 ELSE ${bigint(length.sql)} END`;
      return `${side}(${value.sql}, ${count})`;
    }
    const count = bigint(length.sql);
    if (side === "left") return `_bin_substr(${value.sql}, 1, ${count})`;
    return `_bin_substr(${value.sql}, CASE WHEN ${count} >= octet_length(${value.sql}) THEN 1 ELSE -${count} END, ${count})`;
  };
}

function concatSql(call: LoweringCall): string {
  return joinedSql(call, call.arguments, " || ");
}

function joinSql(call: LoweringCall): string {
  const separator = argument(call, 0).sql;
  const items = call.arguments.slice(1);
  if (items.length > 1) return joinedSql(call, items, ` || ${separator} || `);
  const type = duckType(call.returns);
  return `CASE WHEN ${separator} IS NULL THEN CAST(NULL AS ${type}) ELSE ${argument(call, 1).sql} END`;
}

function trim(name: "trim" | "ltrim" | "rtrim", summary: string): FunctionEntry {
  return define(name.toUpperCase(), {
    doc: name,
    summary,
    signatures: [
      sig("expr text", keepLength, `${name}({1}, ' ')`),
      sig("expr text, characters text", keepLength, `${name}({1}, {2})`),
    ],
    examples: [
      [
        `${name.toUpperCase()}('#  a  #', '# ')`,
        name === "trim" ? "a" : name === "ltrim" ? "a  #" : "#  a",
      ],
    ],
  });
}

function padSql(left: boolean) {
  return (call: LoweringCall): string => {
    const value = argument(call, 0);
    const pad = sqlOr(call, "pad", "' '");
    const name = value.type.kind === "binary" ? "_bin_pad" : "_str_pad";
    return `${name}(${value.sql}, ${bigint(argument(call, 1).sql)}, ${pad}, ${left})`;
  };
}

function pad(name: string, left: boolean, example: string): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary: `Fills ${left ? "on the left" : "on the right"} or cuts to a length`,
    signatures: [
      sig("base text, length integer, pad? text", longest, padSql(left)),
      sig("base binary, length integer, pad binary", longest, padSql(left)),
    ],
    examples: [
      [`${name}('123.50', 19, '*_')`, example],
      [`${name}('abc', 2)`, "ab"],
    ],
  });
}

function translateSql(call: LoweringCall): string {
  const from = constantText(argument(call, 1).bound);
  const to = constantText(argument(call, 2).bound);
  const isPlain = from !== undefined && to !== undefined && to.length <= from.length;
  return isPlain && /^[\x20-\x7e]*$/.test(from + to)
    ? `translate(${call.arguments.map((item) => item.sql).join(", ")})`
    : `_str_translate(${call.arguments.map((item) => item.sql).join(", ")})`;
}

const LENGTHS: readonly FunctionEntry[] = [
  define("LENGTH", {
    doc: "length",
    aliases: ["LEN"],
    summary: "Characters of a text, bytes of a binary",
    signatures: [
      sig("value text", COUNT_TYPE, "length({1})"),
      sig("value binary", COUNT_TYPE, "octet_length({1})"),
    ],
    host: STRING_HOST_FUNCTIONS,
    examples: [
      ["LENGTH('圣诞节快乐')", "5"],
      ["LEN('')", "0"],
    ],
  }),
  define("OCTET_LENGTH", {
    doc: "octet_length",
    summary: "Bytes of a text in UTF-8, or of a binary",
    signatures: [
      sig("value text", COUNT_TYPE, "strlen({1})"),
      sig("value binary", COUNT_TYPE, "octet_length({1})"),
    ],
    examples: [
      ["OCTET_LENGTH('abc')", "3"],
      ["OCTET_LENGTH('\u0394')", "2"],
    ],
  }),
  define("BIT_LENGTH", {
    doc: "bit_length",
    summary: "Bits of a text in UTF-8, or of a binary",
    signatures: [
      sig("value text", COUNT_TYPE, "(8 * strlen({1}))"),
      sig("value binary", COUNT_TYPE, "(8 * octet_length({1}))"),
    ],
    examples: [["BIT_LENGTH('abc')", "24"]],
  }),
  define("RTRIMMED_LENGTH", {
    doc: "rtrimmed_length",
    summary: "Characters without blanks at the end",
    signatures: [sig("value text", COUNT_TYPE, "length(rtrim({1}, ' '))")],
    examples: [["RTRIMMED_LENGTH(' ABCD ')", "5"]],
  }),
];

const CASES: readonly FunctionEntry[] = [
  define("UPPER", {
    doc: "upper",
    summary: "Text in upper case",
    signatures: [sig("value text", keepLength, inCase("upper"))],
    examples: [["UPPER('value')", "VALUE"]],
  }),
  define("LOWER", {
    doc: "lower",
    summary: "Text in lower case",
    signatures: [sig("value text", keepLength, inCase("lower"))],
    examples: [["LOWER('VaLuE')", "value"]],
  }),
  define("INITCAP", {
    doc: "initcap",
    summary: "First letters of words in upper case, the others in lower case",
    signatures: [
      sig("value text", keepLength, "_str_initcap({1})"),
      sig("value text, delimiters text", keepLength, "_str_initcap_by({1}, {2})"),
    ],
    examples: [
      ["INITCAP('OVER the River 2 Times')", "Over The River 2 Times"],
      ["INITCAP('HelL0_hi+therE')", "Hell0_Hi+There"],
      ["INITCAP('this is the new Frame+work', '')", "This is the new frame+work"],
      ["INITCAP('apple is僉sweetandballIsROUND', '僉a b')", "aPple Is僉SweetaNdbaLlisround"],
    ],
  }),
];

const PIECES: readonly FunctionEntry[] = [
  define("SUBSTR", {
    doc: "substr",
    aliases: ["SUBSTRING"],
    summary: "A piece from a position (from 1, negative from the end)",
    signatures: [
      sig("base text, start integer, length? integer", keepLength, substringSql),
      sig("base binary, start integer, length? integer", keepLength, substringSql),
    ],
    examples: [
      ["SUBSTR('testing 1 2 3', 9, 3)", "1 2"],
      ["SUBSTR('mystring', 0, 3)", "mys"],
      ["SUBSTR('mystring', -3, 7)", "ing"],
      ["SUBSTRING('mystring', 3)", "string"],
    ],
  }),
  define("LEFT", {
    doc: "left",
    summary: "The first characters or bytes",
    signatures: [
      sig("value text, length integer", keepLength, sideSql("left")),
      sig("value binary, length integer", keepLength, sideSql("left")),
    ],
    examples: [
      ["LEFT('ABCDEF', 3)", "ABC"],
      ["LEFT('ABC', -1)", ""],
    ],
  }),
  define("RIGHT", {
    doc: "right",
    summary: "The last characters or bytes",
    signatures: [
      sig("value text, length integer", keepLength, sideSql("right")),
      sig("value binary, length integer", keepLength, sideSql("right")),
    ],
    examples: [["RIGHT('ABCDEFG', 3)", "EFG"]],
  }),
  define("INSERT", {
    doc: "insert",
    summary: "Replaces a piece, by position and length, with another text",
    signatures: [
      sig(
        "base text, position integer, length integer, added text",
        MAX_TEXT,
        `_str_insert({1}, ${bigint("{2}")}, ${bigint("{3}")}, {4})`,
      ),
      sig(
        "base binary, position integer, length integer, added binary",
        longest,
        `_bin_insert({1}, ${bigint("{2}")}, ${bigint("{3}")}, {4})`,
      ),
    ],
    examples: [
      ["INSERT('abc', 1, 2, 'Z')", "Zc"],
      ["INSERT('abcdef', 3, 2, 'zzz')", "abzzzef"],
      ["INSERT('abc', 4, 0, 'Z')", "abcZ"],
      ["INSERT('abc', 1, NULL, 'Z')", null],
    ],
  }),
  define("REVERSE", {
    doc: "reverse",
    summary: "Characters or bytes in reverse order",
    signatures: [
      sig("value text", keepLength, "_str_reverse({1})"),
      sig("value binary", keepLength, "_bin_reverse({1})"),
    ],
    examples: [["REVERSE('Hello, world!')", "!dlrow ,olleH"]],
  }),
];

const JOINING: readonly FunctionEntry[] = [
  define("CONCAT", {
    doc: "concat",
    summary: "Joins texts or binaries; NULL when one is NULL",
    signatures: [
      sig("value... text", sumLength, concatSql),
      sig("value... binary", sumLength, concatSql),
    ],
    examples: [
      ["CONCAT('George Washington ', 'Carver')", "George Washington Carver"],
      ["CONCAT('a', NULL)", null],
    ],
  }),
  define("CONCAT_WS", {
    doc: "concat_ws",
    summary: "Joins texts with a separator; NULL when one is NULL",
    signatures: [
      sig("separator text, value... text", MAX_TEXT, joinSql),
      sig("separator binary, value... binary", longest, joinSql),
    ],
    examples: [
      ["CONCAT_WS(',', 'one', 'two', 'three')", "one,two,three"],
      ["CONCAT_WS(',', 'one')", "one"],
    ],
  }),
  define("REPEAT", {
    doc: "repeat",
    summary: "The text a number of times",
    signatures: [sig("value text, times integer", MAX_TEXT, `repeat({1}, ${bigint("{2}")})`)],
    examples: [["REPEAT('xy', 5)", "xyxyxyxyxy"]],
  }),
  define("SPACE", {
    doc: "space",
    summary: "A number of blanks",
    signatures: [sig("count integer", MAX_TEXT, `repeat(' ', ${bigint("{1}")})`)],
    examples: [["CONCAT('a', SPACE(2), 'b')", "a  b"]],
  }),
  trim("trim", "Removes characters, by default blanks, on both sides"),
  trim("ltrim", "Removes characters, by default blanks, on the left"),
  trim("rtrim", "Removes characters, by default blanks, on the right"),
  pad("LPAD", true, "*_*_*_*_*_*_*123.50"),
  pad("RPAD", false, "123.50*_*_*_*_*_*_*"),
  define("TRANSLATE", {
    doc: "translate",
    summary: "Exchanges characters one by one; those without a partner are removed",
    signatures: [sig("subject text, from text, to text", keepLength, translateSql)],
    examples: [
      ["TRANSLATE('❄a❄bX❄dX❄', 'X❄', 'c')", "abcdc"],
      ["TRANSLATE('peña','ñ','n')", "pena"],
    ],
  }),
];

export const STRING_FUNCTIONS: readonly FunctionEntry[] = [
  ...LENGTHS,
  ...CASES,
  ...PIECES,
  ...JOINING,
  ...CHARACTER_FUNCTIONS,
];
