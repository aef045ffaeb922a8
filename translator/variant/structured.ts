/**
 * Structured types (ARRAY(T), OBJECT(k T, ...), MAP(K, V)): their values are canonical text like all others; the
 * type lives in the catalog. Casting gives every element the type's form.
 * https://docs.snowflake.com/en/sql-reference/data-types-structured
 */
import { canonicalUuid } from "../format/uuid.ts";
import type { SnowType } from "../types/types.ts";
import {
  castFailure,
  variantToArray,
  variantToBinary,
  variantToBoolean,
  variantToDate,
  variantToDouble,
  variantToNumber,
  variantToObject,
  variantToTime,
  variantToTimestampLtz,
  variantToTimestampNtz,
  variantToTimestampTz,
} from "./cast.ts";
import {
  arrayText,
  binaryText,
  dateText,
  timestampLtzText,
  timestampNtzText,
  timestampTzText,
  timeText,
} from "./construct.ts";
import { floatText, numberText, stringText, UNDEFINED_TEXT } from "./encoding.ts";
import { type Entry, objectEntries, objectOf } from "./objects.ts";
import { variantToText } from "./print.ts";
import { elementTexts, isArrayText } from "./scan.ts";
import type { VariantSession } from "./session.ts";

type Structured<Kind extends SnowType["kind"]> = Extract<SnowType, { kind: Kind }>;

function through<T>(value: T | null, encode: (value: T) => string): string | null {
  return value === null ? null : encode(value);
}

/**
 * A value cast to a type, as canonical text; null for JSON null and undefined.
 * @throws 100071 when it or something inside has no form in the type, lacks a key, has a further one, or is NULL where
 *   the type says NOT NULL
 */
export function castStructured(
  text: string,
  type: SnowType,
  session: VariantSession,
): string | null {
  if (text === "null" || text === UNDEFINED_TEXT) return null;
  switch (type.kind) {
    case "number":
      return through(variantToNumber(text, type.precision, type.scale), numberText);
    case "float":
      return through(variantToDouble(text), floatText);
    case "text":
      return through(variantToText(text, session.formats), (value) => {
        if ([...value].length <= type.length) return stringText(value);
        throw castFailure(text, `VARCHAR(${type.length})`);
      });
    case "uuid":
      return through(variantToText(text, session.formats), (value) =>
        stringText(canonicalUuid(value)),
      );
    case "boolean":
      return through(variantToBoolean(text), String);
    case "binary":
      return through(variantToBinary(text), binaryText);
    case "date":
      return through(variantToDate(text, session), dateText);
    case "time":
      return through(variantToTime(text, session), timeText);
    case "timestamp":
      return castTimestamp(text, type, session);
    case "array":
      return type.element === undefined ? variantToArray(text) : castArray(text, type, session);
    case "object":
      return type.fields === undefined ? variantToObject(text) : castObject(text, type, session);
    case "map":
      return castMap(text, type, session);
    case "variant":
      return text;
    default:
      throw castFailure(text, type.kind.toUpperCase());
  }
}

function castTimestamp(
  text: string,
  type: Structured<"timestamp">,
  session: VariantSession,
): string | null {
  if (type.flavor === "ntz") return through(variantToTimestampNtz(text, session), timestampNtzText);
  if (type.flavor === "ltz") return through(variantToTimestampLtz(text, session), timestampLtzText);
  return through(variantToTimestampTz(text, session), timestampTzText);
}

function castArray(text: string, type: Structured<"array">, session: VariantSession): string {
  const element = type.element;
  if (!isArrayText(text) || element === undefined) throw castFailure(text, "ARRAY");
  const values = (elementTexts(text) ?? []).map((item) =>
    castStructured(item, element.type, session),
  );
  if (!element.nullable && values.includes(null)) throw castFailure(text, "ARRAY");
  return arrayText(values);
}

function castObject(text: string, type: Structured<"object">, session: VariantSession): string {
  const entries = objectEntries(text);
  const fields = type.fields ?? [];
  if (entries === undefined || entries.length !== fields.length) throw castFailure(text, "OBJECT");
  const given = new Map(entries.map((entry) => [entry.key, entry.value]));
  return objectOf(
    fields.map(({ name, type: fieldType, nullable }): Entry => {
      const source = given.get(name);
      if (source === undefined) throw castFailure(text, "OBJECT");
      const value = castStructured(source, fieldType, session);
      if (value === null && !nullable) throw castFailure(text, "OBJECT");
      return { key: name, value: value ?? "null" };
    }),
  );
}

function castMap(text: string, type: Structured<"map">, session: VariantSession): string {
  const entries = objectEntries(text);
  if (entries === undefined) throw castFailure(text, "MAP");
  return objectOf(
    entries.map((entry): Entry => {
      const value = castStructured(entry.value, type.value.type, session);
      if (value === null && !type.value.nullable) throw castFailure(text, "MAP");
      return { key: mapKey(entry.key, type.key), value: value ?? "null" };
    }),
  );
}

/** A MAP's key as text; a number key in its plain form. */
function mapKey(key: string, type: SnowType): string {
  if (type.kind !== "number") return key;
  return variantToNumber(stringText(key), type.precision, type.scale) ?? key;
}

/**
 * The value with the members of structured objects in declared order: no longer canonical, for printing only.
 */
export function inDeclaredOrder(text: string, type: SnowType): string {
  if (type.kind === "array" && type.element !== undefined) {
    const element = type.element.type;
    return `[${(elementTexts(text) ?? []).map((item) => inDeclaredOrder(item, element)).join(",")}]`;
  }
  const entries = type.kind === "object" || type.kind === "map" ? objectEntries(text) : undefined;
  if (entries === undefined) return text;
  const write = ({ key, value }: Entry, valueType: SnowType): string =>
    `${JSON.stringify(key)}:${inDeclaredOrder(value, valueType)}`;
  if (type.kind === "map") {
    return `{${entries.map((entry) => write(entry, type.value.type)).join(",")}}`;
  }
  if (type.kind !== "object" || type.fields === undefined) return text;
  const given = new Map(entries.map((entry) => [entry.key, entry]));
  const members = type.fields.flatMap((field) => {
    const entry = given.get(field.name);
    return entry === undefined ? [] : [write(entry, field.type)];
  });
  return `{${members.join(",")}}`;
}

const types = new Map<string, SnowType>();
const MAX_TYPES = 500;

/** The type in a host function's argument: JSON text of a SnowType. */
export function typeArgument(text: string): SnowType {
  const known = types.get(text);
  if (known !== undefined) return known;
  if (types.size >= MAX_TYPES) types.clear();
  const type = JSON.parse(text) as SnowType;
  types.set(text, type);
  return type;
}
