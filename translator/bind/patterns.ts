/** What each parameter pattern of a signature takes, what it converts an argument to, and at what cost. */

import { must } from "../base/assert.ts";
import type { ParameterPattern } from "../functions/define.ts";
import { numberTypeOfText } from "../types/arithmetic.ts";
import { type Castability, castability } from "../types/coercion.ts";
import { timestampFlavor } from "../types/names.ts";
import {
  ARRAY,
  BINARY,
  BOOLEAN,
  DATE,
  DECFLOAT,
  FLOAT,
  GEOGRAPHY,
  GEOMETRY,
  INTEGER,
  numberType,
  OBJECT,
  type SnowType,
  TEXT,
  TIME,
  type TypeKind,
  timestampType,
  UUID,
  VARIANT,
} from "../types/types.ts";
import type { BoundExpression } from "./bound.ts";
import { constantText } from "./fold.ts";

/** What an argument becomes; `type` undefined: it stays as it is. */
export type Conversion = { readonly cost: number; readonly type?: SnowType | undefined };

const KEEP: Conversion = { cost: 0 };
/** A bare NULL fits everything, after an exact match. */
const NULL_COST = 1;

/** Costs of implicit conversions by target kind: the lower, the nearer. */
const COST: Readonly<Record<TypeKind, number>> = {
  variant: 4,
  object: 5,
  array: 5,
  map: 5,
  float: 6,
  number: 7,
  decfloat: 8,
  timestamp: 7,
  date: 8,
  time: 9,
  boolean: 10,
  text: 11,
  binary: 12,
  vector: 12,
  geography: 12,
  geometry: 13,
  interval: 14,
  uuid: 14,
  period: 14,
  file: 14,
  null: 15,
};

/** Pairs nearer than the general cost. */
const NEAR: Readonly<Record<string, number>> = {
  "number>float": 2,
  "number>decfloat": 3,
  "float>decfloat": 2,
  "date>timestamp": 2,
  "timestamp>date": 4,
  "timestamp>time": 5,
  "variant>text": 5,
  // Behind FLOAT beside a number: NUMBER(38,0) would drop the fraction.
  "variant>number": 9,
  "array>variant": 2,
  "object>variant": 2,
  "map>variant": 2,
  "boolean>text": 4,
};

function to(argument: BoundExpression, type: SnowType): Conversion | undefined {
  const from = argument.type;
  if (from.kind === "null") return { cost: NULL_COST, type };
  if (castability(from, type) !== "implicit") return undefined;
  return { cost: NEAR[`${from.kind}>${type.kind}`] ?? COST[type.kind], type };
}

/** Kept when the argument is of one of the kinds, else converted to the first possible type. */
function kept(kinds: readonly TypeKind[], ...others: readonly SnowType[]) {
  return (argument: BoundExpression): Conversion | undefined => {
    if (kinds.includes(argument.type.kind)) return KEEP;
    for (const type of others) {
      const found = to(argument, type);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

type Session = { readonly textParameter: (name: string) => string };
type Matcher = (argument: BoundExpression, session: Session) => Conversion | undefined;

/** What text becomes where a NUMBER is wanted: its own digits when constant, else (18,5). */
function numberOf(argument: BoundExpression): SnowType {
  if (argument.type.kind === "null") return INTEGER;
  if (argument.type.kind !== "text") return INTEGER;
  const text = constantText(argument);
  return (text === undefined ? undefined : numberTypeOfText(text)) ?? numberType(18, 5);
}

const matchInteger: Matcher = (argument) => {
  const { type } = argument;
  if (type.kind === "number") return type.scale === 0 ? KEEP : { cost: 1, type: INTEGER };
  return to(argument, INTEGER);
};

const mapped: Matcher = (argument, session) => {
  if (argument.type.kind === "timestamp") return KEEP;
  const flavor = timestampFlavor(session.textParameter("TIMESTAMP_TYPE_MAPPING"));
  return to(argument, timestampType(flavor));
};

const matchDatetime: Matcher = (argument, session) => {
  if (argument.type.kind === "date" || argument.type.kind === "time") return KEEP;
  return mapped(argument, session);
};

function flavored(flavor: "ntz" | "ltz" | "tz"): Matcher {
  return (argument) => {
    const { type } = argument;
    if (type.kind === "timestamp") {
      return type.flavor === flavor ? KEEP : { cost: 2, type: timestampType(flavor, type.scale) };
    }
    return to(argument, timestampType(flavor));
  };
}

/** What goes into a VARIANT, by itself only or also where a cast would have to be written. */
function variantOf(accepted: readonly Castability[]): Matcher {
  return (argument) => {
    if (argument.type.kind === "variant") return KEEP;
    if (argument.type.kind === "null") return { cost: NULL_COST, type: VARIANT };
    if (!accepted.includes(castability(argument.type, VARIANT))) return undefined;
    return { cost: COST.variant, type: VARIANT };
  };
}

const matchText: Matcher = kept(["text"], TEXT);
const matchSemi: Matcher = kept(["variant", "object", "array", "map"], VARIANT);

const matchNtz = flavored("ntz");

const MATCHERS: Readonly<Record<ParameterPattern, Matcher>> = {
  number: (argument) => (argument.type.kind === "number" ? KEEP : to(argument, numberOf(argument))),
  integer: matchInteger,
  float: kept(["float"], FLOAT),
  numeric: (argument) => {
    if (argument.type.kind === "null") return { cost: NULL_COST, type: INTEGER };
    return kept(["number", "float", "decfloat"], FLOAT)(argument);
  },
  decfloat: kept(["decfloat"], DECFLOAT),
  text: matchText,
  binary: kept(["binary"], BINARY),
  string_or_binary: kept(["text", "binary"], TEXT),
  boolean: kept(["boolean"], BOOLEAN),
  date: kept(["date"], DATE),
  time: kept(["time"], TIME),
  timestamp: mapped,
  ntz: matchNtz,
  ltz: flavored("ltz"),
  tz: flavored("tz"),
  only_ntz: (argument, session) => {
    const { type } = argument;
    return type.kind === "timestamp" && type.flavor !== "ntz"
      ? undefined
      : matchNtz(argument, session);
  },
  datetime: matchDatetime,
  variant: variantOf(["implicit"]),
  element: variantOf(["implicit", "explicit"]),
  object: kept(["object", "map"], OBJECT),
  array: kept(["array"], ARRAY),
  typed_array: ({ type }) =>
    type.kind === "array" && type.element !== undefined ? KEEP : undefined,
  map: kept(["map"]),
  semi: matchSemi,
  vector: kept(["vector"]),
  geography: kept(["geography"], GEOGRAPHY),
  geometry: kept(["geometry"], GEOMETRY),
  interval: kept(["interval"]),
  uuid: kept(["uuid"], UUID),
  period: kept(["period"]),
  file: kept(["file"]),
  any: () => KEEP,
  same: () => KEEP,
  part: (argument) => (constantText(argument) === undefined ? undefined : KEEP),
  lambda: (argument) => (argument.kind === "lambda" ? KEEP : undefined),
};

/** How an argument fits a pattern; undefined when it does not. */
export function matchPattern(
  pattern: ParameterPattern,
  argument: BoundExpression,
  session: Session,
): Conversion | undefined {
  if (argument.kind === "lambda" && pattern !== "lambda") return undefined;
  if (argument.type.kind === "geography" && pattern === "geography") return KEEP;
  if ((pattern === "geography" || pattern === "geometry") && argument.type.kind === "text") {
    return { cost: COST.geography, type: pattern === "geography" ? GEOGRAPHY : GEOMETRY };
  }
  return must(MATCHERS[pattern], `pattern ${pattern}`)(argument, session);
}
