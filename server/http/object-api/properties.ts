/** JSON properties as `NAME = value` options of a statement. */

import type { Property, PropertyValue } from "../../../translator/statements/properties.ts";
import type { Fields } from "./fields.ts";
import { NO_SPAN, objectName, storedParts } from "./names.ts";

/** What a property is in JSON and in SQL. A name is an identifier, perhaps with dots. */
export type PropertyKind = "text" | "number" | "boolean" | "name";

/** By the JSON property; the option's name is that in upper case unless another is given. */
export type PropertyTable = Readonly<
  Record<string, PropertyKind | readonly [PropertyKind, string]>
>;

/** Those of the properties that are given. */
export function optionsOf(fields: Fields, table: PropertyTable): Property[] {
  return Object.entries(table).flatMap(([name, rule]) => {
    const [kind, option] = typeof rule === "string" ? [rule, name.toUpperCase()] : rule;
    const value = propertyValue(fields, name, kind);
    return value === undefined ? [] : [property(option, value)];
  });
}

export function property(name: string, value: PropertyValue): Property {
  return { name, quotedName: false, value, span: NO_SPAN };
}

export function textValue(value: string): PropertyValue {
  return { kind: "text", value, dollarQuoted: false };
}

function propertyValue(
  fields: Fields,
  name: string,
  kind: PropertyKind,
): PropertyValue | undefined {
  switch (kind) {
    case "text": {
      const value = fields.text(name);
      return value === undefined ? undefined : textValue(value);
    }
    case "number": {
      const value = fields.integer(name);
      return value === undefined ? undefined : { kind: "number", text: String(value) };
    }
    case "boolean": {
      const value = fields.boolean(name);
      return value === undefined ? undefined : { kind: "boolean", value };
    }
    case "name": {
      const value = fields.text(name);
      return value === undefined || value === ""
        ? undefined
        : { kind: "name", name: objectName(...storedParts(value)) };
    }
  }
}
