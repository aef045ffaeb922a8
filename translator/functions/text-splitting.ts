/**
 * Functions that put values into templates and cut texts into chunks.
 * https://docs.snowflake.com/en/sql-reference/functions-string
 */

import type { HostFunction, HostValue } from "../base/host.ts";
import { ARRAY, type SnowType } from "../types/types.ts";
import { decodeVariant, encodeVariant, isObjectValue, newObject } from "../variant/encoding.ts";
import { type FunctionEntry, family, type LoweringCall, type SystemSchema, sig } from "./define.ts";
import { argument, bigint, MAX_TEXT, sqlOr, wholeOr } from "./rules.ts";
import { formatTemplate, type TemplateKind } from "./string-template.ts";
import { markdownSections, PLAIN_SEPARATORS, separatorsOf, splitText } from "./text-chunks.ts";

const define = family("string and binary");
const defineSplitting = family("text splitting");

function kindOf(type: SnowType): TemplateKind {
  switch (type.kind) {
    case "number":
      return type.scale === 0 ? "i" : "n";
    case "float":
    case "decfloat":
      return "f";
    case "boolean":
      return "b";
    default:
      return "s";
  }
}

function templateSql(call: LoweringCall): string {
  const [template, ...values] = call.arguments;
  const kinds = values.map(({ type }) => kindOf(type)).join("");
  const texts = values.map((value) => call.context.cast(value, MAX_TEXT));
  return `_str_template(${[template?.sql, call.context.quote(kinds), ...texts].join(", ")})`;
}

const TEMPLATE_HOST: HostFunction = {
  name: "_str_template",
  parameters: ["VARCHAR", "VARCHAR"],
  variadic: "VARCHAR",
  returns: "VARCHAR",
  evaluate: (template, kinds, ...values) =>
    formatTemplate(
      String(template),
      values.map((value, index) => ({
        kind: String(kinds).charAt(index) as TemplateKind,
        text: String(value),
      })),
    ),
};

const PLAIN_ARRAY = encodeVariant([...PLAIN_SEPARATORS]);

function textsOf(array: HostValue | undefined): string[] {
  const value = decodeVariant(String(array));
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function splitRecursively(...values: readonly HostValue[]): string {
  const [text, format, size, overlap, separators] = values;
  const chunks = splitText(String(text), {
    size: Number(size),
    overlap: Number(overlap),
    separators: separatorsOf(String(format), textsOf(separators)),
  });
  return encodeVariant(chunks);
}

/** Names by header marks. */
function headerNames(object: HostValue | undefined): ReadonlyMap<string, string> {
  const value = decodeVariant(String(object));
  const pairs = isObjectValue(value) ? Object.entries(value) : [];
  return new Map(pairs.map(([marks, name]) => [marks, String(name)]));
}

function splitByHeaders(...values: readonly HostValue[]): string {
  const [text, headers, size, overlap] = values;
  const options = { size: Number(size), overlap: Number(overlap), separators: PLAIN_SEPARATORS };
  const chunks = markdownSections(String(text), headerNames(headers)).flatMap((section) => {
    const under = newObject();
    for (const [name, title] of section.headers) under[name] = title;
    return splitText(section.text, options).map((chunk) => {
      const item = newObject();
      item["chunk"] = chunk;
      item["headers"] = under;
      return item;
    });
  });
  return encodeVariant(chunks);
}

const SPLIT_HOST: readonly HostFunction[] = [
  {
    name: "_str_chunks",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: splitRecursively,
  },
  {
    name: "_str_sections",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT"],
    returns: "VARCHAR",
    evaluate: splitByHeaders,
  },
];

/** Both are called by their names alone too. */
function splitting(schema: SystemSchema | undefined): readonly FunctionEntry[] {
  return [
    defineSplitting("SPLIT_TEXT_RECURSIVE_CHARACTER", {
      schema,
      doc: "split_text_recursive_character-snowflake-cortex",
      summary: "A text in chunks of a size at most, cut at paragraphs, lines or words",
      signatures: [
        sig(
          "text text, format text, chunk_size integer, overlap? integer, separators? array",
          ARRAY,
          (call) => {
            const [text, format, size] = [0, 1, 2].map((index) => argument(call, index).sql);
            const separators = sqlOr(call, "separators", call.context.quote(PLAIN_ARRAY));
            const overlap = wholeOr(call, "overlap", 0);
            return `_str_chunks(${text}, ${format}, ${bigint(String(size))}, ${overlap}, ${separators})`;
          },
        ),
      ],
      host: SPLIT_HOST,
    }),
    defineSplitting("SPLIT_TEXT_MARKDOWN_HEADER", {
      schema,
      doc: "split_text_markdown_header-snowflake-cortex",
      summary: "A Markdown text in chunks, each with the headers above it",
      signatures: [
        sig("text text, headers object, chunk_size integer, overlap? integer", ARRAY, (call) => {
          const [text, headers, size] = [0, 1, 2].map((index) => argument(call, index).sql);
          const overlap = wholeOr(call, "overlap", 0);
          return `_str_sections(${text}, ${headers}, ${bigint(String(size))}, ${overlap})`;
        }),
      ],
      host: SPLIT_HOST,
    }),
  ];
}

export const TEXT_SPLITTING_FUNCTIONS: readonly FunctionEntry[] = [
  define("FORMAT_STRING_TEMPLATE", {
    doc: "format_string_template",
    summary:
      "A template with its placeholders filled in, each by its format and the type of the value",
    signatures: [sig("template text, values... any", MAX_TEXT, templateSql)],
    host: [TEMPLATE_HOST],
    examples: [["FORMAT_STRING_TEMPLATE('Hello, {}!', 'world')", "Hello, world!"]],
  }),
  ...splitting(undefined),
  ...splitting("CORTEX"),
];
