/** CREATE DYNAMIC TABLE. https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { type DynamicTable, inputsOf } from "../catalog/dynamic-table.ts";
import { retentionDays } from "../catalog/object-parameters.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { DynamicGraph } from "../program/dynamic/graph.ts";
import { physicalTableName } from "../storage/tables.ts";
import { commonFields } from "./account-objects.ts";
import { clusteringKey } from "./clustering.ts";
import { copiedGrants } from "./copied-grants.ts";
import { markDropped } from "./drop.ts";
import { planClone } from "./dynamic-clone.ts";
import { beginCreation, type DynamicPlan, recordCreation } from "./dynamic-creation.ts";
import { checkDefinition, refreshMode } from "./dynamic-mode.ts";
import { dynamicOptions, rule, scheduling, tableProperties } from "./dynamic-options.ts";
import { definedColumns, planRefresh } from "./dynamic-query.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { governed } from "./governed-relation.ts";
import { findMember, findSchema, memberName, shown, shownQualified } from "./names.ts";
import { persistenceIn } from "./persistence.ts";
import { propertyRecord, wholeNumber } from "./properties.ts";
import { queryColumns } from "./query-columns.ts";
import { alreadyExists, created } from "./status.ts";

type Statement = StatementOf<"create_special_table">;

const RETENTION = {
  permanent: { minimum: 0, maximum: 90 },
  transient: { minimum: 0, maximum: 1 },
} as const;

const COPY_TAGS = "COPY TAGS";

/**
 * Makes the table and, unless it waits for its schedule, its first rows; what it reads is refreshed with it.
 * @throws 002728 for a query without a table, 091901 for a lag that does not fit, 091903 for a query that cannot be followed
 */
export async function createDynamicTable(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(statement.name, execution, "CREATE DYNAMIC TABLE");
  checkStatement(statement);
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = findMember(snapshot, "relation", name, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: undefined };
    if (existing !== undefined && (!statement.orReplace || existing.kind === "stream")) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const gone = existing === undefined ? [] : [markDropped(existing, execution)];
    const base = snapshot.with(gone);
    const plan =
      statement.source?.kind === "clone"
        ? await planClone(statement, name, schema.id, snapshot, execution)
        : await planNew(statement, name, schema.id, existing, base, execution);
    const creation = beginCreation(plan, snapshot, execution);
    return {
      changes: [
        ...gone,
        { kind: "put", object: plan.table },
        ...(statement.copyGrants ? copiedGrants(existing, plan.table, snapshot, execution) : []),
      ] satisfies CatalogChange[],
      physical: creation.write,
      writes: creation.writes,
      result: creation,
    };
  });
  if (done === undefined) return alreadyExists(name.name);
  recordCreation(done, execution);
  return created("Dynamic table", name.name);
}

/** @throws 000002 for what a dynamic table cannot have here */
function checkStatement(statement: Statement): void {
  const { persistence, orAlter, orReplace, ifNotExists, clauses, constraints, columns } = statement;
  if (orReplace && ifNotExists) {
    throw snowflakeError("conflictingOptions", { first: "OR REPLACE", second: "IF NOT EXISTS" });
  }
  const unsupported = (feature: string) => snowflakeError("unsupportedFeature", { feature });
  if (orAlter) throw unsupported("CREATE OR ALTER DYNAMIC TABLE");
  if (persistence === "temporary") throw unsupported("TEMPORARY DYNAMIC TABLE");
  const clause = clauses.find(({ form }) => form !== COPY_TAGS);
  if (clause !== undefined) {
    throw unsupported(`CREATE DYNAMIC TABLE ${clause.form.replace(/ ?<.*$/, "")}`);
  }
  const isPlain = columns.every(
    (column) =>
      column.constraints.length === 0 &&
      column.default === undefined &&
      column.computed === undefined,
  );
  if (constraints.length > 0 || !isPlain) {
    throw unsupported("constraints, defaults and virtual columns of a DYNAMIC TABLE");
  }
  if (statement.contacts.length > 0) throw unsupported("CONTACT of a DYNAMIC TABLE");
}

async function planNew(
  statement: Statement,
  name: QualifiedName,
  schemaId: number,
  existing: CatalogObject | undefined,
  snapshot: Snapshot,
  execution: Execution,
): Promise<DynamicPlan> {
  const bare = newTable(statement, name, schemaId, snapshot, execution);
  const inputs = inputsOf(bare, execution.account.catalog.snapshot);
  const outputs = await definedColumns(bare, execution);
  if (inputs.length === 0) throw snowflakeError("dynamicNoBase");
  const columns = queryColumns(statement.columns, outputs, bare, execution);
  const types = outputs.map(({ type }) => type);
  const mode = refreshMode(bare, types, snapshot);
  const filled: DynamicTable = {
    ...bare,
    columns,
    nextColumn: columns.length + 1,
    dynamic: { ...bare.dynamic, ...mode },
    clusterBy: clusteringKey({ columns }, statement.clusterBy),
  };
  const table = governed(filled, statement, snapshot, execution) as DynamicTable;
  const tagged = statement.clauses.some(({ form }) => form === COPY_TAGS);
  const kept = tagged ? { tags: { ...table.tags, ...existing?.tags } } : {};
  const made = { ...table, ...kept };
  const graph = new DynamicGraph(snapshot.with([{ kind: "put", object: made }]));
  checkPlace(made, graph, shownQualified(name));
  if (made.dynamic.initialize === "ON_SCHEDULE") return { table: made, fills: [] };
  const order = graph.upstreamFirst([made]);
  const refreshing = new Set(order.map(({ id }) => id));
  const fills = [];
  for (const next of order) fills.push(await planRefresh(next, execution, refreshing));
  return { table: made, fills };
}

function newTable(
  statement: Statement,
  name: QualifiedName,
  schemaId: number,
  snapshot: Snapshot,
  execution: Execution,
): DynamicTable {
  const { source } = statement;
  const persistence = persistenceIn(snapshot, schemaId, statement.persistence);
  if (source?.kind !== "query") {
    throw snowflakeError("unsupportedFeature", { feature: "DYNAMIC TABLE without AS" });
  }
  checkDefinition(source.query);
  const full = shownQualified(name);
  const options = dynamicOptions(statement.properties, execution);
  if (options.warehouse === undefined) throw rule(full, "needs a WAREHOUSE");
  const own = propertyRecord(tableProperties(statement.properties), execution);
  const common = commonFields(name.name, own, execution);
  const range = persistence === "transient" ? RETENTION.transient : RETENTION.permanent;
  wholeNumber(own, "DATA_RETENTION_TIME_IN_DAYS", 1, range);
  const table: DynamicTable = {
    ...common,
    kind: "table",
    schemaId,
    comment: statement.comment ?? common.comment,
    persistence,
    physical: physicalTableName(common.id, name.name),
    columns: [],
    constraints: [],
    clusterBy: "",
    retentionDays: 0,
    nextColumn: 1,
    dynamic: {
      text: execution.text,
      query: execution.text.slice(source.query.span.start, source.query.span.end),
      ...scheduling(options, full),
      warehouse: options.warehouse,
      initializationWarehouse: options.initializationWarehouse,
      askedMode: options.askedMode ?? "AUTO",
      mode: "FULL",
      initialize: options.initialize ?? "ON_CREATE",
      validFrom: common.createdAt,
      trigger: "CREATE_DYNAMIC_TABLE",
    },
  };
  return { ...table, retentionDays: retentionDays(table, snapshot) };
}

/**
 * Whether a table may read what it reads.
 * @throws 091901 for one that reads itself, and for a lag below that of a table above
 */
export function checkPlace(table: DynamicTable, graph: DynamicGraph, name: string): void {
  if (graph.allBelow(table.id).some(({ id }) => id === table.id)) {
    throw rule(name, "cannot depend on itself");
  }
  const { lag } = table.dynamic;
  if (lag?.kind !== "time") return;
  for (const { dynamic } of graph.above(table.id)) {
    if (dynamic.lag?.kind !== "time" || dynamic.lag.seconds <= lag.seconds) continue;
    const longer = must(dynamic.lag).text;
    throw rule(name, `cannot have a shorter TARGET_LAG than what it reads (${longer})`);
  }
}
