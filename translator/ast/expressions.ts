/** Expression nodes: what the parser makes of Snowflake's expression grammar. Plain frozen data. */

import type { Span } from "../base/source.ts";
import type { OrderItem, Query } from "./queries.ts";

/** An identifier as stored: upper-cased unless it was quoted. */
export type Identifier = { readonly name: string; readonly quoted: boolean; readonly span: Span };

/**
 * `a`, `b.a`, `c.b.a`; an empty middle part (`db..t`) has the name "". Or IDENTIFIER(expression), or
 * REFERENCE('r'): what a consumer bound to a reference of a Native App (docs: native-apps/requesting-refs).
 */
export type ObjectName =
  | {
      readonly kind: "name";
      readonly parts: readonly Identifier[];
      /** `instance!METHOD`: a method of a class instance, such as a model's PREDICT. */
      readonly method?: Identifier | undefined;
      readonly span: Span;
    }
  | { readonly kind: "identifier_function"; readonly argument: Expression; readonly span: Span }
  | { readonly kind: "reference_function"; readonly reference: string; readonly span: Span };

export type TypeName = {
  /** Upper-case word(s) as written: "NUMBER", "DOUBLE PRECISION", "TIMESTAMP_NTZ", "CHARACTER VARYING". */
  readonly name: string;
  readonly parameters: readonly number[];
  /** ARRAY(T), MAP(K, V), VECTOR(FLOAT, 3): the type arguments. */
  readonly elements: readonly { readonly type: TypeName; readonly nullable: boolean }[];
  /** OBJECT(a T, b T NOT NULL). */
  readonly fields: readonly {
    readonly name: Identifier;
    readonly type: TypeName;
    readonly nullable: boolean;
  }[];
  readonly collation?: string | undefined;
  readonly span: Span;
};

/** `outer_join` is the mark of an old-style outer join: `t.c (+)` in WHERE. */
export type UnaryOperator =
  | "-"
  | "+"
  | "not"
  | "prior"
  | "connect_by_root"
  | "spread"
  | "outer_join";
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "||"
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "and"
  | "or";

/** `expr:a.b[0]`: steps in order; `[expression]` may be any expression. */
export type PathStep =
  | { readonly kind: "key"; readonly name: string; readonly quoted: boolean }
  | { readonly kind: "index"; readonly expression: Expression };

export type StarModifiers = {
  readonly ilike?: string | undefined;
  readonly exclude: readonly Identifier[];
  readonly replace: readonly { readonly expression: Expression; readonly name: Identifier }[];
  readonly rename: readonly { readonly from: Identifier; readonly to: Identifier }[];
};

export type WindowFrameBound =
  | { readonly kind: "unbounded_preceding" }
  | { readonly kind: "unbounded_following" }
  | { readonly kind: "current_row" }
  | { readonly kind: "preceding"; readonly offset: Expression }
  | { readonly kind: "following"; readonly offset: Expression };

export type WindowFrame = {
  readonly unit: "rows" | "range" | "groups";
  readonly start: WindowFrameBound;
  readonly end?: WindowFrameBound | undefined;
};

export type WindowSpecification = {
  /** OVER w, or OVER (w …). */
  readonly base?: Identifier | undefined;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame?: WindowFrame | undefined;
};

export type Argument = {
  /** `name => value`. */
  readonly name?: Identifier | undefined;
  readonly value: Expression;
};

type Node<Kind extends string, Fields = unknown> = {
  readonly kind: Kind;
  readonly span: Span;
} & Readonly<Fields>;

export type NumberLiteral = Node<"number_literal", { text: string }>;
export type StringLiteral = Node<"string_literal", { value: string; dollarQuoted: boolean }>;
export type BinaryLiteral = Node<"binary_literal", { hex: string }>;
export type BooleanLiteral = Node<"boolean_literal", { value: boolean }>;
export type NullLiteral = Node<"null_literal">;
/** DATE '…', TIME '…', TIMESTAMP[_NTZ|_LTZ|_TZ] '…', DECFLOAT '…'. */
export type TypedLiteral = Node<"typed_literal", { type: TypeName; value: string }>;
/** INTERVAL '1 day, 2 hours' or INTERVAL '3' DAY or INTERVAL '1-2' YEAR TO MONTH. */
export type IntervalLiteral = Node<
  "interval_literal",
  { value: string; unit?: string | undefined; toUnit?: string | undefined }
>;
/** `a`, `t.a`, `s.t.a`, `d.s.t.a`. Whether a part is a table or a column is the binder's business. */
export type ColumnReference = Node<"column", { parts: readonly Identifier[] }>;
/** `$1`, `t.$1`. */
export type PositionalReference = Node<
  "positional",
  { qualifier: readonly Identifier[]; index: number }
>;
export type SessionVariable = Node<"session_variable", { name: string }>;
/** `?` (index counts from 1), `:1` (index), `:name` (name; also a scripting variable). */
export type BindReference = Node<
  "bind",
  { index?: number | undefined; name?: Identifier | undefined }
>;
export type Star = Node<"star", { qualifier: readonly Identifier[]; modifiers: StarModifiers }>;
export type UnaryExpression = Node<"unary", { operator: UnaryOperator; operand: Expression }>;
export type BinaryExpression = Node<
  "binary",
  { operator: BinaryOperator; left: Expression; right: Expression }
>;
export type IsExpression = Node<
  "is",
  { operand: Expression; negated: boolean; test: "null" | "true" | "false" }
>;
export type DistinctFromExpression = Node<
  "distinct_from",
  { left: Expression; right: Expression; negated: boolean }
>;
export type BetweenExpression = Node<
  "between",
  { operand: Expression; low: Expression; high: Expression; negated: boolean }
>;
export type InListExpression = Node<
  "in_list",
  { operand: Expression; items: readonly Expression[]; negated: boolean }
>;
export type InQueryExpression = Node<
  "in_query",
  { operand: Expression; query: Query; negated: boolean }
>;
/** x = ANY (query), x > ALL (query). */
export type QuantifiedExpression = Node<
  "quantified",
  { operand: Expression; operator: BinaryOperator; quantifier: "any" | "all"; query: Query }
>;
export type LikeExpression = Node<
  "like",
  {
    operand: Expression;
    operator: "like" | "ilike" | "rlike";
    negated: boolean;
    quantifier?: "any" | "all" | undefined;
    patterns: readonly Expression[];
    escape?: Expression | undefined;
  }
>;
export type CaseExpression = Node<
  "case",
  {
    operand?: Expression | undefined;
    branches: readonly { readonly when: Expression; readonly then: Expression }[];
    otherwise?: Expression | undefined;
  }
>;
export type CastExpression = Node<
  "cast",
  {
    operand: Expression;
    type: TypeName;
    style: "operator" | "cast" | "try_cast";
    /** CAST(x AS OBJECT(…) RENAME FIELDS / ADD FIELDS). */
    options: readonly string[];
  }
>;
/**
 * A function call, also for functions with grammar of their own, in normal form: EXTRACT(p FROM x) has the
 * arguments [p as column, x]; POSITION(a IN b) [a, b]; TRIM is plain; CEIL plain; bare CURRENT_DATE
 * has `bare: true` and no arguments. DATE parts written as words stay column references.
 */
export type CallExpression = Node<
  "call",
  {
    name: ObjectName;
    bare: boolean;
    arguments: readonly Argument[];
    distinct: boolean;
    /** ORDER BY inside WITHIN GROUP (…). */
    withinGroup: readonly OrderItem[];
    nulls?: "ignore" | "respect" | undefined;
    /** NTH_VALUE … FROM LAST. */
    fromLast: boolean;
    over?: WindowSpecification | undefined;
  }
>;
export type PathExpression = Node<"path", { base: Expression; steps: readonly PathStep[] }>;
export type ArrayLiteral = Node<"array_literal", { items: readonly Expression[] }>;
export type ObjectLiteral = Node<
  "object_literal",
  {
    entries: readonly { readonly key: Expression; readonly value: Expression }[];
    /** {*}, {t.* EXCLUDE …}: the columns' names and values. */
    stars: readonly Star[];
  }
>;
export type SubqueryExpression = Node<"subquery", { query: Query }>;
export type ExistsExpression = Node<"exists", { query: Query }>;
/** `(a, b)`, only next to IN, =, in GROUP BY and in VALUES. */
export type TupleExpression = Node<"tuple", { items: readonly Expression[] }>;
export type LambdaExpression = Node<
  "lambda",
  {
    parameters: readonly { readonly name: Identifier; readonly type?: TypeName | undefined }[];
    body: Expression;
  }
>;
export type CollateExpression = Node<"collate", { operand: Expression; collation: string }>;
/** IDENTIFIER('name') as a column. */
export type IdentifierExpression = Node<"identifier_function", { argument: Expression }>;
/** seq.NEXTVAL is a column reference; the binder resolves it. A parenthesised expression keeps its own node: its text names columns. */
export type ParenthesizedExpression = Node<"parenthesized", { inner: Expression }>;
/** DEFAULT in VALUES or SET. */
export type DefaultExpression = Node<"default">;

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BinaryLiteral
  | BooleanLiteral
  | NullLiteral
  | TypedLiteral
  | IntervalLiteral
  | ColumnReference
  | PositionalReference
  | SessionVariable
  | BindReference
  | Star
  | UnaryExpression
  | BinaryExpression
  | IsExpression
  | DistinctFromExpression
  | BetweenExpression
  | InListExpression
  | InQueryExpression
  | QuantifiedExpression
  | LikeExpression
  | CaseExpression
  | CastExpression
  | CallExpression
  | PathExpression
  | ArrayLiteral
  | ObjectLiteral
  | SubqueryExpression
  | ExistsExpression
  | TupleExpression
  | LambdaExpression
  | CollateExpression
  | IdentifierExpression
  | ParenthesizedExpression
  | DefaultExpression;

export type ExpressionKind = Expression["kind"];
