/** WITH: common table expressions, also recursive ones (docs: queries-cte). */

import type { CommonTableExpression, Query, QueryBody } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import { NUMBER_MAX_PRECISION, type SnowType, TEXT } from "../types/types.ts";
import type { BoundBody, BoundQuery, OutputColumn } from "./bound.ts";
import { bindBody, bindQueryIn, queryOver, type Surroundings } from "./query.ts";
import { syntaxNodes } from "./query-ast.ts";
import { type CteInfo, type Environment, withCtes } from "./query-environment.ts";
import { withinCtes } from "./query-prequery.ts";
import { castBody, setOperationColumns } from "./set-operations.ts";

export type BoundCtes = {
  readonly ctes: BoundQuery["ctes"];
  readonly recursive: boolean;
  readonly environment: Environment;
};

/** Binds the CTEs in order: each sees those before it. */
export function bindCtes(query: Query, around: Surroundings): BoundCtes {
  const [model] = query.models ?? [];
  if (model !== undefined) {
    throw around.binder.error("unsupportedFeature", { feature: "MODEL" }, model.name.span);
  }
  const known = new Map<string, CteInfo>();
  const environment = withCtes(around.environment, known);
  const inner = { ...around, environment };
  let recursive = false;
  const ctes: { alias: string; query: BoundQuery }[] = [];
  for (const cte of query.ctes) {
    const alias = around.binder.freshAlias("cte");
    const branches = recursiveBranches(cte);
    const bound = withinCtes(
      () => ({ ctes, recursive }),
      () =>
        branches === undefined
          ? bindQueryIn(cte.query, inner)
          : bindRecursive(cte, branches, alias, inner),
    );
    recursive ||= branches !== undefined;
    ctes.push({ alias, query: bound });
    const columns = renamed(bound.columns, cte, around);
    known.set(cte.name.name, { alias, columns });
  }
  return { ctes, recursive, environment };
}

function renamed(
  columns: readonly OutputColumn[],
  cte: CommonTableExpression,
  around: Surroundings,
): readonly OutputColumn[] {
  if (cte.columns.length === 0) return columns;
  if (cte.columns.length !== columns.length) {
    const values = { expected: cte.columns.length, actual: columns.length, branch: "{1}" };
    throw around.binder.error("setOperationColumns", values, undefined);
  }
  return columns.map((column, index) => ({ ...column, name: must(cte.columns[index]).name }));
}

type Branches = {
  readonly anchors: readonly QueryBody[];
  readonly recursive: readonly QueryBody[];
};

/** The branches of a CTE that reads itself: UNION ALL with at least one branch that does not. */
function recursiveBranches(cte: CommonTableExpression): Branches | undefined {
  if (cte.query.ctes.length > 0) return undefined;
  const branches = unionBranches(cte.query.body);
  if (branches.length === 1) return undefined;
  const reads = branches.map((branch) => mentionsTable(branch, cte.name.name));
  const anchors = branches.filter((_, index) => reads[index] === false);
  const recursive = branches.filter((_, index) => reads[index] === true);
  return anchors.length > 0 && recursive.length > 0 ? { anchors, recursive } : undefined;
}

function unionBranches(body: QueryBody): readonly QueryBody[] {
  const found: QueryBody[] = [];
  const waiting = [body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "set_operation" && next.operator === "union" && next.all) {
      waiting.push(next.right, next.left);
    } else {
      const bare = bareQuery(next);
      if (bare === undefined) found.push(next);
      else waiting.push(bare.body);
    }
  }
  return found;
}

/** The query in parentheses that have nothing to say. */
function bareQuery(body: QueryBody): Query | undefined {
  if (body.kind !== "parenthesized_query") return undefined;
  const { query } = body;
  return query.ctes.length === 0 && query.orderBy.length === 0 && !query.limit ? query : undefined;
}

/** True when the tree has a FROM item of that plain name. */
function mentionsTable(root: QueryBody, name: string): boolean {
  for (const node of syntaxNodes(root)) {
    if (!("kind" in node) || node.kind !== "table" || !("name" in node)) continue;
    const written = node.name as { readonly parts?: readonly { readonly name: string }[] };
    if (written.parts?.length === 1 && written.parts[0]?.name === name) return true;
  }
  return false;
}

/** True when the tree has a node of the kind. */
function mentionsKind(root: unknown, kind: string): boolean {
  for (const node of syntaxNodes(root)) if ("kind" in node && node.kind === kind) return true;
  return false;
}

/**
 * A recursive CTE. The anchor decides the columns; numbers and texts are widened so that a growing value fits, and the recursive
 * branches are cast to the anchor's types.
 */
function bindRecursive(
  cte: CommonTableExpression,
  branches: Branches,
  alias: string,
  around: Surroundings,
): BoundQuery {
  if (mentionsKind(branches.recursive, "match_recognize")) {
    const feature = "MATCH_RECOGNIZE in a recursive common table expression";
    throw around.binder.error("unsupportedFeature", { feature }, undefined);
  }
  const anchor = unionAll(
    branches.anchors.map((branch) => bindBody(branch, around)),
    around,
  );
  const first = anchor.columns.map((column) => ({ ...column, type: widened(column.type) }));
  const trial = bindBranches(cte, branches, alias, first, around);
  const columns = setOperationColumns([{ ...anchor, columns: first }, ...trial], around).map(
    (column) => ({ ...column, type: widened(column.type), nullable: true }),
  );
  const recursive = bindBranches(cte, branches, alias, columns, around);
  const cast = (body: BoundBody): BoundBody => castBody(body, columns, around);
  return queryOver({
    kind: "set_operation",
    operator: "union",
    all: true,
    left: cast(anchor),
    right: unionAll(recursive.map(cast), around),
    columns,
  });
}

function bindBranches(
  cte: CommonTableExpression,
  branches: Branches,
  alias: string,
  columns: readonly OutputColumn[],
  around: Surroundings,
): readonly BoundBody[] {
  const named = renamed(columns, cte, around);
  const itself = new Map([[cte.name.name, { alias, columns: named }]]);
  const environment = withCtes(around.environment, itself);
  return branches.recursive.map((branch) => bindBody(branch, { ...around, environment }));
}

function unionAll(bodies: readonly BoundBody[], around: Surroundings): BoundBody {
  const columns = setOperationColumns(bodies, around);
  return bodies
    .map((body) => castBody(body, columns, around))
    .reduce((left, right) => ({
      kind: "set_operation",
      operator: "union",
      all: true,
      left,
      right,
      columns,
    }));
}

function widened(type: SnowType): SnowType {
  if (type.kind === "number") return { ...type, precision: NUMBER_MAX_PRECISION };
  return type.kind === "text" ? TEXT : type;
}
