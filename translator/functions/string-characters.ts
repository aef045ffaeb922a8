/**
 * Characters by code, and collation.
 * https://docs.snowflake.com/en/sql-reference/functions-string
 */

import { collationNamed } from "../types/collation.ts";
import { TEXT, textType, VARCHAR_DEFAULT_LENGTH } from "../types/types.ts";
import { type FunctionEntry, family, sig } from "./define.ts";
import { argument, bigint, COUNT_TYPE, constantText } from "./rules.ts";

const define = family("string and binary");

const COLLATING: readonly FunctionEntry[] = [
  define("COLLATE", {
    doc: "collate",
    summary: "The text with a collation specification",
    signatures: [
      sig(
        "value text, specification const text",
        (types, args) => {
          const [type] = types;
          const length = type?.kind === "text" ? type.length : VARCHAR_DEFAULT_LENGTH;
          return { kind: "text", length, collation: collationNamed(constantText(args[1]) ?? "") };
        },
        "{1}",
      ),
    ],
    examples: [["COLLATE('ñ', 'es-ci')", "ñ"]],
  }),
  define("COLLATION", {
    doc: "collation",
    summary: "The collation specification of a text, NULL without one",
    signatures: [
      sig(
        "value text",
        TEXT,
        (call) => {
          const { type } = argument(call, 0);
          const collation = type.kind === "text" ? type.collation : undefined;
          return collation === undefined ? "CAST(NULL AS VARCHAR)" : call.context.quote(collation);
        },
        { nullability: "always" },
      ),
    ],
    examples: [
      ["COLLATION('ñ')", null],
      ["COLLATION(COLLATE('ñ', 'es-ci'))", "es-ci"],
    ],
  }),
];

const CHARACTERS: readonly FunctionEntry[] = [
  define("ASCII", {
    doc: "ascii",
    summary: "Code of the first character, 0 for an empty text",
    signatures: [sig("value text", COUNT_TYPE, "ascii({1})")],
    examples: [
      ["ASCII('bcd')", "98"],
      ["ASCII('')", "0"],
    ],
  }),
  define("UNICODE", {
    doc: "unicode",
    summary: "Code point of the first character, 0 for an empty text",
    signatures: [sig("value text", COUNT_TYPE, "ascii({1})")],
    examples: [
      ["UNICODE('❄')", "10052"],
      ["UNICODE('')", "0"],
    ],
  }),
  define("CHR", {
    doc: "chr",
    aliases: ["CHAR"],
    summary: "The character of a code point",
    signatures: [sig("code integer", textType(1), `_str_chr(${bigint("{1}")})`)],
    examples: [
      ["CHR(83)", "S"],
      ["CHR(10052)", "❄"],
    ],
  }),
];

export const CHARACTER_FUNCTIONS: readonly FunctionEntry[] = [...COLLATING, ...CHARACTERS];
