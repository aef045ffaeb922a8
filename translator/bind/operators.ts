/** Operators on bound operands: which signature applies, and what the operands are converted to. */

import type { BinaryOperator } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import { withCollation } from "../functions/collation.ts";
import {
  ADD,
  COMPARISONS,
  CONCAT,
  type ComparisonSymbol,
  DIVIDE,
  IS_DISTINCT,
  MODULO,
  MULTIPLY,
  NEGATE,
  type Operator,
  SUBTRACT,
} from "../functions/operators.ts";
import { numberTypeOfText } from "../types/arithmetic.ts";
import { castability } from "../types/coercion.ts";
import { comparisonType } from "../types/common.ts";
import { typeText } from "../types/names.ts";
import {
  BINARY,
  DECFLOAT,
  FLOAT,
  INTEGER,
  numberType,
  type SnowType,
  TEXT,
  timestampType,
} from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { cannotConvert, castTo, hintedTypes } from "./coerce.ts";
import { oneCollation } from "./collations.ts";
import { constant, constantText, isNullConstant } from "./fold.ts";
import { bindIntervalArithmetic } from "./interval-arithmetic.ts";

type ArithmeticSymbol = "+" | "-" | "*" | "/" | "%";

const ARITHMETIC: Readonly<Record<ArithmeticSymbol, Operator>> = {
  "+": ADD,
  "-": SUBTRACT,
  "*": MULTIPLY,
  "/": DIVIDE,
  "%": MODULO,
};

/** What a text that is no constant becomes in arithmetic. */
const TEXT_AS_NUMBER = numberType(18, 5);

/** A call of an operator with operands that have the signature's types already. */
export function operatorCall(
  operator: Operator,
  which: string,
  args: readonly BoundExpression[],
  offset?: number | undefined,
): BoundExpression {
  const signature = must(operator.by[which], `${operator.entry.name} has no ${which}`);
  const types = args.map((argument) => argument.type);
  const type =
    typeof signature.returns === "function" ? signature.returns(types, args) : signature.returns;
  const isNullable =
    signature.nullability === "always" ||
    (signature.nullability === "strict" && args.some((argument) => argument.nullable));
  return {
    kind: "call",
    entry: operator.entry,
    signature,
    arguments: args,
    distinct: false,
    orderBy: [],
    fromLast: false,
    type: withCollation(operator.entry.name, type, types),
    nullable: isNullable,
    offset,
  };
}

export function invalidTypes(
  symbol: string,
  args: readonly BoundExpression[],
  binder: Binder,
  span: Span,
): Error {
  const types = args.map((argument) => typeText(argument.type)).join(", ");
  return binder.error("invalidArgumentTypes", { name: symbol, types }, span);
}

/** The operand as NUMBER, FLOAT or DECFLOAT; undefined when it does not become a number by itself. */
export function numericType(operand: BoundExpression): SnowType | undefined {
  switch (operand.type.kind) {
    case "number":
    case "float":
    case "decfloat":
      return operand.type;
    case "text": {
      const text = constantText(operand);
      return (text === undefined ? undefined : numberTypeOfText(text)) ?? TEXT_AS_NUMBER;
    }
    case "variant":
      return FLOAT;
    case "null":
      return INTEGER;
    default:
      return undefined;
  }
}

/** `a + b` and the like. Throws 001044 when the types do not go together. */
export function bindArithmetic(
  symbol: ArithmeticSymbol,
  left: BoundExpression,
  right: BoundExpression,
  binder: Binder,
  span: Span,
): BoundExpression {
  const interval = bindIntervalArithmetic(symbol, left, right, binder, span);
  if (interval !== undefined) return interval;
  const temporal =
    symbol === "+" || symbol === "-" ? bindTemporal(symbol, left, right, binder, span) : undefined;
  if (temporal !== undefined) return temporal;
  let a = numericType(left);
  let b = numericType(right);
  if (left.type.kind === "null" && b?.kind === "number") a = b;
  if (right.type.kind === "null" && a?.kind === "number") b = a;
  if (a === undefined || b === undefined) {
    throw invalidTypes(symbol, [left, right], binder, span);
  }
  const operator = ARITHMETIC[symbol];
  const kinds = [a.kind, b.kind];
  const convert = (x: SnowType, y: SnowType, which: string) =>
    operatorCall(
      operator,
      which,
      [castTo(left, x, binder, { implicit: true }), castTo(right, y, binder, { implicit: true })],
      span.start,
    );
  if (kinds.includes("decfloat")) return convert(DECFLOAT, DECFLOAT, "decfloat");
  if (kinds.includes("float")) return convert(FLOAT, FLOAT, "float");
  return convert(a, b, "number");
}

const TEMPORAL = new Set<SnowType["kind"]>(["date", "timestamp"]);

/** Date and timestamp arithmetic in days, and differences. */
function bindTemporal(
  symbol: "+" | "-",
  left: BoundExpression,
  right: BoundExpression,
  binder: Binder,
  span: Span,
): BoundExpression | undefined {
  const isLeft = TEMPORAL.has(left.type.kind);
  const isRight = TEMPORAL.has(right.type.kind);
  if (!isLeft && !isRight) return undefined;
  const operator = symbol === "+" ? ADD : SUBTRACT;
  if (isLeft && isRight) {
    if (symbol === "+") throw invalidTypes(symbol, [left, right], binder, span);
    return difference(left, right, binder, span);
  }
  if (!isLeft && symbol === "-") {
    if (left.type.kind !== "text" && left.type.kind !== "null") {
      throw invalidTypes(symbol, [left, right], binder, span);
    }
    return difference(castTo(left, right.type, binder, { implicit: true }), right, binder, span);
  }
  const [moment, days] = isLeft ? [left, right] : [right, left];
  const type = numericType(days);
  if (type === undefined) throw invalidTypes(symbol, [left, right], binder, span);
  const which =
    moment.type.kind === "timestamp"
      ? moment.type.flavor === "tz"
        ? "timestamp_tz"
        : "timestamp"
      : "date";
  const whole = castTo(days, INTEGER, binder, { implicit: true });
  return operatorCall(operator, which, [moment, whole], span.start);
}

function difference(
  left: BoundExpression,
  right: BoundExpression,
  binder: Binder,
  span: Span,
): BoundExpression {
  if (left.type.kind === "date" && right.type.kind === "date") {
    return operatorCall(SUBTRACT, "dates", [left, right], span.start);
  }
  const isWall = [left, right].every(
    ({ type }) => type.kind === "date" || (type.kind === "timestamp" && type.flavor === "ntz"),
  );
  const to = timestampType(isWall ? "ntz" : "ltz");
  const args = [left, right].map((item) => castTo(item, to, binder, { implicit: true }));
  return operatorCall(SUBTRACT, "timestamps", args, span.start);
}

/** Unary minus; a NUMBER constant becomes a negative constant. */
export function bindNegation(
  operand: BoundExpression,
  binder: Binder,
  span: Span,
): BoundExpression {
  if (operand.type.kind === "interval") {
    return operatorCall(NEGATE, "interval", [operand], span.start);
  }
  const type = numericType(operand);
  if (type === undefined) throw invalidTypes("-", [operand], binder, span);
  const value = castTo(operand, type, binder, { implicit: true });
  if (value.kind === "constant" && value.type.kind === "number" && value.value !== null) {
    const text = String(value.value);
    const negated = text.startsWith("-") ? text.slice(1) : Number(text) === 0 ? text : `-${text}`;
    return constant(value.type, negated, span.start);
  }
  if (value.kind === "constant" && typeof value.value === "number") {
    return constant(value.type, -value.value, span.start);
  }
  return operatorCall(NEGATE, type.kind, [value], span.start);
}

/** `a || b`: BINARY with BINARY, everything else as text. */
export function bindConcat(
  left: BoundExpression,
  right: BoundExpression,
  binder: Binder,
  span: Span,
): BoundExpression {
  const binaries = [left, right].filter(({ type }) => type.kind === "binary").length;
  const nulls = [left, right].filter(({ type }) => type.kind === "null").length;
  if (binaries > 0 && binaries + nulls < 2) {
    throw invalidTypes("||", [left, right], binder, span);
  }
  // DuckDB's || with a constant NULL has no type.
  const nullType = binaries > 0 ? BINARY : TEXT;
  if ([left, right].some(isNullConstant)) return constant(nullType, null, span.start);
  if (binaries > 0) return operatorCall(CONCAT, "binary", [left, right], span.start);
  const [a, b] = [asText(left, binder), asText(right, binder)];
  const [x, y] = [constantText(a), constantText(b)];
  if (x !== undefined && y !== undefined && a.type.kind === "text" && b.type.kind === "text") {
    return constant({ ...a.type, length: a.type.length + b.type.length }, x + y, span.start);
  }
  return operatorCall(CONCAT, "text", [a, b], span.start);
}

/** The operand as text (explicit conversion: concatenation takes every type). */
export function asText(operand: BoundExpression, binder: Binder): BoundExpression {
  return operand.type.kind === "text" ? operand : castTo(operand, TEXT, binder, { implicit: true });
}

/** Both sides in the type they are compared in. Throws 001038 when there is none, 002322 for two collations. */
export function comparable(
  items: readonly BoundExpression[],
  binder: Binder,
  spans: readonly Span[],
): readonly BoundExpression[] {
  let type: SnowType | undefined;
  const types = hintedTypes(items);
  items.forEach((item, index) => {
    const own = must(types[index]);
    const next = type === undefined ? own : comparisonType(type, own);
    if (next === undefined) {
      throw cannotConvert(item, type ?? item.type, binder, spans[index]);
    }
    type = next;
  });
  const first = items[0];
  const single = must(first).type;
  // One more time with itself: TIMESTAMP_TZ becomes an instant also when all sides are of that type.
  const target = comparisonType(must(type), must(type)) ?? single;
  const to = target.kind === "null" ? TEXT : target;
  const converted = items.map((item) => {
    if (item.type.kind === "text" && to.kind === "text") return item;
    if (to.kind === "number" && item.type.kind === "number") return item;
    if (castability(item.type, to) === "none") throw cannotConvert(item, to, binder, undefined);
    return castTo(item, to, binder, { implicit: true });
  });
  return oneCollation(converted, binder);
}

function comparisonKind(items: readonly BoundExpression[]): string {
  if (items.some(({ type }) => ["variant", "object", "array", "map"].includes(type.kind))) {
    return "variant";
  }
  if (items.some(({ type }) => type.kind === "decfloat")) return "decfloat";
  const isCollated = items.some(({ type }) => type.kind === "text" && type.collation !== undefined);
  return isCollated ? "collated" : "plain";
}

export function isComparison(operator: BinaryOperator): operator is ComparisonSymbol {
  return operator in COMPARISONS;
}

/** `a = b` and the like on operands of any types. */
export function bindComparison(
  symbol: ComparisonSymbol,
  left: BoundExpression,
  right: BoundExpression,
  binder: Binder,
  spans: readonly Span[],
): BoundExpression {
  const items = comparable([left, right], binder, spans);
  return operatorCall(COMPARISONS[symbol], comparisonKind(items), items, left.offset);
}

/** IS [NOT] DISTINCT FROM. */
export function bindDistinct(
  left: BoundExpression,
  right: BoundExpression,
  isNegated: boolean,
  binder: Binder,
  spans: readonly Span[],
): BoundExpression {
  const items = comparable([left, right], binder, spans);
  return operatorCall(IS_DISTINCT, isNegated ? "same" : "distinct", items);
}
