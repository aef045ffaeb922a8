/**
 * TABLE(f(…) OVER (PARTITION BY … ORDER BY …)) of a user's function, and a call of one that keeps a state over the rows of a
 * table: the items before it are grouped by partition, a partition's rows go through one call, and what the call gives is joined with
 * the rows that it gave it for. Rows of the partition's end have the columns of PARTITION BY only.
 * https://docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-tabular-functions
 */

import type { WindowSpecification } from "../ast/expressions.ts";
import type { TableAlias } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import { aggregate } from "../functions/aggregate-sql.ts";
import type { FunctionEntry, LoweringCall, Signature } from "../functions/define.ts";
import { INTEGER, type SnowType, TEXT } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundOrderItem } from "./bound.ts";
import { columnsOf, selectOf } from "./bound-select.ts";
import type { UserTableFunction } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { callByName } from "./expressions-calls.ts";
import { textConstant } from "./fold.ts";
import { flattenedRows } from "./from-user-rows.ts";
import { queryOver } from "./query.ts";
import { outputReference } from "./query-order.ts";
import { expressionKey } from "./query-walk.ts";
import type { Scope } from "./scope.ts";
import { concatNames, type NamedColumn } from "./scope-names.ts";
import type { SelectSource } from "./select.ts";
import { nullsFirst } from "./windows.ts";

/** A call with its arguments, partitions and order bound over the items before it. */
export type PartitionedCall = {
  readonly overload: Extract<UserTableFunction, { kind: "rows" }>;
  readonly values: readonly BoundExpression[];
  readonly keys: readonly BoundExpression[];
  readonly order: readonly BoundOrderItem[];
  readonly alias: TableAlias | undefined;
  readonly span: Span;
};

/** PARTITION BY and ORDER BY of a call. */
export function bindPartitions(
  over: WindowSpecification | undefined,
  scope: Scope,
  binder: Binder,
): Pick<PartitionedCall, "keys" | "order"> {
  return {
    keys: (over?.partitionBy ?? []).map((key) => bindExpression(key, scope, binder)),
    order: (over?.orderBy ?? []).map((item) => ({
      expression: bindExpression(item.expression, scope, binder),
      descending: item.descending,
      nullsFirst: nullsFirst(item, binder),
    })),
  };
}

/** The items before the call together with its rows. */
export function overPartitions(
  call: PartitionedCall,
  source: SelectSource,
  binder: Binder,
): SelectSource {
  const { overload, values, keys } = call;
  const all = [
    ...source.names.columns,
    ...source.names.relations.flatMap((relation) => relation.columns),
  ];
  const kept = new Map(all.map(({ expression }) => [expressionKey(expression), expression]));
  const collected = collect(overload.texts(values, binder), [...kept.values()], call.order);
  const items = [...keys, collected].map((expression, index) => ({
    name: `K${index + 1}`,
    expression,
  }));
  const columns = columnsOf(items);
  const alias = binder.freshAlias("t");
  const outputs = columns.map((column) => outputReference(column, alias));
  const grouped = {
    ...selectOf([...keys, collected], columns, source.from, undefined),
    grouping: { kind: "expressions", expressions: keys } as const,
  };
  const group = must(outputs.at(-1));
  const flags = textConstant(JSON.stringify(values.map(({ kind }) => kind === "constant")));
  const results = overload.results(flags, argumentsOf(group), binder);
  const rows = flattenedRows(results, overload.columns, call.alias, call.span, binder);
  const index = castTo(
    callByName("GET", [rows.element, textConstant("i")], binder, call.span),
    INTEGER,
    binder,
  );
  const keyAt = new Map(keys.map((key, at) => [expressionKey(key), must(outputs[at])]));
  const keptAt = new Map([...kept.keys()].map((key, at) => [key, at]));
  const moved = (column: NamedColumn): NamedColumn => {
    const key = expressionKey(column.expression);
    const at = must(keptAt.get(key));
    const expression = keyAt.get(key) ?? keptColumn(group, index, at, column.expression.type);
    return { ...column, expression };
  };
  const before = {
    relations: source.names.relations.map((relation) => ({
      ...relation,
      internal: undefined,
      columns: relation.columns.map(moved),
    })),
    columns: source.names.columns.map(moved),
  };
  return {
    from: [{ kind: "derived", alias, lateral: false, query: queryOver(grouped) }, rows.from],
    names: concatNames(before, rows.names),
  };
}

/** A call of SQL that only the binder writes. */
function made(
  kind: "scalar" | "aggregate",
  name: string,
  args: readonly BoundExpression[],
  type: SnowType,
  lower: (call: LoweringCall) => string,
  orderBy: readonly BoundOrderItem[] = [],
): BoundExpression {
  const signature: Signature = { parameters: [], returns: type, nullability: "always", lower };
  const entry: FunctionEntry = {
    name,
    aliases: [],
    kind,
    category: "user",
    doc: "",
    summary: "",
    signatures: [signature],
    examples: [],
    volatile: false,
    host: [],
  };
  return {
    kind: "call",
    entry,
    signature,
    arguments: args,
    distinct: false,
    orderBy,
    fromLast: false,
    type,
    nullable: true,
  };
}

/** A partition's rows as a DuckDB list: of each the arguments' texts and the columns of the items before the call. */
function collect(
  texts: readonly BoundExpression[],
  kept: readonly BoundExpression[],
  order: readonly BoundOrderItem[],
): BoundExpression {
  const lower = (call: LoweringCall): string => {
    const sql = call.arguments.map((argument) => argument.sql);
    const list = `CAST([${sql.slice(0, texts.length).join(", ")}] AS VARCHAR[])`;
    const fields = sql.slice(texts.length).map((value, at) => `c${at} := ${value}`);
    const row = `struct_pack(${[`a := ${list}`, ...fields].join(", ")})`;
    return aggregate(call, "list", row, { ordered: true });
  };
  return made("aggregate", "PARTITION_ROWS", [...texts, ...kept], TEXT, lower, order);
}

/** The JSON text of the arguments of a partition's rows. */
function argumentsOf(group: BoundExpression): BoundExpression {
  return made("scalar", "PARTITION_ARGUMENTS", [group], TEXT, (call) => {
    const rows = must(call.arguments[0]).sql;
    return `CAST(to_json([r.a for r in ${rows}]) AS VARCHAR)`;
  });
}

/** A column of the row with that index; NULL without one. */
function keptColumn(
  group: BoundExpression,
  index: BoundExpression,
  at: number,
  type: SnowType,
): BoundExpression {
  return made("scalar", "PARTITION_COLUMN", [group, index], type, (call) => {
    const [rows, row] = call.arguments.map((argument) => argument.sql);
    return `(${rows}[CAST(${row} AS BIGINT)]).c${at}`;
  });
}
