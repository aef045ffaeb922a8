/** Bound expressions to DuckDB SQL. The SQL of an expression has exactly the DuckDB type of its Snowflake type. */

import { must } from "../base/assert.ts";
import type {
  BoundExpression,
  BoundFrameBound,
  BoundOrderItem,
  BoundQuery,
  BoundWindow,
} from "../bind/bound.ts";
import { LEFT_OUT } from "../bind/overloads.ts";
import { isDrawn } from "../bind/query-walk.ts";
import type {
  LoweredArgument,
  Lowering,
  LoweringCall,
  LoweringContext,
} from "../functions/define.ts";
import { keySql } from "../functions/operators.ts";
import { duckType } from "../types/physical.ts";
import type { SnowType } from "../types/types.ts";
import { castSql } from "./casts.ts";
import { constantSql } from "./constants.ts";
import { Draws, isOutsideOnly } from "./draws.ts";
import { parenthesize } from "./layout.ts";
import { lowerQuery } from "./query.ts";
import { quoteName, quoteText } from "./sql.ts";
import type { LoweringState } from "./state.ts";

type Kind = BoundExpression["kind"];
type Node<K extends Kind> = Extract<BoundExpression, { kind: K }>;
type Handler<K extends Kind> = (node: Node<K>, state: LoweringState) => string;

/**
 * The DuckDB SQL of a bound expression: safe to embed wherever an expression may stand.
 * @param state the session's parameters, whose values become part of the SQL
 */
export function lowerExpression(expression: BoundExpression, state: LoweringState): string {
  const { draws } = state;
  if (draws === undefined) return lowerWhole(expression, state);
  if (draws !== null && isOutsideOnly(expression)) {
    return draws.keepOutside(() => lowerNode(expression, { ...state, draws: undefined }));
  }
  if (draws === null || expression.drawn === undefined) return lowerNode(expression, state);
  return draws.draw(expression.drawn, () => lowerNode(expression, state));
}

/** An expression that stands in no other one: what is drawn for a row is drawn once in it. */
function lowerWhole(expression: BoundExpression, state: LoweringState): string {
  if (isOutsideOnly(expression)) return lowerNode(expression, state);
  if (!isDrawn(expression)) return lowerNode(expression, { ...state, draws: null });
  const draws = new Draws();
  return draws.resolve(lowerExpression(expression, { ...state, draws }));
}

function lowerNode(expression: BoundExpression, state: LoweringState): string {
  const handler = HANDLERS[expression.kind] as Handler<Kind>;
  return handler(expression, state);
}

/** The services that function entries get while they lower a call. */
export function loweringContext(state: LoweringState): LoweringContext {
  return {
    parameter: state.parameter,
    session: (name) => state.session?.(name) ?? null,
    quote: quoteText,
    currentTimestamp: () => "⟦current_timestamp⟧",
    queryId: () => "⟦query_id⟧",
    cast: ({ sql, type }, to) => castSql({ sql, from: type, to, isTry: false }, state),
    orderBy: (items) => lowerOrderItems(items, state),
  };
}

/** ORDER BY items inside functions and windows, without the words ORDER BY. */
export function lowerOrderItems(items: readonly BoundOrderItem[], state: LoweringState): string {
  return items
    .map(({ expression, descending, nullsFirst }) => {
      const key = keySql(lowerExpression(expression, state), expression.type);
      return `${key}${descending ? " DESC" : ""} NULLS ${nullsFirst ? "FIRST" : "LAST"}`;
    })
    .join(", ");
}

function subquery(query: BoundQuery, state: LoweringState): string {
  return parenthesize(lowerQuery(query, state));
}

const FRAME_WORDS = {
  unbounded_preceding: "UNBOUNDED PRECEDING",
  unbounded_following: "UNBOUNDED FOLLOWING",
  current_row: "CURRENT ROW",
} as const;

/** `key` is the type that a RANGE counts in; undefined counts rows. */
function frameBound(
  bound: BoundFrameBound,
  key: SnowType | undefined,
  state: LoweringState,
): string {
  if (!("offset" in bound)) return FRAME_WORDS[bound.kind];
  const offset = lowerExpression(bound.offset, state);
  if (bound.inTime === true) return `CAST(${offset} AS INTERVAL) ${bound.kind.toUpperCase()}`;
  const whole = key?.kind === "date" ? `CAST(${offset} AS INTEGER)` : offset;
  const count = key === undefined ? `CAST(${offset} AS BIGINT)` : whole;
  return `${count} ${bound.kind.toUpperCase()}`;
}

function lowerWindow(window: BoundWindow, state: LoweringState): string {
  const parts: string[] = [];
  if (window.partitionBy.length > 0) {
    const keys = window.partitionBy.map((item) => keySql(lowerExpression(item, state), item.type));
    parts.push(`PARTITION BY ${keys.join(", ")}`);
  }
  if (window.orderBy.length > 0) parts.push(`ORDER BY ${lowerOrderItems(window.orderBy, state)}`);
  if (window.frame !== undefined) {
    const { unit, start, end } = window.frame;
    const key = unit === "range" ? window.orderBy[0]?.expression.type : undefined;
    const from = frameBound(start, key, state);
    parts.push(`${unit.toUpperCase()} BETWEEN ${from} AND ${frameBound(end, key, state)}`);
  }
  return ` OVER (${parts.join(" ")})`;
}

function loweredArgument(bound: BoundExpression, state: LoweringState): LoweredArgument {
  return { sql: lowerExpression(bound, state), type: bound.type, nullable: bound.nullable, bound };
}

const PLACEHOLDER = /\{(\w+)\}/g;

function fillTemplate(template: string, call: LoweringCall): string {
  const filled = template.replace(PLACEHOLDER, (_whole, name: string) => {
    if (name === "over") return call.over;
    if (name === "distinct") return call.distinct ? "DISTINCT " : "";
    const argument = /^\d+$/.test(name) ? call.arguments[Number(name) - 1] : call.named(name);
    return must(argument, `template names the missing argument ${name}`).sql;
  });
  return template.includes("{over}") ? filled : filled + call.over;
}

function runLowering(lower: Lowering, call: LoweringCall): string {
  return typeof lower === "string" ? fillTemplate(lower, call) : lower(call);
}

const lowerCall: Handler<"call"> = (node, state) => {
  const { parameters } = node.signature;
  const args = node.arguments.map((bound) =>
    bound === LEFT_OUT ? undefined : loweredArgument(bound, state),
  );
  const sql = runLowering(node.signature.lower, {
    // A left out argument is a hole that reads as undefined, as the contract says.
    arguments: args as readonly LoweredArgument[],
    named: (name) => args[parameters.findIndex((parameter) => parameter.name === name)],
    returns: node.type,
    distinct: node.distinct,
    orderBy: node.orderBy,
    nulls: node.nulls,
    fromLast: node.fromLast,
    over: node.over === undefined ? "" : lowerWindow(node.over, state),
    isWindow: node.over !== undefined,
    context: loweringContext(state),
  });
  const isExact = node.type.kind === "number" || node.type.kind === "interval";
  return isExact ? `CAST(${sql} AS ${duckType(node.type)})` : sql;
};

const lowerCase: Handler<"case"> = (node, state) => {
  const branches = node.branches.map(
    ({ when, then }) => `WHEN ${lowerExpression(when, state)} THEN ${lowerExpression(then, state)}`,
  );
  const otherwise =
    node.otherwise === undefined ? "" : ` ELSE ${lowerExpression(node.otherwise, state)}`;
  return `CASE ${branches.join(" ")}${otherwise} END`;
};

const lowerInQuery: Handler<"in_query"> = (node, state) => {
  const operands = node.operands.map((item) => lowerExpression(item, state));
  const left = operands.length === 1 ? must(operands[0]) : `(${operands.join(", ")})`;
  return `(${left} ${node.negated ? "NOT IN" : "IN"} ${subquery(node.query, state)})`;
};

function joined(word: "AND" | "OR") {
  return (node: { readonly operands: readonly BoundExpression[] }, state: LoweringState): string =>
    `(${node.operands.map((item) => lowerExpression(item, state)).join(` ${word} `)})`;
}

const lowerLambda: Handler<"lambda"> = (node, state) => {
  const names = node.parameters.map(quoteName).join(", ");
  // What the body draws, it draws for every element.
  const body = lowerExpression(node.body, { ...state, draws: undefined });
  return `lambda ${names}: ${body}`;
};

const HANDLERS: { readonly [K in Kind]: Handler<K> } = {
  constant: (node) => constantSql(node.type, node.value),
  column: (node) => (node.relation === "" ? node.physical : `${node.relation}.${node.physical}`),
  call: lowerCall,
  cast: (node, state) =>
    castSql(
      {
        sql: lowerExpression(node.operand, state),
        from: node.operand.type,
        to: node.type,
        isTry: node.try,
      },
      state,
    ),
  and: joined("AND"),
  or: joined("OR"),
  not: (node, state) => `(NOT ${lowerExpression(node.operand, state)})`,
  is_null: (node, state) =>
    `(${lowerExpression(node.operand, state)} IS ${node.negated ? "NOT " : ""}NULL)`,
  case: lowerCase,
  in_list: (node, state) => {
    const items = node.items.map((item) => lowerExpression(item, state)).join(", ");
    const operand = lowerExpression(node.operand, state);
    return `(${operand} ${node.negated ? "NOT IN" : "IN"} (${items}))`;
  },
  in_query: lowerInQuery,
  quantified: (node, state) => {
    const operand = lowerExpression(node.operand, state);
    const quantifier = node.quantifier.toUpperCase();
    return `(${operand} ${node.operator} ${quantifier} ${subquery(node.query, state)})`;
  },
  scalar_query: (node, state) => subquery(node.query, state),
  exists: (node, state) => `(EXISTS ${subquery(node.query, state)})`,
  lambda: lowerLambda,
  lambda_parameter: (node) => quoteName(node.name),
  fold: (node, state) => {
    const operands = node.operands.map((item) => lowerExpression(item, state)).join(", ");
    const names = node.parameters.map(quoteName).join(", ");
    return `list_reduce([${operands}], lambda ${names}: ${lowerExpression(node.body, state)})`;
  },
  nextval: (node) => `CAST(nextval(${quoteText(node.physical)}) AS ${duckType(node.type)})`,
  placeholder: (node) => `⟦${node.name}⟧`,
  hidden: (node) => `${node.relation}.${node.physical}`,
};
