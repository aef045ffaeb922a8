/** DuckDB's plan as operations under Snowflake's names, numbered from the result down. */

export type Operation = {
  readonly id: number;
  readonly parents: readonly number[];
  readonly operation: string;
  /** Tables, as DATABASE.SCHEMA.NAME. */
  readonly objects: readonly string[];
  readonly expressions: readonly string[];
};

type PlanNode = {
  readonly name: string;
  readonly children: readonly PlanNode[];
  readonly extra_info: Readonly<Record<string, string | readonly string[]>>;
};

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["SEQ_SCAN", "TableScan"],
  ["TABLE_SCAN", "TableScan"],
  ["INDEX_SCAN", "TableScan"],
  ["PROJECTION", "Projection"],
  ["FILTER", "Filter"],
  ["HASH_GROUP_BY", "Aggregate"],
  ["PERFECT_HASH_GROUP_BY", "Aggregate"],
  ["PARTITIONED_AGGREGATE", "Aggregate"],
  ["UNGROUPED_AGGREGATE", "Aggregate"],
  ["SIMPLE_AGGREGATE", "Aggregate"],
  ["STREAMING_WINDOW", "WindowFunction"],
  ["WINDOW", "WindowFunction"],
  ["ORDER_BY", "Sort"],
  ["TOP_N", "SortWithLimit"],
  ["LIMIT", "Limit"],
  ["STREAMING_LIMIT", "Limit"],
  ["LIMIT_PERCENT", "Limit"],
  ["UNION", "UnionAll"],
  ["CROSS_PRODUCT", "CartesianJoin"],
  ["CTE", "WithClause"],
  ["CTE_SCAN", "WithReference"],
  ["RECURSIVE_CTE", "RecursiveUnion"],
  ["DUMMY_SCAN", "Generator"],
  ["COLUMN_DATA_SCAN", "ValuesClause"],
  ["EMPTY_RESULT", "EmptyResult"],
  ["UNNEST", "Flatten"],
]);

const JOINS: ReadonlyMap<string, string> = new Map([
  ["INNER", "InnerJoin"],
  ["LEFT", "LeftOuterJoin"],
  ["RIGHT", "RightOuterJoin"],
  ["FULL", "FullOuterJoin"],
]);

/**
 * The operations of a plan.
 * @param json what DuckDB's EXPLAIN (FORMAT JSON) gives
 * @param root what the plan's rows are for: the first operation
 * @param tables the names to show by DuckDB's names
 */
export function explainedOperations(
  json: string,
  root: Pick<Operation, "operation" | "objects" | "expressions">,
  tables: ReadonlyMap<string, string>,
): Operation[] {
  const operations: Operation[] = [{ id: 0, parents: [], ...root }];
  const visit = (node: PlanNode, parent: number): void => {
    const id = operations.length;
    operations.push({
      id,
      parents: [parent],
      operation: operationName(node),
      objects: texts(node, "Table").map((name) => tables.get(tableName(name)) ?? tableName(name)),
      expressions: expressionsOf(node),
    });
    for (const child of node.children) visit(child, id);
  };
  for (const node of JSON.parse(json) as readonly PlanNode[]) visit(node, 0);
  return operations;
}

function operationName(node: PlanNode): string {
  const name = node.name.trim();
  const [join] = texts(node, "Join Type");
  if (join !== undefined) return JOINS.get(join) ?? "Join";
  return OPERATIONS.get(name) ?? titled(name);
}

function expressionsOf(node: PlanNode): readonly string[] {
  const conditions = texts(node, "Conditions").map((text) => `joinKey: (${text})`);
  const keys = ["Expression", "Groups", "Aggregates", "Order By", "Projections"];
  return [...conditions, ...keys.flatMap((key) => texts(node, key))];
}

function texts(node: PlanNode, key: string): readonly string[] {
  const value = node.extra_info[key];
  if (value === undefined || value === "") return [];
  return typeof value === "string" ? [value] : value;
}

/** `memory."DB.SCHEMA".T` without DuckDB's own database and quotes. */
function tableName(written: string): string {
  return written.replaceAll('"', "").split(".").slice(1).join(".");
}

/** `HASH_JOIN` as `HashJoin`. */
function titled(name: string): string {
  return name
    .toLowerCase()
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
