/** Values of `NAME = value` options as the handlers read them. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property, PropertyValue } from "../../translator/statements/properties.ts";
import type { Execution } from "./execution.ts";
import { nameParts } from "./names.ts";

/** The value's text: numbers and words as written, lists joined by commas. */
export function propertyText(value: PropertyValue, execution: Execution): string {
  switch (value.kind) {
    case "text":
      return value.value;
    case "number":
      return value.text;
    case "boolean":
      return String(value.value);
    case "null":
      return "";
    case "name":
      return nameParts(value.name, execution).join(".");
    case "stage":
      return value.path;
    case "expression":
      throw snowflakeError("unsupportedFeature", { feature: "an expression as an option's value" });
    case "list":
    case "sequence":
      return value.items.map((item) => propertyText(item, execution)).join(",");
    case "words":
      return value.texts.join(",");
    case "map":
      return value.properties
        .map((property) => `${property.name}=${propertyText(property.value, execution)}`)
        .join(" ");
  }
}

/** All options by upper-case name. */
export function propertyRecord(
  properties: readonly Property[],
  execution: Execution,
): Record<string, string> {
  const record: Record<string, string> = {};
  for (const { name, value } of properties) record[name] = propertyText(value, execution);
  return record;
}

/** An option that is a whole number; error 001008 when it is not one or out of its range. */
export function wholeNumber(
  options: Readonly<Record<string, string>>,
  name: string,
  fallback: number,
  range: { readonly minimum: number; readonly maximum: number },
): number {
  const text = options[name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < range.minimum || value > range.maximum) {
    throw snowflakeError("invalidParameterValue", { value: text, name });
  }
  return value;
}
