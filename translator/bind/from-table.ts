/** Tables and views in FROM, tables named by an expression, and their state in the past. */

import type { ObjectName, PositionalReference } from "../ast/expressions.ts";
import type { FromItem, TableAlias, TimeTravel } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import { SnowflakeError } from "../base/errors.ts";
import { TEXT, timestampType } from "../types/types.ts";
import { type Binder, splitName } from "./binder.ts";
import type { BoundExpression, BoundFrom, BoundQuery } from "./bound.ts";
import type { HistoryPoint, Relation } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { type BoundItem, derivedItem } from "./from.ts";
import { candidateNames, findRelation, printable } from "./from-names.ts";
import { bindSample } from "./from-sample.ts";
import { relationInPast } from "./past-catalog.ts";
import { protectedQuery } from "./protection.ts";
import { bindQueryIn, type Surroundings } from "./query.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import { outputReference } from "./query-order.ts";
import { prequeryValue } from "./query-prequery.ts";
import { relationNames } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";
import {
  columnValues,
  hasVirtualColumns,
  overVisible,
  virtualQuery,
  withoutVirtualColumns,
} from "./virtual-columns.ts";

type TableItem = Extract<FromItem, { kind: "table" }>;

/** A table or view by its name, with time travel, CHANGES and SAMPLE. */
export function bindTable(item: TableItem, around: Surroundings): BoundItem {
  const { binder } = around;
  const relation = travelled(findRelation(item.name, binder), item, around);
  return bindRelation(relation, item.alias, around, item.sample);
}

/** A relation of the catalog as a FROM item. */
export function bindRelation(
  found: Relation,
  alias: TableAlias | undefined,
  around: Surroundings,
  sample: TableItem["sample"] = undefined,
): BoundItem {
  if (found.kind === "view") return bindView(found, alias, around, sample);
  const { binder } = around;
  const relation = binder.context.readsStored === true ? withoutVirtualColumns(found) : found;
  const internal = binder.freshAlias("t");
  if (relation.kind === "inline" && relation.stream !== undefined) {
    binder.features.streams.add(relation.stream);
  }
  if (relation.kind === "table" && relation.dynamic === true) {
    binder.features.dynamicTables.add(relation.id);
  }
  const from = (own: string): Extract<BoundFrom, { kind: "table" }> => ({
    kind: "table",
    alias: own,
    table: relation.name,
    physical: relation.kind === "inline" ? `(${relation.sql})` : relation.physical,
  });
  const query = readQuery(relation, from, binder);
  const taken = bindSample(sample, around);
  const source: BoundFrom =
    query === undefined
      ? { ...from(internal), sample: taken }
      : { kind: "derived", alias: internal, lateral: false, query, sample: taken };
  return { from: source, names: namesOfRelation(relation, internal, alias) };
}

/** The query that stands for a relation with policies or virtual columns; undefined for one without. */
function readQuery(
  relation: Exclude<Relation, { kind: "view" }>,
  from: (alias: string) => BoundFrom,
  binder: Binder,
): BoundQuery | undefined {
  const { protection } = relation;
  if (binder.context.readsStored === true) return undefined;
  if (protection === undefined && !hasVirtualColumns(relation)) return undefined;
  const inside = binder.freshAlias("t");
  const stored = storedValues(relation, inside, binder);
  if (protection === undefined) return virtualQuery(relation, stored, from(inside));
  const shown = protectedQuery(
    { protection, from: from(inside), stored, columns: relation.columns },
    binder,
  );
  return overVisible(relation, shown, [], binder);
}

/** The value of each column of a relation under an internal alias, past its policies. */
export function storedValues(
  relation: Relation,
  internal: string,
  binder: Binder,
): readonly BoundExpression[] {
  const { columns } = namesOfRelation(relation, internal, undefined);
  return columnValues(
    relation,
    columns.map(({ expression }) => expression),
    binder,
  );
}

/** The names that a table brings under an internal alias. */
export function namesOfRelation(
  relation: Relation,
  internal: string,
  alias: TableAlias | undefined,
): BoundItem["names"] {
  return relationNames({
    alias: alias?.name.name ?? relation.name.name,
    qualified: alias === undefined ? relation.name : undefined,
    internal,
    columns: relation.columns.map((column, index) => {
      const name = alias?.columns[index]?.name ?? column.name;
      const { physical, type, nullable, hidden } = column;
      return {
        name,
        hidden,
        expression: { kind: "column", relation: internal, physical, name, type, nullable },
      };
    }),
  });
}

/**
 * A view: its stored query, bound in the view's own database and schema.
 * @throws 002037 around the error of a view whose query no longer binds, 002057 when its columns changed
 */
function bindView(
  view: Extract<Relation, { kind: "view" }>,
  alias: TableAlias | undefined,
  around: Surroundings,
  sample: TableItem["sample"],
): BoundItem {
  const name = printable(view.name.name);
  const query = bindViewQuery(view, around.binder, name);
  if (query.columns.length !== view.columns.length) {
    const declared = view.columns.length;
    const actual = query.columns.length;
    throw around.binder.error("viewColumns", { name, declared, actual });
  }
  const columns = query.columns.map((column, index) => ({
    ...column,
    name: must(view.columns[index]).name,
  }));
  const shown = protectedView(view, { ...query, columns }, around.binder);
  const item = derivedItem(shown, alias, around, false, sample);
  if (alias !== undefined) return item;
  const [relation] = item.names.relations;
  return {
    from: item.from,
    names: relationNames({ ...must(relation), alias: view.name.name, qualified: view.name }),
  };
}

/** A view's query behind the policies on the view. */
function protectedView({ protection }: Relation, query: BoundQuery, binder: Binder): BoundQuery {
  if (protection === undefined) return query;
  const alias = binder.freshAlias("t");
  return protectedQuery(
    {
      protection,
      from: { kind: "derived", alias, lateral: false, query },
      stored: query.columns.map((column) => outputReference(column, alias)),
      columns: query.columns,
    },
    binder,
  );
}

function bindViewQuery(
  view: Extract<Relation, { kind: "view" }>,
  parent: Binder,
  name: string,
): ReturnType<typeof bindQueryIn> {
  const { database, schema } = view.name;
  const context = {
    ...parent.context,
    database,
    schema,
    catalog: view.catalog ?? parent.context.catalog,
    invoker: view.owner ?? parent.context.invoker,
    // Names inside a view never go through the caller's search path.
    parameter: (parameter: string) =>
      parameter === "SEARCH_PATH" ? "$current" : parent.context.parameter(parameter),
  };
  const binder = parent.derive({ text: view.text, context });
  try {
    return bindQueryIn(view.query, { binder, environment: EMPTY_ENVIRONMENT, outer: undefined });
  } catch (error) {
    if (!(error instanceof SnowflakeError)) throw error;
    throw parent.error("viewExpansion", { name, detail: error.message });
  }
}

/** TABLE('name'), TABLE($variable), TABLE(:bind): the name in the text. */
export function bindTableExpression(
  item: Extract<FromItem, { kind: "table_expression" }>,
  around: Surroundings,
): BoundItem {
  const { expression: argument, span } = item;
  if (argument.kind === "positional") return bindPipe(argument, item.alias, around);
  const name: ObjectName = { kind: "identifier_function", argument, span };
  return bindRelation(findRelation(name, around.binder), item.alias, around);
}

/** `$1` after a flow operator: the result of an earlier statement of the chain (docs: operators-flow). */
function bindPipe(
  argument: PositionalReference,
  alias: TableAlias | undefined,
  around: Surroundings,
): BoundItem {
  const { binder } = around;
  const relation = binder.context.pipe?.(argument.index);
  if (relation !== undefined) return bindRelation(relation, alias, around);
  const name = `$${argument.index}`;
  throw binder.error("invalidIdentifier", { name }, argument.span);
}

function travelled(relation: Relation, item: TableItem, around: Surroundings): Relation {
  const { binder } = around;
  const { catalog } = binder.context;
  if (item.changes !== undefined) {
    const { information, from, to } = item.changes;
    const start = historyPoint(from, around);
    const end = to && historyPoint(to, around);
    const changes = catalog.changes?.(relation, information, start, end);
    if (changes === undefined) throw binder.error("unsupportedFeature", { feature: "CHANGES" });
    return changes;
  }
  if (item.timeTravel === undefined) return relation;
  return relationInPast(relation, historyPoint(item.timeTravel, around), catalog);
}

/** A point in time as the catalog takes it; its value must be constant. */
function historyPoint(travel: TimeTravel, around: Surroundings): HistoryPoint {
  const { binder, environment } = around;
  const { clause, by, value } = travel;
  const bound = bindExpression(value, plainScope(binder, environment, "from"), binder);
  const asked = castTo(bound, by === "timestamp" ? timestampType("ltz") : TEXT, binder);
  const key = `point:${value.span.start}`;
  const found = asked.kind === "constant" ? asked.value : prequeryValue(asked, key, binder);
  if (found === null || typeof found === "object") {
    throw binder.error("tableFunctionArgument", { argument: binder.source(value.span) });
  }
  if (by === "timestamp") return { clause, by, value: isoInstant(BigInt(found)) };
  const text = String(found);
  return { clause, by, value: by === "stream" ? streamId(text, binder) : text };
}

/** @throws 002003 when there is no such stream */
function streamId(name: string, binder: Binder): string {
  const { context } = binder;
  for (const candidate of candidateNames(splitName(name, { start: 0, end: 0 }), context)) {
    const found = context.catalog.relation(candidate);
    if (found?.kind === "inline" && found.stream !== undefined) return String(found.stream);
  }
  throw binder.error("containerNotFound", { kind: "Stream", name });
}

/** Microseconds since the epoch as an ISO instant in UTC. */
function isoInstant(micros: bigint): string {
  const million = 1_000_000n;
  const rest = ((micros % million) + million) % million;
  const seconds = new Date(Number((micros - rest) / 1_000n)).toISOString().slice(0, 19);
  return `${seconds.replace("T", " ")}.${rest.toString().padStart(6, "0")}+00`;
}
