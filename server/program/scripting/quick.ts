/**
 * Expressions that need no engine: literals, variables, whole-number arithmetic, comparisons, logic. A counting loop then costs
 * microseconds per turn instead of queries. What is not exactly the same here is left to the engine.
 */

import type { BinaryExpression, Expression } from "../../../translator/ast/expressions.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import { numberTypeOfText } from "../../../translator/types/arithmetic.ts";
import {
  BOOLEAN,
  NULL_TYPE,
  NUMBER_MAX_PRECISION,
  numberType,
  type SnowType,
  TEXT,
  textType,
} from "../../../translator/types/types.ts";

type Binds = (key: number | string) => TypedValue | undefined;

/** The value, or undefined when the engine has to say. */
export function quickValue(expression: Expression, binds: Binds): TypedValue | undefined {
  switch (expression.kind) {
    case "null_literal":
      return { type: NULL_TYPE, value: null };
    case "boolean_literal":
      return { type: BOOLEAN, value: expression.value };
    case "string_literal": {
      const { value } = expression;
      return { type: textType(Math.max(1, [...value].length)), value };
    }
    case "number_literal": {
      const type = /^\d+$/.test(expression.text) ? numberTypeOfText(expression.text) : undefined;
      return type && { type, value: String(BigInt(expression.text)) };
    }
    case "bind":
      return binds(expression.name?.name ?? expression.index ?? 0);
    case "parenthesized":
      return quickValue(expression.inner, binds);
    case "unary":
      return expression.operator === "not" ? negated(expression.operand, binds) : undefined;
    case "binary":
      return quickBinary(expression, binds);
    default:
      return undefined;
  }
}

function negated(operand: Expression, binds: Binds): TypedValue | undefined {
  const value = quickValue(operand, binds);
  if (value?.type.kind !== "boolean") return undefined;
  return { type: BOOLEAN, value: value.value === null ? null : value.value !== true };
}

function quickBinary(expression: BinaryExpression, binds: Binds): TypedValue | undefined {
  const left = quickValue(expression.left, binds);
  const right = left && quickValue(expression.right, binds);
  if (left === undefined || right === undefined) return undefined;
  const { operator } = expression;
  if (left.type.kind === "boolean" && right.type.kind === "boolean") {
    if (operator === "and" || operator === "or") return logic(operator, left, right);
    return undefined;
  }
  if (!isWhole(left) || !isWhole(right)) return undefined;
  if (left.value === null || right.value === null) return undefined;
  const [a, b] = [BigInt(String(left.value)), BigInt(String(right.value))];
  if (operator === "+" || operator === "-") {
    const value = String(operator === "+" ? a + b : a - b);
    const digits = Math.max(precisionOf(left.type), precisionOf(right.type)) + 1;
    if (value.replace("-", "").length > NUMBER_MAX_PRECISION) return undefined;
    return { type: numberType(Math.min(digits, NUMBER_MAX_PRECISION), 0), value };
  }
  const truth = compared(operator, a, b);
  return truth === undefined ? undefined : { type: BOOLEAN, value: truth };
}

function isWhole({ type }: TypedValue): boolean {
  return type.kind === "number" && type.scale === 0;
}

function precisionOf(type: SnowType): number {
  return type.kind === "number" ? type.precision : NUMBER_MAX_PRECISION;
}

function compared(
  operator: BinaryExpression["operator"],
  a: bigint,
  b: bigint,
): boolean | undefined {
  switch (operator) {
    case "=":
      return a === b;
    case "<>":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return undefined;
  }
}

function logic(operator: "and" | "or", left: TypedValue, right: TypedValue): TypedValue {
  const values = [left.value, right.value];
  const deciding = operator === "or";
  if (values.includes(deciding)) return { type: BOOLEAN, value: deciding };
  return { type: BOOLEAN, value: values.includes(null) ? null : !deciding };
}

/** The value in another type where nothing has to be computed; undefined when the engine has to convert. */
export function quickConversion({ type, value }: TypedValue, to: SnowType): TypedValue | undefined {
  if (value === null) return { type: to, value };
  if (type.kind === "number" && to.kind === "number") {
    const isSame = type.scale === to.scale;
    const digits = String(value).replace(/[-.]/g, "").length;
    return isSame && digits <= to.precision ? { type: to, value } : undefined;
  }
  if (type.kind === "text" && to.kind === "text") {
    const fits = [...String(value)].length <= to.length && to.collation === undefined;
    return fits ? { type: to, value } : undefined;
  }
  if (type.kind === "number" && type.scale === 0 && to.kind === "text") {
    return to.length >= TEXT_DIGITS ? { type: to, value } : undefined;
  }
  const isSame = JSON.stringify(type) === JSON.stringify(to);
  return isSame ? { type: to, value } : undefined;
}

/** More than a NUMBER prints. */
const TEXT_DIGITS = NUMBER_MAX_PRECISION + 2;

/** The type of a variable without one, from its first value: texts of any length, whole numbers of any size. */
export function inferredType({ type, value }: TypedValue): SnowType | undefined {
  if (type.kind === "null" && value === null) return undefined;
  if (type.kind === "text") return TEXT;
  if (type.kind === "number") return numberType(NUMBER_MAX_PRECISION, type.scale);
  return type;
}
