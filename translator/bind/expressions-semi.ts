/** Paths into semi-structured values, array and object literals. */

import type { ArrayLiteral, ObjectLiteral, PathExpression, PathStep } from "../ast/expressions.ts";
import { PATH } from "../functions/operators.ts";
import { INTEGER, type SnowType, TEXT } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { callByName } from "./expressions-calls.ts";
import { bindSpread } from "./expressions-predicates.ts";
import { constantNumber, constantText, textConstant } from "./fold.ts";
import { operatorCall } from "./operators.ts";
import type { Scope } from "./scope.ts";

const SEMI = new Set<SnowType["kind"]>(["variant", "object", "array", "map", "null"]);

/** A step of DuckDB's JSON path, when it is constant. */
type Step = { readonly text: string } | { readonly dynamic: BoundExpression };

function keyStep(name: string): Step {
  // DuckDB's path syntax has no escape for a double quote inside a key.
  return name.includes('"') ? { dynamic: textConstant(name) } : { text: `."${name}"` };
}

function bindStep(
  step: PathStep,
  container: SnowType | undefined,
  scope: Scope,
  binder: Binder,
): Step {
  if (step.kind === "key") return keyStep(step.name);
  const written = bindExpression(step.expression, scope, binder);
  // The keys of a MAP are text inside, also those of type NUMBER.
  const isKey = container?.kind === "map" && written.type.kind === "number";
  const index = isKey ? castTo(written, TEXT, binder) : written;
  const key = constantText(index);
  if (key !== undefined) return keyStep(key);
  const position = constantNumber(index);
  // DuckDB counts negative positions from the end, Snowflake has no element there.
  if (position !== undefined && Number.isInteger(position) && position >= 0) {
    return { text: `[${position}]` };
  }
  return { dynamic: index };
}

function dynamicStep(
  value: BoundExpression,
  step: BoundExpression,
  binder: Binder,
): BoundExpression {
  if (step.type.kind === "variant") return operatorCall(PATH, "variant", [value, step]);
  if (step.type.kind === "text") return operatorCall(PATH, "key", [value, step]);
  const index = castTo(step, INTEGER, binder, { implicit: true });
  return operatorCall(PATH, "index", [value, index]);
}

/** The declared type of what a step reaches in a structured value; undefined in a semi-structured one. */
function declaredType(type: SnowType, step: PathStep): SnowType | undefined {
  if (type.kind === "array") return type.element?.type;
  if (type.kind === "map") return type.value.type;
  if (type.kind !== "object" || type.fields === undefined) return undefined;
  const name =
    step.kind === "key"
      ? step.name
      : step.expression.kind === "string_literal"
        ? step.expression.value
        : undefined;
  return type.fields.find((field) => field.name === name)?.type;
}

/** `v:a.b[0]`, `v['k']`, `v[i]`: VARIANT, or the declared type inside a structured value. */
export function bindPath(node: PathExpression, scope: Scope, binder: Binder): BoundExpression {
  let value = bindExpression(node.base, scope, binder);
  if (!SEMI.has(value.type.kind)) {
    const types = node.steps[0]?.kind === "index" ? "GET" : "GET_PATH";
    throw binder.error(
      "invalidArgumentTypes",
      { name: types, types: `${typeName(value.type)}, VARCHAR` },
      node.span,
    );
  }
  let declared: SnowType | undefined = value.type;
  let pending = "";
  const flush = () => {
    if (pending === "") return;
    value = operatorCall(PATH, "constant", [value, textConstant(`$${pending}`)], node.span.start);
    pending = "";
  };
  for (const written of node.steps) {
    const step = bindStep(written, declared, scope, binder);
    declared = declared && declaredType(declared, written);
    if ("text" in step) {
      pending += step.text;
      continue;
    }
    flush();
    value = dynamicStep(value, step.dynamic, binder);
  }
  flush();
  return declared === undefined ? value : castTo(value, declared, binder);
}

function typeName(type: SnowType): string {
  return type.kind === "text" ? `VARCHAR(${type.length})` : type.kind.toUpperCase();
}

export function bindArrayLiteral(
  node: ArrayLiteral,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const items = node.items.flatMap((item) => bindSpread(item, scope, binder));
  return callByName("ARRAY_CONSTRUCT", items, binder, node.span);
}

export function bindObjectLiteral(
  node: ObjectLiteral,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const pairs = node.entries.flatMap(({ key, value }) => [
    castTo(bindExpression(key, scope, binder), TEXT, binder, { implicit: true }),
    bindExpression(value, scope, binder),
  ]);
  for (const column of node.stars.flatMap((star) => scope.expandStar(star))) {
    pairs.push(textConstant(column.name), column.expression);
  }
  return callByName("OBJECT_CONSTRUCT", pairs, binder, node.span);
}
