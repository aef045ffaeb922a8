/** DuckDB's plan as operations under Snowflake's names, numbered from the result down. */

export type Operation = {
  readonly id: number;
  readonly parents: readonly number[];
  readonly operation: string;
  /** Tables, as DATABASE.SCHEMA.NAME. */
  readonly objects: readonly string[];
  readonly expressions: readonly string[];
  /** What a run of the plan measured. */
  readonly measured?: Measured | undefined;
};

type Measured = { readonly rows: number; readonly seconds: number };

/** Snowflake's names by DuckDB's. */
export type Names = {
  readonly tables: ReadonlyMap<string, string>;
  readonly columns: ReadonlyMap<string, string>;
};

type PlanNode = {
  readonly name: string;
  readonly children: readonly PlanNode[];
  readonly extra_info: Readonly<Record<string, string | readonly string[]>>;
  readonly measured?: Measured | undefined;
};

type ProfileNode = {
  readonly operator_name?: string;
  readonly operator_cardinality?: number;
  readonly operator_timing?: number;
  readonly children: readonly ProfileNode[];
  readonly extra_info: PlanNode["extra_info"];
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
 * @param names what to show for DuckDB's names
 */
export function explainedOperations(
  json: string,
  root: Pick<Operation, "operation" | "objects" | "expressions">,
  names: Names,
): Operation[] {
  return operationsOf(JSON.parse(json) as readonly PlanNode[], root, names);
}

/** The same of what DuckDB's EXPLAIN (ANALYZE, FORMAT JSON) gives, with what the run measured. */
export function profiledOperations(
  json: string,
  root: Pick<Operation, "operation" | "objects" | "expressions">,
  names: Names,
): Operation[] {
  const { children } = JSON.parse(json) as ProfileNode;
  const nodes = children.flatMap((node) => node.children).map(planNode);
  const [first] = nodes;
  const seconds =
    first !== undefined && isResult(first, root.operation) ? (first.measured?.seconds ?? 0) : 0;
  return operationsOf(nodes, root, names, first && { rows: rowsOf(first), seconds });
}

function planNode(node: ProfileNode): PlanNode {
  const rows = node.operator_cardinality ?? 0;
  return {
    name: node.operator_name ?? "",
    children: node.children.map(planNode),
    extra_info: node.extra_info,
    measured: { rows, seconds: node.operator_timing ?? 0 },
  };
}

function rowsOf({ measured }: PlanNode): number {
  return measured?.rows ?? 0;
}

function operationsOf(
  nodes: readonly PlanNode[],
  root: Pick<Operation, "operation" | "objects" | "expressions">,
  names: Names,
  measured?: Measured | undefined,
): Operation[] {
  const operations: Operation[] = [{ id: 0, parents: [], ...root, measured }];
  const visit = (node: PlanNode, parent: number): void => {
    const id = operations.length;
    operations.push({
      id,
      parents: [parent],
      operation: operationName(node),
      objects: texts(node, "Table").map(
        (name) => names.tables.get(tableName(name)) ?? tableName(name),
      ),
      expressions: expressionsOf(node).map((text) => named(text, names.columns)),
      measured: node.measured,
    });
    for (const child of node.children) visit(child, id);
  };
  for (const node of nodes) {
    // The projection on top makes the result's columns: it is the result itself.
    if (isResult(node, root.operation)) for (const child of node.children) visit(child, 0);
    else visit(node, 0);
  }
  return operations;
}

function isResult(node: PlanNode, root: string): boolean {
  return root === "Result" && node.name.trim() === "PROJECTION";
}

/** An expression of the plan with the columns' own names. */
function named(text: string, columns: Names["columns"]): string {
  return text.replaceAll(/[A-Za-z_][\w$]*/g, (word) => columns.get(word) ?? word);
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
