/**
 * XML text: of what PARSE_XML made, and TO_XML of other values.
 * An element is an object: "@" its name, "@attr" its attributes, "$" its content (a scalar, an element or an
 * array of both); further members say at which index of "$" the children of a name stand.
 * https://docs.snowflake.com/en/sql-reference/functions/to_xml
 */

import { floatToJsonText } from "../format/number-text.ts";
import {
  compareText,
  floatOfPayload,
  isObjectValue,
  Tagged,
  type VariantObject,
  type VariantValue,
} from "./encoding.ts";

function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, "&quot;");
}

function scalarText(value: VariantValue): string {
  if (value instanceof Tagged) {
    return value.tag === "F" ? floatToJsonText(floatOfPayload(value.payload)) : value.payload;
  }
  return value === null ? "" : String(value);
}

/** Whether an object has an element's shape. */
export function isElement(value: VariantValue | undefined): value is VariantObject {
  return isObjectValue(value) && typeof value["@"] === "string";
}

function contents(element: VariantObject): readonly VariantValue[] {
  const content = element.$;
  if (content === undefined || content === "") return [];
  return Array.isArray(content) ? content : [content];
}

function startTag(element: VariantObject): string {
  let text = `<${scalarText(element["@"] ?? "")}`;
  for (const key of Object.keys(element).sort(compareText)) {
    if (!key.startsWith("@") || key === "@") continue;
    text += ` ${key.slice(1)}="${escapeAttribute(scalarText(element[key] ?? null))}"`;
  }
  return `${text}>`;
}

/**
 * The XML text of an element.
 * @param pretty each child and each text beside children on a line of its own, two blanks deeper
 */
export function xmlText(value: VariantValue, pretty: boolean): string {
  return elementText(value, pretty ? "\n" : "");
}

function elementText(value: VariantValue, indent: string): string {
  if (!isElement(value)) return escapeText(scalarText(value));
  const items = contents(value);
  const endTag = `</${scalarText(value["@"] ?? "")}>`;
  const broken = indent !== "" && items.some(isElement);
  if (!broken)
    return startTag(value) + items.map((item) => elementText(item, "")).join("") + endTag;
  const inner = `${indent}  `;
  let text = startTag(value);
  for (const item of items) text += inner + elementText(item, inner);
  return text + indent + endTag;
}

/**
 * TO_XML: an element prints as itself, every other value with tags that name the types:
 * `<SnowflakeData type="ARRAY"><e type="VARCHAR">v1</e></SnowflakeData>`.
 * @param typeName TYPEOF of a value
 * @param toText   ::VARCHAR of a scalar
 */
export function toXml(
  value: VariantValue,
  typeName: (value: VariantValue) => string,
  toText: (value: VariantValue) => string,
): string {
  if (isElement(value)) return xmlText(value, false);
  const write = (name: string, item: VariantValue): string => {
    let body: string;
    if (Array.isArray(item)) body = item.map((element) => write("e", element)).join("");
    else if (isObjectValue(item)) {
      body = Object.keys(item)
        .sort(compareText)
        .map((key) => write(key, item[key] ?? null))
        .join("");
    } else body = escapeText(toText(item));
    return `<${name} type="${typeName(item)}">${body}</${name}>`;
  };
  return write("SnowflakeData", value);
}
