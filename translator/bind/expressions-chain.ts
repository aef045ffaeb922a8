/**
 * Chains of binary operators (`a + b - c …`, `a || b …`), from left to right and without recursing along them. A tree
 * as deep as a chain is long costs the engine time in the third power of its length, so that long runs of one
 * operator become flat: a concatenation is balanced, a sum or product is folded over the list of its operands.
 */

import type { BinaryExpression, BinaryOperator, Expression } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import { MAX_NESTING_DEPTH } from "../base/limits.ts";
import { ADD, MULTIPLY } from "../functions/operators.ts";
import { INTEGER, type SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo, sameType } from "./coerce.ts";
import {
  bindArithmetic,
  bindConcat,
  bindNegation,
  numericType,
  operatorCall,
} from "./operators.ts";

/** Shorter runs stay as they are written: the engine evaluates them faster than a fold. */
const SHORTEST_FOLD = 64;

/** Operands of one fold; longer runs become folds inside folds. */
const FOLD_SIZE = 250;

type Run = "sum" | "product" | "text";

/** A binary node that is not AND or OR, which have chains of their own. */
export type ChainNode = BinaryExpression & {
  readonly operator: Exclude<BinaryOperator, "and" | "or">;
};

/** One operator of a chain with its right side; undefined for a side that is no value of its own (INTERVAL). */
export type Step = { readonly node: ChainNode; readonly right: BoundExpression | undefined };

function isChainNode(node: Expression): node is ChainNode {
  return node.kind === "binary" && node.operator !== "and" && node.operator !== "or";
}

/** The binary nodes along the left side of a chain, the innermost (first written) first. */
export function leftSpine(node: Expression): readonly ChainNode[] {
  const nodes: ChainNode[] = [];
  for (let current = node; isChainNode(current); current = current.left) nodes.push(current);
  return nodes.reverse();
}

/**
 * The value of a chain.
 * @param first what stands left of the first step
 * @param bindStep one step, as it is bound in a chain of its own
 * @throws 001042 for more steps than levels are allowed that cannot be made flat
 */
export function bindChain(
  first: BoundExpression,
  steps: readonly Step[],
  bindStep: (left: BoundExpression, step: Step) => BoundExpression,
  binder: Binder,
): BoundExpression {
  let value = first;
  let depth = 0;
  let single = 0;
  for (let i = 0; i < steps.length; ) {
    const run = i < single ? [] : flatRun(value, steps, i, binder);
    if (run.length >= SHORTEST_FOLD) {
      value = flatten(value, run, steps, i, binder);
      i += run.length;
    } else {
      // Those were looked at already: the chain is not searched again for each of them.
      single = Math.max(single, i + run.length);
      if (++depth > MAX_NESTING_DEPTH) throw binder.error("compilationMemory", {});
      value = bindStep(value, must(steps[i]));
      i++;
    }
  }
  return value;
}

function runOf({ node, right }: Step): Run | undefined {
  if (right === undefined) return undefined;
  switch (node.operator) {
    case "+":
    case "-":
      return "sum";
    case "*":
      return "product";
    case "||":
      return "text";
    default:
      return undefined;
  }
}

/** The right sides from a step on that can be taken together, as the flat form needs them. */
function flatRun(
  left: BoundExpression,
  steps: readonly Step[],
  from: number,
  binder: Binder,
): readonly BoundExpression[] {
  const kind = runOf(must(steps[from]));
  if (kind === undefined || (kind !== "text" && !isStable(left.type, kind))) return [];
  const run: BoundExpression[] = [];
  for (let i = from; i < steps.length; i++) {
    const step = must(steps[i]);
    if (runOf(step) !== kind) break;
    const right = must(step.right);
    const operand = kind === "text" ? right : foldable(step, right, left.type, binder);
    if (operand === undefined) break;
    run.push(operand);
  }
  return run;
}

/** A moment is moved by a number of days: those are what a run after it sums up. */
function isMoment(type: SnowType): boolean {
  return type.kind === "date" || type.kind === "timestamp";
}

/** Whether adding to (or multiplying) a value of the type gives the type again, however often. */
function isStable(type: SnowType, kind: "sum" | "product"): boolean {
  if (isMoment(type)) return kind === "sum";
  if (type.kind !== "number" && type.kind !== "float") return false;
  return sameType(foldBody(kind, type).type, type);
}

/** The operand as a value of the accumulator's type, negated for a minus; undefined when it does not fit into it. */
function foldable(
  { node }: Step,
  right: BoundExpression,
  type: SnowType,
  binder: Binder,
): BoundExpression | undefined {
  const own = numericType(right);
  if (own === undefined || own.kind === "decfloat") return undefined;
  let value = right;
  if (type.kind === "number" && right.type.kind !== "null") {
    if (own.kind !== "number" || own.scale > type.scale) return undefined;
    value = castTo(right, own, binder, { implicit: true });
  }
  const fitting = castTo(value, isMoment(type) ? INTEGER : type, binder, { implicit: true });
  return node.operator === "-" ? bindNegation(fitting, binder, node.span) : fitting;
}

/** The same for every fold, so that equal chains are equal expressions: GROUP BY asks for that. */
const PARAMETERS = ["fold_left", "fold_right"] as const;

function foldBody(kind: "sum" | "product", type: SnowType): BoundExpression {
  const parameters = PARAMETERS.map(
    (name): BoundExpression => ({ kind: "lambda_parameter", name, type, nullable: true }),
  );
  return operatorCall(kind === "sum" ? ADD : MULTIPLY, type.kind, parameters);
}

function flatten(
  left: BoundExpression,
  run: readonly BoundExpression[],
  steps: readonly Step[],
  from: number,
  binder: Binder,
): BoundExpression {
  const step = must(steps[from]);
  const kind = must(runOf(step));
  if (kind === "text") return balanced([left, ...run], step, binder);
  const offset = step.node.span.start;
  if (!isMoment(left.type)) return { ...fold(kind, left, run), offset };
  const [first, ...others] = run;
  const days = fold("sum", must(first), others);
  return bindArithmetic("+", left, days, binder, step.node.span);
}

function fold(
  kind: "sum" | "product",
  first: BoundExpression,
  others: readonly BoundExpression[],
): BoundExpression {
  const { type } = first;
  const body = foldBody(kind, type);
  let value = first;
  for (let i = 0; i < others.length; i += FOLD_SIZE) {
    const operands = [value, ...others.slice(i, i + FOLD_SIZE)];
    const nullable = operands.some((operand) => operand.nullable);
    value = { kind: "fold", operands, parameters: PARAMETERS, body, type, nullable };
  }
  return value;
}

/** `a || b || c || d` as `(a || b) || (c || d)`: the same text, or NULL when any is. */
function balanced(
  operands: readonly BoundExpression[],
  step: Step,
  binder: Binder,
): BoundExpression {
  const [only] = operands;
  if (only !== undefined && operands.length === 1) return only;
  const middle = operands.length >> 1;
  const left = balanced(operands.slice(0, middle), step, binder);
  const right = balanced(operands.slice(middle), step, binder);
  return bindConcat(left, right, binder, step.node.span);
}
