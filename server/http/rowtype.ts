/** Result columns as the protocol's rowtype (wire.md 2.2). */

import { intervalFamily } from "../../translator/types/intervals.ts";
import { type SnowType, UUID_LENGTH } from "../../translator/types/types.ts";
import { displayedType } from "../results/geo-display.ts";
import { intervalSizes } from "../results/interval-wire.ts";
import type { ResultColumn } from "../results/stream.ts";

/** Bytes of a text column: four a character, at most this many. */
const TEXT_BYTES_MAX = 134_217_728;

type Sizes = {
  readonly precision: number | null;
  readonly scale: number | null;
  readonly length: number | null;
  readonly byteLength: number | null;
};

const NO_SIZES: Sizes = { precision: null, scale: null, length: null, byteLength: null };

export function rowtype(columns: readonly ResultColumn[]): Record<string, unknown>[] {
  return columns.map(({ name, type, nullable }) => ({
    name,
    database: "",
    schema: "",
    table: "",
    nullable,
    type: wireType(displayedType(type)),
    ...sizes(displayedType(type)),
    collation: type.kind === "text" ? (type.collation ?? null) : null,
    ...extras(type),
  }));
}

/** The protocol's word for a type. */
export function wireType(type: SnowType): string {
  switch (type.kind) {
    case "number":
      return "fixed";
    case "float":
      return "real";
    case "timestamp":
      return `timestamp_${type.flavor}`;
    case "uuid":
    case "null":
      return "text";
    case "file":
      // What drivers print the same: Node and JDBC know no type "file".
      return "object";
    case "interval":
      return `interval_${intervalFamily(type)}`;
    default:
      return type.kind;
  }
}

function sizes(type: SnowType): Sizes {
  switch (type.kind) {
    case "number":
      return { ...NO_SIZES, precision: type.precision, scale: type.scale };
    case "text":
      return {
        ...NO_SIZES,
        length: type.length,
        byteLength: Math.min(type.length * 4, TEXT_BYTES_MAX),
      };
    case "uuid":
      return { ...NO_SIZES, length: UUID_LENGTH, byteLength: UUID_LENGTH };
    case "binary":
      return { ...NO_SIZES, length: type.length, byteLength: type.length };
    case "time":
    case "timestamp":
      return { ...NO_SIZES, precision: 0, scale: type.scale };
    case "interval":
      return { ...NO_SIZES, ...intervalSizes(type) };
    case "decfloat":
      return { ...NO_SIZES, precision: 38 };
    case "null":
      return { ...NO_SIZES, length: 0, byteLength: 0 };
    default:
      return NO_SIZES;
  }
}

/** One type inside another, as a column without a place of its own. */
function part(name: string | null, type: SnowType, nullable: boolean): Record<string, unknown> {
  return { name, type: wireType(type), nullable, ...sizes(type), ...extras(type) };
}

/** What a structured type is made of: the fields of an object, the element of an array, key and value of a map. */
function parts(type: SnowType): readonly Record<string, unknown>[] {
  switch (type.kind) {
    case "object":
      return (type.fields ?? []).map((field) => part(field.name, field.type, field.nullable));
    case "array":
      return type.element === undefined
        ? []
        : [part(null, type.element.type, type.element.nullable)];
    case "map":
      return [part(null, type.key, false), part(null, type.value.type, type.value.nullable)];
    default:
      return [];
  }
}

/** Keys that must be left out, not null, where a type has none (JDBC prints null). */
function extras(type: SnowType): Record<string, unknown> {
  if (type.kind === "vector") {
    const element = type.element === "int" ? "fixed" : "real";
    return {
      vectorDimension: type.dimension,
      fields: [{ name: null, type: element, nullable: false, ...NO_SIZES }],
    };
  }
  if (type.kind === "geography" || type.kind === "geometry") {
    return { extTypeName: type.kind.toUpperCase() };
  }
  const fields = parts(type);
  return fields.length === 0 ? {} : { fields };
}
