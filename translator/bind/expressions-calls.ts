/** Function calls: session functions, built-in functions, aggregates and windows, user functions. */

import type { Argument, CallExpression, Expression } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import type { FunctionEntry } from "../functions/define.ts";
import { lookupCall, lookupFunction, lookupQualified } from "../functions/registry.ts";
import { INTEGER } from "../types/types.ts";
import { bindAccumulate } from "./accumulate.ts";
import { type Binder, printIdentifier, type ServerCall } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { bindContextFunction } from "./context-functions.ts";
import { bindDataMetric } from "./data-metrics.ts";
import { bindExpression } from "./expressions.ts";
import { logical } from "./expressions-binary.ts";
import { bindLambda } from "./expressions-lambda.ts";
import { bindSpread } from "./expressions-predicates.ts";
import { textConstant } from "./fold.ts";
import { nameParts } from "./from-names.ts";
import { mappedName } from "./mapped-functions.ts";
import { type CallArgument, LEFT_OUT, resolveCall, type resultOf } from "./overloads.ts";
import { contains, isAggregate } from "./query-walk.ts";
import type { Scope } from "./scope.ts";
import { searchedColumns } from "./search-columns.ts";
import { bindOrderItems, bindWindow } from "./windows.ts";

/** A call of a built-in function on bound arguments. */
export function callByName(
  name: string,
  args: readonly BoundExpression[],
  binder: Binder,
  span: Span,
): BoundExpression {
  const entry = lookupFunction(name);
  if (entry === undefined) throw binder.error("unknownFunction", { name }, undefined);
  return plainCall(
    entry,
    args.map((value) => ({ value })),
    binder,
    span,
  );
}

/** The name that a volatile function's value is drawn under, one of its own for each call. */
function drawnName(entry: FunctionEntry, binder: Binder): string | undefined {
  if (!entry.volatile) return undefined;
  binder.features.isVolatile = true;
  return binder.freshAlias("draw");
}

function plainCall(
  entry: FunctionEntry,
  args: readonly CallArgument[],
  binder: Binder,
  span: Span,
): BoundExpression {
  const resolved = resolveCall(entry, args, binder, { span });
  return {
    kind: "call",
    entry,
    signature: resolved.signature,
    arguments: resolved.arguments,
    drawn: drawnName(entry, binder),
    type: resolved.type,
    nullable: resolved.nullable,
    distinct: false,
    orderBy: [],
    fromLast: false,
    offset: span.start,
  };
}

export function bindCall(node: CallExpression, scope: Scope, binder: Binder): BoundExpression {
  const parts = nameParts(node.name, binder);
  const last = must(parts.at(-1));
  if (parts.length > 1) {
    const pseudo = scope.resolveColumn(parts, node.span);
    if (pseudo?.kind === "nextval") return pseudo;
    const system = lookupQualified(parts.map((part) => part.name));
    if (system !== undefined) return bindEntry(node, system, scope, binder);
    return bindUser(node, scope, binder, parts.map(printIdentifier).join("."), true);
  }
  const context = bindContextFunction(last.name, node, binder);
  if (context !== undefined) return context;
  const entry = lookupCall(mappedName(last.name, binder), node.arguments.length);
  if (entry === undefined) return bindUser(node, scope, binder, last.name, false);
  return bindEntry(node, entry, scope, binder);
}

function bindEntry(
  node: CallExpression,
  entry: FunctionEntry,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  if (entry.refused !== undefined) {
    throw binder.error("unsupportedFeature", { feature: entry.name }, node.span);
  }
  if (entry.metric !== undefined) return bindDataMetric(node, entry, entry.metric, scope, binder);
  if (entry.server === true) return bindServer(node, entry, scope, binder);
  const searched = searchedColumns(entry.name, node, scope, binder);
  if (searched !== undefined) return searchAny(node, entry, searched, scope, binder);
  return bindBuiltIn(node, entry, scope, binder);
}

/** The call on each of the columns, joined by OR. */
function searchAny(
  node: CallExpression,
  entry: FunctionEntry,
  columns: readonly BoundExpression[],
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const others = bindArguments(
    { ...node, arguments: node.arguments.slice(1) },
    entry,
    scope,
    binder,
  );
  const calls = columns.map((value) => plainCall(entry, [{ value }, ...others], binder, node.span));
  return calls.length === 1 ? must(calls[0]) : logical("or", calls);
}

/** A function that the server answers; its arguments are checked against the signatures like any other's. */
function bindServer(
  node: CallExpression,
  entry: FunctionEntry,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  checkPlacement(node, entry, scope, binder);
  const args = bindArguments(node, entry, scope, binder);
  const resolved = resolveCall(entry, args, binder, { span: node.span });
  const call: ServerCall = {
    entry,
    arguments: resolved.arguments.map((value) => (value === LEFT_OUT ? undefined : value)),
    sources: node.arguments.map(({ value }) => binder.source(value.span)),
    type: resolved.type,
    span: node.span,
  };
  return binder.serverFunctions(entry.name, node.span).scalar(call, binder);
}

function bindUser(
  node: CallExpression,
  scope: Scope,
  binder: Binder,
  name: string,
  isQualified: boolean,
): BoundExpression {
  const args = node.arguments.map((argument) => ({
    name: argument.name?.name,
    value: bindExpression(argument.value, scope, binder),
  }));
  const found = binder.userFunction(node.name, args);
  if (found !== undefined) return found;
  throw binder.error(isQualified ? "unknownUserFunction" : "unknownFunction", { name });
}

function bindBuiltIn(
  node: CallExpression,
  entry: FunctionEntry,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  checkPlacement(node, entry, scope, binder);
  const orderBy = bindOrderItems(node.withinGroup, scope, binder);
  const args = [...bindArguments(node, entry, scope, binder)];
  const [ordered] = orderBy;
  if (ORDERED_SET.has(entry.name) && ordered !== undefined) {
    args.push({ value: ordered.expression, span: node.withinGroup[0]?.expression.span });
  }
  if (entry.kind === "aggregate" && node.over === undefined) {
    const inner = args.find(({ value }) => contains(value, isAggregate));
    if (inner !== undefined) {
      const outer = binder.source(node.span);
      const text = inner.span === undefined ? "" : binder.source(inner.span);
      throw binder.error("nestedAggregate", { inner: text, outer }, node.span);
    }
  }
  if (STARRED.has(entry.name) && node.arguments.length === 0) {
    const counts = { call: binder.source(node.span), expected: 1, actual: 0 };
    throw binder.error("notEnoughArguments", counts, node.span);
  }
  const resolved = resolveCall(entry, args, binder, { span: node.span });
  const over = node.over && bindWindow(node.over, entry.name, scope, binder);
  const window = over === undefined ? resolved : windowResult(resolved, over.isWindowType);
  return {
    kind: "call",
    entry,
    signature: resolved.signature,
    arguments: resolved.arguments,
    drawn: drawnName(entry, binder),
    type: window.type,
    nullable: window.nullable,
    distinct: node.distinct,
    orderBy,
    nulls: node.nulls,
    fromLast: node.fromLast,
    over: over?.window,
    offset: node.span.start,
  };
}

/** Aggregates that take a star, which leaves no arguments, but not nothing. */
const STARRED = new Set(["COUNT", "HASH_AGG"]);

/** Aggregates of the value that WITHIN GROUP orders by: it becomes their last argument. */
const ORDERED_SET = new Set(["PERCENTILE_CONT", "PERCENTILE_DISC"]);

type Resolved = ReturnType<typeof resolveCall>;

/** Some aggregates have another result type over a window (AVG): the rule sees a marker argument. */
function windowResult(resolved: Resolved, isWindow: boolean): ReturnType<typeof resultOf> {
  if (!isWindow || typeof resolved.signature.returns !== "function") return resolved;
  const marked = [...resolved.arguments, WINDOW_MARK];
  const types = resolved.arguments.map((argument) => argument.type);
  return { type: resolved.signature.returns(types, marked), nullable: resolved.nullable };
}

/**
 * Put behind the bound arguments that a return rule sees when the call runs over a window
 * (AVG has another scale there): `args.at(-1) === WINDOW_MARK`.
 */
export const WINDOW_MARK: BoundExpression = {
  kind: "lambda_parameter",
  name: "OVER",
  type: INTEGER,
  nullable: false,
};

const NO_AGGREGATES = new Set(["where", "on", "values", "from", "default", "set", "group_by"]);
const NO_WINDOWS = new Set([
  "where",
  "on",
  "values",
  "from",
  "default",
  "set",
  "group_by",
  "having",
]);

function checkPlacement(
  node: CallExpression,
  entry: FunctionEntry,
  scope: Scope,
  binder: Binder,
): void {
  const expression = binder.source(node.span);
  if (node.over !== undefined) {
    if (entry.kind !== "aggregate" && entry.kind !== "window") {
      throw binder.error("unsupportedFeature", { feature: `${entry.name} OVER` }, node.span);
    }
    if (NO_WINDOWS.has(scope.clause)) throw binder.error("windowNotAllowed", { expression });
    return;
  }
  if (entry.kind === "window") throw binder.error("missingOver", { name: entry.name }, node.span);
  if (entry.kind === "table") {
    throw binder.error(
      "unsupportedFeature",
      { feature: `${entry.name} outside of FROM` },
      node.span,
    );
  }
  if (entry.kind === "aggregate" && NO_AGGREGATES.has(scope.clause)) {
    const isGroup = scope.clause === "group_by";
    throw binder.error(isGroup ? "notGroupBy" : "aggregateInWhere", {
      expression: aggregateText(node, scope, binder) ?? expression,
    });
  }
}

/** The aggregate with its column resolved, as the message prints it: `SUM(WH_TEST.A)`. */
function aggregateText(node: CallExpression, scope: Scope, binder: Binder): string | undefined {
  const [argument] = node.arguments;
  if (node.arguments.length !== 1 || argument?.value.kind !== "column") return undefined;
  const bound = bindExpression(argument.value, scope, binder);
  if (bound.kind !== "column") return undefined;
  const name = node.name.kind === "name" ? (node.name.parts.at(-1)?.name ?? "") : "";
  return `${name}(${scope.displayName(bound)})`;
}

/** Positions at which a signature wants a date part. */
function partPositions(entry: FunctionEntry): ReadonlySet<number> {
  const found = new Set<number>();
  for (const signature of entry.signatures) {
    signature.parameters.forEach((parameter, index) => {
      if (parameter.pattern === "part") found.add(index);
    });
  }
  return found;
}

/** True when every signature that reaches the position wants a part there. */
function isAlwaysPart(entry: FunctionEntry, index: number): boolean {
  return entry.signatures.every((signature) => {
    const parameter = signature.parameters[index];
    return parameter === undefined || parameter.pattern === "part";
  });
}

function bindArguments(
  node: CallExpression,
  entry: FunctionEntry,
  scope: Scope,
  binder: Binder,
): readonly CallArgument[] {
  if (entry.name === "ACCUMULATE") return bindAccumulate(node, scope, binder);
  const positions = partPositions(entry);
  const bound: CallArgument[] = [];
  const lambdas: { readonly at: number; readonly argument: Argument }[] = [];
  node.arguments.forEach((argument, index) => {
    const { value } = argument;
    if (value.kind === "star") {
      bound.push(...starArguments(value, entry, scope));
      return;
    }
    if (value.kind === "lambda") {
      lambdas.push({ at: bound.length, argument });
      bound.push({ name: argument.name?.name, value: textConstant(""), span: value.span });
      return;
    }
    if (value.kind === "unary" && value.operator === "spread") {
      const elements = bindSpread(value, scope, binder);
      bound.push(...elements.map((element) => ({ value: element, span: value.span })));
      return;
    }
    const part = positions.has(index) ? partWord(value, entry, index, scope) : undefined;
    bound.push({
      name: argument.name?.name,
      value: part ?? bindExpression(value, scope, binder),
      span: value.span,
    });
  });
  for (const { at, argument } of lambdas) {
    if (argument.value.kind === "lambda") {
      bindLambda(entry.name, bound, at, argument.value, scope, binder);
    }
  }
  return bound;
}

/** A bare word where a date part may stand: the word as text, unless it names a column of an overload. */
function partWord(
  value: Expression,
  entry: FunctionEntry,
  index: number,
  scope: Scope,
): BoundExpression | undefined {
  if (value.kind !== "column" || value.parts.length !== 1) return undefined;
  const word = must(value.parts[0]);
  if (!isAlwaysPart(entry, index) && scope.resolveColumn(value.parts, value.span) !== undefined) {
    return undefined;
  }
  return textConstant(word.name.toLowerCase(), value.span.start);
}

/** COUNT(*) has no arguments; OBJECT_CONSTRUCT(*) has names and values; others have the columns. */
function starArguments(
  star: Extract<Expression, { kind: "star" }>,
  entry: FunctionEntry,
  scope: Scope,
): readonly CallArgument[] {
  const { modifiers, qualifier } = star;
  const isBare =
    qualifier.length === 0 &&
    modifiers.ilike === undefined &&
    modifiers.exclude.length + modifiers.replace.length + modifiers.rename.length === 0;
  if (entry.name === "COUNT" && isBare) return [];
  const columns = scope.expandStar(star);
  const withNames = entry.name.startsWith("OBJECT_CONSTRUCT");
  return columns.flatMap((column) => {
    const value = { value: column.expression, span: star.span };
    return withNames ? [{ value: textConstant(column.name), span: star.span }, value] : [value];
  });
}
