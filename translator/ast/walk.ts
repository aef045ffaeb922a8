/** The one place that knows which nodes a node contains, and a walk over them without recursion. */

import type {
  Argument,
  Expression,
  ExpressionKind,
  ObjectName,
  StarModifiers,
  WindowSpecification,
} from "./expressions.ts";
import type {
  FromItem,
  GroupingElement,
  OrderItem,
  Query,
  QueryBody,
  SelectItem,
  TimeTravel,
} from "./queries.ts";

/** A node with its sort; kinds alone are not unique ("values", "parenthesized"). */
export type AstNode =
  | { readonly sort: "expression"; readonly node: Expression }
  | { readonly sort: "query"; readonly node: Query }
  | { readonly sort: "body"; readonly node: QueryBody }
  | { readonly sort: "from"; readonly node: FromItem };

/** Called before a node's children; returning false skips them. */
export type Visitor = {
  readonly expression?: ((node: Expression) => boolean | undefined) | undefined;
  readonly query?: ((node: Query) => boolean | undefined) | undefined;
  readonly body?: ((node: QueryBody) => boolean | undefined) | undefined;
  readonly from?: ((node: FromItem) => boolean | undefined) | undefined;
};

type ChildrenOf<Node extends { readonly kind: string }> = {
  readonly [Kind in Node["kind"]]: (node: Extract<Node, { kind: Kind }>) => readonly AstNode[];
};

const none = (): readonly AstNode[] => [];

function expressions(nodes: readonly (Expression | undefined)[]): AstNode[] {
  return nodes.flatMap((node) => (node === undefined ? [] : [{ sort: "expression", node }]));
}

function query(node: Query): AstNode {
  return { sort: "query", node };
}

function from(node: FromItem): AstNode {
  return { sort: "from", node };
}

function orderItems(items: readonly OrderItem[]): AstNode[] {
  return expressions(items.map((item) => item.expression));
}

function windowChildren(window: WindowSpecification | undefined): AstNode[] {
  if (window === undefined) return [];
  const bounds = [window.frame?.start, window.frame?.end].map((bound) =>
    bound !== undefined && "offset" in bound ? bound.offset : undefined,
  );
  return [
    ...expressions(window.partitionBy),
    ...orderItems(window.orderBy),
    ...expressions(bounds),
  ];
}

function nameChildren(name: ObjectName): AstNode[] {
  return name.kind === "identifier_function" ? expressions([name.argument]) : [];
}

function argumentChildren(args: readonly Argument[]): AstNode[] {
  return expressions(args.map((argument) => argument.value));
}

function starChildren(modifiers: StarModifiers): AstNode[] {
  return expressions(modifiers.replace.map((replacement) => replacement.expression));
}

const EXPRESSION_CHILDREN: ChildrenOf<Expression> & Record<ExpressionKind, unknown> = {
  number_literal: none,
  string_literal: none,
  binary_literal: none,
  boolean_literal: none,
  null_literal: none,
  typed_literal: none,
  interval_literal: none,
  column: none,
  positional: none,
  session_variable: none,
  bind: none,
  default: none,
  star: (node) => starChildren(node.modifiers),
  unary: (node) => expressions([node.operand]),
  binary: (node) => expressions([node.left, node.right]),
  is: (node) => expressions([node.operand]),
  distinct_from: (node) => expressions([node.left, node.right]),
  between: (node) => expressions([node.operand, node.low, node.high]),
  in_list: (node) => expressions([node.operand, ...node.items]),
  in_query: (node) => [...expressions([node.operand]), query(node.query)],
  quantified: (node) => [...expressions([node.operand]), query(node.query)],
  like: (node) => expressions([node.operand, ...node.patterns, node.escape]),
  case: (node) =>
    expressions([
      node.operand,
      ...node.branches.flatMap((branch) => [branch.when, branch.then]),
      node.otherwise,
    ]),
  cast: (node) => expressions([node.operand]),
  call: (node) => [
    ...nameChildren(node.name),
    ...argumentChildren(node.arguments),
    ...orderItems(node.withinGroup),
    ...windowChildren(node.over),
  ],
  path: (node) =>
    expressions([
      node.base,
      ...node.steps.map((step) => (step.kind === "index" ? step.expression : undefined)),
    ]),
  array_literal: (node) => expressions(node.items),
  object_literal: (node) =>
    expressions([...node.entries.flatMap((entry) => [entry.key, entry.value]), ...node.stars]),
  subquery: (node) => [query(node.query)],
  exists: (node) => [query(node.query)],
  tuple: (node) => expressions(node.items),
  lambda: (node) => expressions([node.body]),
  collate: (node) => expressions([node.operand]),
  identifier_function: (node) => expressions([node.argument]),
  parenthesized: (node) => expressions([node.inner]),
};

function selectItemChildren(item: SelectItem): AstNode[] {
  return item.kind === "star" ? starChildren(item.modifiers) : expressions([item.expression]);
}

function groupingChildren(element: GroupingElement): AstNode[] {
  if (element.kind === "expression") return expressions([element.expression]);
  if (element.kind !== "grouping_sets") return expressions(element.sets.flat());
  return element.sets.flatMap((set) => ("kind" in set ? groupingChildren(set) : expressions(set)));
}

const BODY_CHILDREN: ChildrenOf<QueryBody> = {
  set_operation: (node) => [
    { sort: "body", node: node.left },
    { sort: "body", node: node.right },
  ],
  values: (node) => expressions(node.rows.flat()),
  parenthesized_query: (node) => [query(node.query)],
  select: (node) => [
    ...expressions([node.top]),
    ...node.items.flatMap(selectItemChildren),
    ...node.from.map(from),
    ...expressions([node.where, node.connectBy?.startWith, node.connectBy?.condition]),
    ...(node.groupBy?.kind === "elements" ? node.groupBy.elements.flatMap(groupingChildren) : []),
    ...expressions([node.having]),
    ...node.windows.flatMap((named) => windowChildren(named.window)),
    ...expressions([node.qualify]),
  ],
};

function timeTravelChildren(point: TimeTravel | undefined): AstNode[] {
  return expressions([point?.value]);
}

const FROM_CHILDREN: ChildrenOf<FromItem> = {
  table: (node) => [
    ...nameChildren(node.name),
    ...timeTravelChildren(node.timeTravel),
    ...timeTravelChildren(node.changes?.from),
    ...timeTravelChildren(node.changes?.to),
    ...expressions([node.sample?.size, node.sample?.seed]),
  ],
  derived: (node) => [query(node.query), ...expressions([node.sample?.size, node.sample?.seed])],
  table_function: (node) => [
    ...nameChildren(node.name),
    ...argumentChildren(node.arguments),
    ...windowChildren(node.over),
    ...expressions([node.sample?.size, node.sample?.seed]),
  ],
  table_expression: (node) => expressions([node.expression]),
  stage: (node) => expressions(node.options.map((option) => option.value)),
  values: (node) => [{ sort: "body", node: node.values }],
  join: (node) => [
    from(node.left),
    from(node.right),
    ...expressions([node.matchCondition, node.on]),
  ],
  parenthesized: (node) => [from(node.item)],
  pivot: (node) => [
    from(node.source),
    ...expressions([...node.aggregates.map((aggregate) => aggregate.call), node.column]),
    ...pivotValueChildren(node.values),
    ...expressions([node.defaultOnNull]),
  ],
  unpivot: (node) => [from(node.source)],
  match_recognize: (node) => [
    from(node.source),
    ...expressions(node.partitionBy),
    ...orderItems(node.orderBy),
    ...expressions(node.measures.map((measure) => measure.expression)),
    ...expressions(node.define.map((definition) => definition.condition)),
  ],
  resample: (node) => [
    from(node.source),
    ...expressions([node.column, node.increment, ...node.partitionBy]),
  ],
  semantic_view: (node) => [
    ...nameChildren(node.name),
    ...expressions(
      node.clauses.flatMap(({ members }) => members.map((member) => member.expression)),
    ),
    ...expressions([node.where]),
  ],
};

function pivotValueChildren(values: Extract<FromItem, { kind: "pivot" }>["values"]): AstNode[] {
  if (values.kind === "list") return expressions(values.items.map((item) => item.value));
  return values.kind === "any" ? orderItems(values.orderBy) : [query(values.query)];
}

function queryChildren(node: Query): AstNode[] {
  return [
    ...node.ctes.map((cte) => query(cte.query)),
    { sort: "body", node: node.body },
    ...orderItems(node.orderBy),
    ...expressions([node.limit, node.offset]),
  ];
}

/** The table's entry for a node; its key is the node's own kind, which the compiler cannot follow. */
function lookUp<Node extends { readonly kind: string }>(
  table: ChildrenOf<Node>,
  node: Node,
): readonly AstNode[] {
  const entry = table[node.kind as Node["kind"]] as (node: Node) => readonly AstNode[];
  return entry(node);
}

/** The nodes directly inside a node, in source order. */
export function childrenOf(item: AstNode): readonly AstNode[] {
  switch (item.sort) {
    case "expression":
      return lookUp<Expression>(EXPRESSION_CHILDREN, item.node);
    case "query":
      return queryChildren(item.node);
    case "body":
      return lookUp<QueryBody>(BODY_CHILDREN, item.node);
    case "from":
      return lookUp<FromItem>(FROM_CHILDREN, item.node);
  }
}

function visit(item: AstNode, visitor: Visitor): boolean {
  switch (item.sort) {
    case "expression":
      return visitor.expression?.(item.node) !== false;
    case "query":
      return visitor.query?.(item.node) !== false;
    case "body":
      return visitor.body?.(item.node) !== false;
    case "from":
      return visitor.from?.(item.node) !== false;
  }
}

/** Visits a node and everything in it, parents first, in source order. The depth of the tree does not matter. */
export function walk(root: AstNode, visitor: Visitor): void {
  const stack = [root];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (!visit(item, visitor)) continue;
    const children = childrenOf(item);
    for (const child of children.toReversed()) stack.push(child);
  }
}

/** `walk` from an expression. */
export function walkExpression(node: Expression, visitor: Visitor): void {
  walk({ sort: "expression", node }, visitor);
}
