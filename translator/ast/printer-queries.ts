/** Printing queries: WITH, SELECT, set operations, VALUES. */

import {
  expressionList,
  expressionPart,
  joined,
  namePart,
  optional,
  orderParts,
  type Part,
  printDirection,
  printIdentifier,
  printIdentifiers,
  queryPart,
  starParts,
  windowParts,
} from "./printer-parts.ts";
import type {
  GroupingElement,
  Query,
  QueryBody,
  Select,
  SelectItem,
  SetOperation,
} from "./queries.ts";

/** A query as text and child nodes. */
export function queryParts(node: Query): readonly Part[] {
  const models = (node.models ?? []).map(({ name, model, version }) => [
    `${printIdentifier(name)} AS MODEL `,
    ...namePart(model),
    version === undefined ? "" : ` VERSION ${printIdentifier(version)}`,
  ]);
  const ctes = node.ctes.map((cte) => {
    const columns = cte.columns.length > 0 ? ` (${printIdentifiers(cte.columns)})` : "";
    return [`${printIdentifier(cte.name)}${columns} AS (`, queryPart(cte.query), ")"];
  });
  const names = [...models, ...ctes];
  const recursive = node.recursive ? "RECURSIVE " : "";
  return [
    ...(names.length > 0 ? [`WITH ${recursive}`, ...joined(names), " "] : []),
    { sort: "body", node: node.body },
    ...(node.orderBy.length > 0 ? [" ORDER BY ", ...orderParts(node.orderBy)] : []),
    node.orderByAll === undefined ? "" : ` ORDER BY ALL${printDirection(node.orderByAll)}`,
    ...optional(" LIMIT ", node.limit),
    ...optional(" OFFSET ", node.offset),
    node.forUpdate === undefined ? "" : ` FOR UPDATE${waitText(node.forUpdate.wait)}`,
  ];
}

function waitText(wait: "nowait" | number | undefined): string {
  if (wait === undefined) return "";
  return wait === "nowait" ? " NOWAIT" : ` WAIT ${wait}`;
}

/** A query's body as text and child nodes. */
export function bodyParts(node: QueryBody): readonly Part[] {
  switch (node.kind) {
    case "select":
      return selectParts(node);
    case "set_operation":
      return setOperationParts(node);
    case "values": {
      const rows = node.rows.map((row) => ["(", ...expressionList(row), ")"]);
      return ["VALUES ", ...joined(rows)];
    }
    case "parenthesized_query":
      return ["(", queryPart(node.query), ")"];
  }
}

function setOperationParts(node: SetOperation): Part[] {
  const all = node.all ? " ALL" : "";
  const byName = node.byName ? " BY NAME" : "";
  const { left, right } = node;
  const words = ` ${node.operator.toUpperCase()}${all}${byName} `;
  return [{ sort: "body", node: left }, words, { sort: "body", node: right }];
}

function selectParts(node: Select): Part[] {
  const into = node.into.map((name) => `:${printIdentifier(name)}`).join(", ");
  const from = node.from.map((item): Part[] => [{ sort: "from", node: item }]);
  const windows = node.windows.map(({ name, window }) => [
    `${printIdentifier(name)} AS `,
    ...windowParts(window, true),
  ]);
  return [
    node.distinct ? "SELECT DISTINCT " : "SELECT ",
    ...optional("TOP ", node.top, " "),
    ...joined(node.items.map(selectItemParts)),
    into === "" ? "" : ` INTO ${into}`,
    ...(from.length > 0 ? [" FROM ", ...joined(from)] : []),
    ...optional(" WHERE ", node.where),
    ...optional(" START WITH ", node.connectBy?.startWith),
    ...optional(" CONNECT BY ", node.connectBy?.condition),
    ...groupByParts(node.groupBy),
    ...optional(" HAVING ", node.having),
    ...(windows.length > 0 ? [" WINDOW ", ...joined(windows)] : []),
    ...optional(" QUALIFY ", node.qualify),
  ];
}

function selectItemParts(item: SelectItem): Part[] {
  if (item.kind === "star") return starParts(item.qualifier, item.modifiers);
  const alias = item.alias === undefined ? "" : ` AS ${printIdentifier(item.alias)}`;
  return [expressionPart(item.expression), alias];
}

function groupByParts(groupBy: Select["groupBy"]): Part[] {
  if (groupBy === undefined) return [];
  if (groupBy.kind === "all") return [" GROUP BY ALL"];
  return [" GROUP BY ", ...joined(groupBy.elements.map(groupingParts))];
}

const GROUPING_WORDS = { rollup: "ROLLUP (", cube: "CUBE (", grouping_sets: "GROUPING SETS (" };

function groupingParts(element: GroupingElement): Part[] {
  if (element.kind === "expression") return [expressionPart(element.expression)];
  const sets = element.sets.map((set): Part[] => {
    if ("kind" in set) return groupingParts(set);
    return set.length === 1 ? expressionList(set) : ["(", ...expressionList(set), ")"];
  });
  return [GROUPING_WORDS[element.kind], ...joined(sets), ")"];
}
