/**
 * Type names: what a type written in SQL means, and how Snowflake prints a type.
 * https://docs.snowflake.com/en/sql-reference/intro-summary-data-types
 */

import type { Identifier, TypeName } from "../ast/expressions.ts";
import { type ErrorPosition, snowflakeError } from "../base/errors.ts";
import { collationNamed } from "./collation.ts";
import { intervalOfQualifier, intervalQualifier } from "./intervals.ts";
import { isPeriodElement, periodOf } from "./periods.ts";
import {
  ARRAY,
  BINARY_DEFAULT_LENGTH,
  BINARY_MAX_LENGTH,
  BOOLEAN,
  binaryType,
  DATE,
  DECFLOAT,
  FILE,
  FLOAT,
  GEOGRAPHY,
  GEOMETRY,
  INTEGER,
  NUMBER_MAX_PRECISION,
  NUMBER_MAX_SCALE,
  numberType,
  OBJECT,
  type SnowType,
  TIME_DEFAULT_SCALE,
  type TimestampFlavor,
  textType,
  timestampType,
  timeType,
  UUID,
  VARCHAR_DEFAULT_LENGTH,
  VARCHAR_MAX_LENGTH,
  VARIANT,
} from "./types.ts";

export type TypeNameOptions = {
  /** The session's TIMESTAMP_TYPE_MAPPING: what plain TIMESTAMP means. */
  readonly timestampMapping: string;
  readonly position?: ErrorPosition | undefined;
  /** The text that the name's spans point into: fields of OBJECT keep their case as it is written there. */
  readonly text?: string | undefined;
};

type Family = (name: TypeName, options: TypeNameOptions) => SnowType;

function unsupported(name: TypeName, options: TypeNameOptions): never {
  const parameters = name.parameters.length === 0 ? "" : `(${name.parameters.join(",")})`;
  throw snowflakeError("unsupportedDataType", { type: name.name + parameters }, options.position);
}

const number: Family = (name, options) => {
  const precision = name.parameters[0] ?? NUMBER_MAX_PRECISION;
  const scale = name.parameters[1] ?? 0;
  const valid = precision >= 1 && precision <= NUMBER_MAX_PRECISION;
  if (!valid || scale > Math.min(precision, NUMBER_MAX_SCALE) || name.parameters.length > 2) {
    return unsupported(name, options);
  }
  return numberType(precision, scale);
};

function text(defaultLength: number): Family {
  return (name, options) => {
    const length = name.parameters[0] ?? defaultLength;
    if (length < 1 || length > VARCHAR_MAX_LENGTH) return unsupported(name, options);
    const type = textType(length);
    const collation = collationNamed(name.collation ?? "");
    return collation === undefined || type.kind !== "text" ? type : { ...type, collation };
  };
}

const binary: Family = (name, options) => {
  const length = name.parameters[0] ?? BINARY_DEFAULT_LENGTH;
  if (length < 1 || length > BINARY_MAX_LENGTH) return unsupported(name, options);
  return binaryType(length);
};

function fractionDigits(name: TypeName, options: TypeNameOptions): number {
  const scale = name.parameters[0] ?? TIME_DEFAULT_SCALE;
  return scale > TIME_DEFAULT_SCALE ? unsupported(name, options) : scale;
}

function timestamp(flavor: TimestampFlavor): Family {
  return (name, options) => timestampType(flavor, fractionDigits(name, options));
}

const mappedTimestamp: Family = (name, options) =>
  timestampType(timestampFlavor(options.timestampMapping), fractionDigits(name, options));

const time: Family = (name, options) => timeType(fractionDigits(name, options));

/**
 * The type of a part of a structured type.
 * @throws 002040 for an INTERVAL or PERIOD, which no structured value holds
 */
function inner(name: TypeName, options: TypeNameOptions): SnowType {
  const type = resolveTypeName(name, options);
  const isBare = type.kind === "interval" || type.kind === "period";
  return isBare ? unsupported(name, options) : type;
}

const array: Family = (name, options) => {
  const [element] = name.elements;
  if (element === undefined) return ARRAY;
  return {
    kind: "array",
    element: { type: inner(element.type, options), nullable: element.nullable },
  };
};

/** Keys are case-sensitive: an unquoted field name keeps the case that it is written in. */
function fieldName(name: Identifier, options: TypeNameOptions): string {
  if (name.quoted || options.text === undefined) return name.name;
  return options.text.slice(name.span.start, name.span.end);
}

const object: Family = (name, options) => {
  if (name.fields.length === 0) return OBJECT;
  return {
    kind: "object",
    fields: name.fields.map((field) => ({
      name: fieldName(field.name, options),
      type: inner(field.type, options),
      nullable: field.nullable,
    })),
  };
};

const map: Family = (name, options) => {
  const [key, value] = name.elements;
  if (key === undefined || value === undefined) return unsupported(name, options);
  return {
    kind: "map",
    key: inner(key.type, options),
    value: { type: inner(value.type, options), nullable: value.nullable },
  };
};

const vector: Family = (name, options) => {
  const element = name.elements[0]?.type.name.toUpperCase();
  const dimension = name.parameters[0];
  if (dimension === undefined || dimension < 1 || dimension > 4096) {
    return unsupported(name, options);
  }
  if (element === "INT" || element === "INTEGER") {
    return { kind: "vector", element: "int", dimension };
  }
  if (element !== undefined && /^(FLOAT|DOUBLE|REAL)/.test(element)) {
    return { kind: "vector", element: "float", dimension };
  }
  return unsupported(name, options);
};

function fixed(type: SnowType): Family {
  return (name, options) => (name.parameters.length > 0 ? unsupported(name, options) : type);
}

function all(names: string, family: Family): (readonly [string, Family])[] {
  return names.split(",").map((name) => [name.trim(), family] as const);
}

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ...all("NUMBER,DECIMAL,DEC,NUMERIC", number),
  ...all("INT,INTEGER,BIGINT,SMALLINT,TINYINT,BYTEINT", fixed(INTEGER)),
  ...all("FLOAT,FLOAT4,FLOAT8,DOUBLE,DOUBLE PRECISION,REAL", () => FLOAT),
  ...all("DECFLOAT", () => DECFLOAT),
  ...all(
    "VARCHAR,STRING,TEXT,VARCHAR2,NVARCHAR,NVARCHAR2,CHAR VARYING,NCHAR VARYING,CHARACTER VARYING",
    text(VARCHAR_DEFAULT_LENGTH),
  ),
  ...all("CHAR,CHARACTER,NCHAR", text(1)),
  ...all("BINARY,VARBINARY,BINARY VARYING", binary),
  ...all("BOOLEAN,BOOL", fixed(BOOLEAN)),
  ...all("DATE", fixed(DATE)),
  ...all("TIME", time),
  ...all("TIMESTAMP", mappedTimestamp),
  ...all("DATETIME,TIMESTAMP_NTZ,TIMESTAMPNTZ,TIMESTAMP WITHOUT TIME ZONE", timestamp("ntz")),
  ...all("TIMESTAMP_LTZ,TIMESTAMPLTZ,TIMESTAMP WITH LOCAL TIME ZONE", timestamp("ltz")),
  ...all("TIMESTAMP_TZ,TIMESTAMPTZ,TIMESTAMP WITH TIME ZONE", timestamp("tz")),
  ...all("UUID", fixed(UUID)),
  ...all("VARIANT", fixed(VARIANT)),
  ...all("OBJECT", object),
  ...all("ARRAY", array),
  ...all("MAP", map),
  ...all("VECTOR", vector),
  ...all("PERIOD", (name, options) => period(name, options)),
  ...all("FILE", fixed(FILE)),
  ...all("GEOGRAPHY", fixed(GEOGRAPHY)),
  ...all("GEOMETRY", fixed(GEOMETRY)),
]);

const period: Family = (name, options) => {
  const [only] = name.elements;
  const element = only === undefined ? undefined : resolveTypeName(only.type, options);
  if (element === undefined || !isPeriodElement(element) || name.elements.length > 1) {
    return unsupported(name, options);
  }
  return periodOf(element);
};

const INTERVAL_NAME = /^INTERVAL /;

const interval: Family = (name, options) =>
  intervalOfQualifier(name.name.replace(INTERVAL_NAME, "")) ?? unsupported(name, options);

/** The flavor of plain TIMESTAMP by the parameter's value (`TIMESTAMP_NTZ`, also without underscore). */
export function timestampFlavor(mapping: string): TimestampFlavor {
  const name = mapping.toUpperCase();
  if (name.endsWith("NTZ")) return "ntz";
  return name.endsWith("LTZ") ? "ltz" : "tz";
}

/**
 * The type that a type name in SQL means, with Snowflake's defaults for missing parameters.
 * @throws 002040 for a name that is no type, or parameters out of range
 */
export function resolveTypeName(name: TypeName, options: TypeNameOptions): SnowType {
  if (INTERVAL_NAME.test(name.name)) return interval(name, options);
  const family = FAMILIES.get(name.name.toUpperCase().replace(/\s+/g, " "));
  return family === undefined ? unsupported(name, options) : family(name, options);
}

function withNull(type: SnowType, nullable: boolean): string {
  return nullable ? typeText(type) : `${typeText(type)} NOT NULL`;
}

/** The type as DESCRIBE prints it: `NUMBER(38,0)`, `VARCHAR(16777216)`, `TIMESTAMP_NTZ(9)`. */
export function typeText(type: SnowType): string {
  switch (type.kind) {
    case "number":
      return `NUMBER(${type.precision},${type.scale})`;
    case "text":
      return `VARCHAR(${type.length})`;
    case "binary":
      return `BINARY(${type.length})`;
    case "time":
      return `TIME(${type.scale})`;
    case "timestamp":
      return `TIMESTAMP_${type.flavor.toUpperCase()}(${type.scale})`;
    case "array":
      return type.element === undefined
        ? "ARRAY"
        : `ARRAY(${withNull(type.element.type, type.element.nullable)})`;
    case "object":
      return type.fields === undefined
        ? "OBJECT"
        : `OBJECT(${type.fields.map((field) => `${field.name} ${withNull(field.type, field.nullable)}`).join(", ")})`;
    case "map":
      return `MAP(${typeText(type.key)}, ${withNull(type.value.type, type.value.nullable)})`;
    case "vector":
      return `VECTOR(${type.element.toUpperCase()}, ${type.dimension})`;
    case "period":
      return `PERIOD(${typeText(type.element)})`;
    case "interval":
      return `INTERVAL ${intervalQualifier(type)}`;
    case "float":
    case "decfloat":
    case "boolean":
    case "date":
    case "uuid":
    case "variant":
    case "geography":
    case "geometry":
    case "file":
    case "null":
      return type.kind.toUpperCase();
  }
}
