/**
 * What a FILE says of itself: FL_GET_… and FL_IS_…. They take a FILE, or an OBJECT with the same members.
 * https://docs.snowflake.com/en/sql-reference/data-types-unstructured
 */

import type { HostFunction, HostValue } from "../base/host.ts";
import { BOOLEAN, numberType, type SnowType, TEXT, timestampType } from "../types/types.ts";
import { decodeVariant, isObjectValue } from "../variant/encoding.ts";
import { type FunctionEntry, family, type Lowering, type Signature, sig } from "./define.ts";

const define = family("file");

const SIZE_PRECISION = 38;
const MICROS_PER_MILLI = 1_000n;
const BY_BOTH = ["file", "variant"] as const;

/** The text of a member; null when there is none. */
function member(file: HostValue, name: string): string | null {
  const value = decodeVariant(String(file));
  const found = isObjectValue(value) ? value[name] : undefined;
  if (found === undefined || found === null || typeof found === "object") return null;
  return String(found);
}

/** Content types that are documents although they do not begin with text/. */
const DOCUMENTS = /pdf|json|xml|msword|officedocument|ms-excel|ms-powerpoint|rtf|opendocument/;
const COMPRESSED = /gzip|zip|bzip2|zstd|brotli|x-tar|7z|compress|deflate/;

/** document, video, audio, image, compressed or unknown. */
function fileType(contentType: string): string {
  const [, main = ""] = /^(image|audio|video)\//.exec(contentType) ?? [];
  if (main !== "") return main;
  // Office documents are called openxmlformats: they are no archives here, though they are ZIP files.
  if (contentType.startsWith("text/") || DOCUMENTS.test(contentType)) return "document";
  return COMPRESSED.test(contentType) ? "compressed" : "unknown";
}

const HOST: readonly HostFunction[] = [
  {
    name: "_fl_get",
    parameters: ["VARCHAR", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (file, name) => member(file ?? null, String(name)),
  },
  {
    name: "_fl_type",
    parameters: ["VARCHAR"],
    returns: "VARCHAR",
    evaluate: (file) => {
      const type = member(file ?? null, "CONTENT_TYPE");
      return type === null ? null : fileType(type.toLowerCase());
    },
  },
  {
    name: "_fl_modified",
    parameters: ["VARCHAR"],
    returns: "TIMESTAMPTZ",
    evaluate: (file) => {
      const time = Date.parse(member(file ?? null, "LAST_MODIFIED") ?? "");
      return Number.isNaN(time) ? null : BigInt(time) * MICROS_PER_MILLI;
    },
  },
];

function signatures(returns: SnowType, lower: Lowering): Signature[] {
  return BY_BOTH.map((pattern) =>
    sig(`file ${pattern}`, returns, lower, { nullability: "always" }),
  );
}

function accessor(name: string, summary: string, returns: SnowType, lower: Lowering) {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: signatures(returns, lower),
    host: HOST,
  });
}

function textMember(key: string, summary: string): FunctionEntry {
  return accessor(`FL_GET_${key}`, summary, TEXT, `_fl_get({1}, '${key}')`);
}

function isType(word: string): FunctionEntry {
  const lower = `_fl_type({1}) = '${word.toLowerCase()}'`;
  return accessor(
    `FL_IS_${word}`,
    `Whether a FILE is of the type ${word.toLowerCase()}`,
    BOOLEAN,
    lower,
  );
}

export const FILE_VALUE_FUNCTIONS: readonly FunctionEntry[] = [
  textMember("CONTENT_TYPE", "The MIME type of a FILE"),
  textMember("ETAG", "The hash of a FILE's contents"),
  textMember("RELATIVE_PATH", "The path of a FILE on its stage"),
  textMember("SCOPED_FILE_URL", "The scoped URL of a FILE"),
  textMember("STAGE", "The stage of a FILE"),
  textMember("STAGE_FILE_URL", "The file URL of a FILE"),
  accessor(
    "FL_GET_SIZE",
    "The bytes of a FILE",
    numberType(SIZE_PRECISION, 0),
    `CAST(_fl_get({1}, 'SIZE') AS DECIMAL(${SIZE_PRECISION},0))`,
  ),
  accessor(
    "FL_GET_LAST_MODIFIED",
    "When a FILE was last changed",
    timestampType("ltz"),
    "_fl_modified({1})",
  ),
  accessor("FL_GET_FILE_TYPE", "What a FILE is: image, document …", TEXT, "_fl_type({1})"),
  ...["AUDIO", "COMPRESSED", "DOCUMENT", "IMAGE", "VIDEO"].map(isType),
];
