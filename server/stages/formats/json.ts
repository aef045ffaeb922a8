/**
 * Reads JSON files: documents one after the other, or the elements of an outer array.
 * https://docs.snowflake.com/en/sql-reference/sql/create-file-format (TYPE = JSON)
 */

import {
  encodeVariant,
  isObjectValue,
  newObject,
  type VariantValue,
} from "../../../translator/variant/encoding.ts";
import { parseJson } from "../../../translator/variant/parse-json.ts";
import type { FileFormat } from "../file-format.ts";
import { readBytes } from "./bytes.ts";
import { checkedText } from "./checked-text.ts";
import { type DocumentSink, type DocumentsRead, readDocuments } from "./documents.ts";
import { JsonSplitter } from "./json-splitter.ts";
import type { SourceFile } from "./source-file.ts";

/** Reads all documents of a file. */
export async function readJson(
  file: SourceFile,
  format: FileFormat,
  sink: DocumentSink,
): Promise<DocumentsRead> {
  const bytes = readBytes(file.localPath, file.name, format.text("COMPRESSION") ?? "AUTO");
  const splitter = new JsonSplitter(format.flag("STRIP_OUTER_ARRAY"), !format.flag("MULTI_LINE"));
  const parse = jsonParser(format);
  return readDocuments(checkedText(bytes, format), splitter, parse, sink, "JSON");
}

function jsonParser(format: FileFormat): (text: string) => string | null {
  const keepLast = format.flag("ALLOW_DUPLICATE");
  const octal = format.flag("ENABLE_OCTAL");
  const stripNulls = format.flag("STRIP_NULL_VALUES");
  return (text) => {
    const value = parseJson(octal ? readOctals(text) : text, keepLast);
    if (value === undefined) return null;
    return encodeVariant(stripNulls ? withoutNulls(value) : value);
  };
}

/** STRIP_NULL_VALUES: members and elements that are null go. */
function withoutNulls(value: VariantValue): VariantValue {
  if (Array.isArray(value)) {
    return value.filter((item) => item !== null).map(withoutNulls);
  }
  if (!isObjectValue(value)) return value;
  const result = newObject();
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined && member !== null) result[key] = withoutNulls(member);
  }
  return result;
}

/** A text, or a number that begins with a zero: texts are left as they are. */
const TEXTS_AND_OCTALS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w.+-])(-?)0([0-7]+)(?![\w.])/gs;

/** ENABLE_OCTAL: numbers with a zero in front are octal. */
function readOctals(text: string): string {
  return text.replace(TEXTS_AND_OCTALS, (whole, sign?: string, digits?: string) =>
    digits === undefined ? whole : `${sign ?? ""}${BigInt(`0o${digits}`)}`,
  );
}
