/** Query nodes: SELECT, set operations, VALUES, FROM items. Plain frozen data. */

import type { Span } from "../base/source.ts";
import type {
  Argument,
  Expression,
  Identifier,
  ObjectName,
  StarModifiers,
  WindowSpecification,
} from "./expressions.ts";

export type OrderItem = {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nulls?: "first" | "last" | undefined;
};

export type CommonTableExpression = {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
  readonly span: Span;
};

/** `WITH m AS MODEL name [VERSION v]`: a model that the query calls as `m!METHOD(…)`. Docs: model-methods. */
export type ModelAlias = {
  readonly name: Identifier;
  readonly model: ObjectName;
  readonly version?: Identifier | undefined;
};

/** A whole query: WITH … body ORDER BY … LIMIT …. */
export type Query = {
  readonly kind: "query";
  readonly recursive: boolean;
  readonly ctes: readonly CommonTableExpression[];
  /** Models among the common table expressions; absent when there are none. */
  readonly models?: readonly ModelAlias[] | undefined;
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  /** ORDER BY ALL [DESC] [NULLS …]. */
  readonly orderByAll?:
    | { readonly descending: boolean; readonly nulls?: "first" | "last" | undefined }
    | undefined;
  readonly limit?: Expression | undefined;
  readonly offset?: Expression | undefined;
  /** FOR UPDATE; `wait` is NOWAIT or the seconds of WAIT. */
  readonly forUpdate?: { readonly wait?: "nowait" | number | undefined } | undefined;
  readonly span: Span;
};

export type QueryBody = Select | SetOperation | Values | ParenthesizedQuery;

export type SetOperation = {
  readonly kind: "set_operation";
  readonly operator: "union" | "intersect" | "except";
  readonly all: boolean;
  readonly byName: boolean;
  readonly left: QueryBody;
  readonly right: QueryBody;
  readonly span: Span;
};

/** VALUES (…), (…) standing alone as a query or in FROM. */
export type Values = {
  readonly kind: "values";
  readonly rows: readonly (readonly Expression[])[];
  readonly span: Span;
};

export type ParenthesizedQuery = {
  readonly kind: "parenthesized_query";
  readonly query: Query;
  readonly span: Span;
};

export type SelectItem =
  | {
      readonly kind: "expression";
      readonly expression: Expression;
      readonly alias?: Identifier | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "star";
      readonly qualifier: readonly Identifier[];
      readonly modifiers: StarModifiers;
      readonly span: Span;
    };

export type GroupingElement =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "rollup"; readonly sets: readonly (readonly Expression[])[] }
  | { readonly kind: "cube"; readonly sets: readonly (readonly Expression[])[] }
  /** GROUPING SETS ((a, b), a, ()); a set may itself be ROLLUP or CUBE. */
  | {
      readonly kind: "grouping_sets";
      readonly sets: readonly (readonly Expression[] | GroupingElement)[];
    };

export type GroupBy =
  | { readonly kind: "all" }
  | { readonly kind: "elements"; readonly elements: readonly GroupingElement[] };

export type ConnectBy = {
  readonly startWith?: Expression | undefined;
  readonly condition: Expression;
};

export type Select = {
  readonly kind: "select";
  readonly distinct: boolean;
  readonly top?: Expression | undefined;
  readonly items: readonly SelectItem[];
  /** SELECT … INTO :a, :b (Snowflake Scripting). */
  readonly into: readonly Identifier[];
  /** Comma-separated FROM items; empty when there is no FROM. */
  readonly from: readonly FromItem[];
  readonly where?: Expression | undefined;
  readonly connectBy?: ConnectBy | undefined;
  readonly groupBy?: GroupBy | undefined;
  readonly having?: Expression | undefined;
  readonly windows: readonly { readonly name: Identifier; readonly window: WindowSpecification }[];
  readonly qualify?: Expression | undefined;
  readonly span: Span;
};

export type TableAlias = {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
};

export type TimeTravel = {
  readonly clause: "at" | "before";
  readonly by: "timestamp" | "offset" | "statement" | "stream" | "version";
  readonly value: Expression;
};

export type Changes = {
  readonly information: "default" | "append_only";
  readonly from: TimeTravel;
  readonly to?: TimeTravel | undefined;
};

export type Sample = {
  readonly method: "bernoulli" | "system";
  /** A percentage, or a count when rows is true. */
  readonly size: Expression;
  readonly rows: boolean;
  readonly seed?: Expression | undefined;
};

export type JoinType = "inner" | "left" | "right" | "full" | "cross" | "asof";

export type FromItem =
  | {
      readonly kind: "table";
      readonly name: ObjectName;
      readonly alias?: TableAlias | undefined;
      readonly timeTravel?: TimeTravel | undefined;
      readonly changes?: Changes | undefined;
      readonly sample?: Sample | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "derived";
      readonly lateral: boolean;
      readonly query: Query;
      readonly alias?: TableAlias | undefined;
      readonly sample?: Sample | undefined;
      readonly span: Span;
    }
  /** TABLE(f(…)), LATERAL FLATTEN(…), LATERAL f(…), FLATTEN(…) directly in FROM. */
  | {
      readonly kind: "table_function";
      readonly lateral: boolean;
      readonly name: ObjectName;
      readonly arguments: readonly Argument[];
      /** TABLE(udtf(…) OVER (PARTITION BY …)). */
      readonly over?: WindowSpecification | undefined;
      readonly alias?: TableAlias | undefined;
      readonly sample?: Sample | undefined;
      /** Where the call stands, without TABLE( ) and the alias. */
      readonly call: { readonly span: Span };
      readonly span: Span;
    }
  /** TABLE('name'), TABLE($variable), TABLE(:bind), TABLE(?): a table named by an expression; or TABLE(result_set). */
  | {
      readonly kind: "table_expression";
      readonly expression: Expression;
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "stage";
      /** The path as written, with its @. */
      readonly path: string;
      readonly options: readonly { readonly name: string; readonly value: Expression }[];
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "values";
      readonly values: Values;
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "join";
      readonly type: JoinType;
      readonly natural: boolean;
      readonly lateral: boolean;
      readonly left: FromItem;
      readonly right: FromItem;
      readonly on?: Expression | undefined;
      readonly using: readonly Identifier[];
      /** ASOF JOIN … MATCH_CONDITION (…). */
      readonly matchCondition?: Expression | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "parenthesized";
      readonly item: FromItem;
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "pivot";
      readonly source: FromItem;
      readonly aggregates: readonly {
        readonly call: Expression;
        readonly alias?: Identifier | undefined;
      }[];
      readonly column: Expression;
      readonly values:
        | {
            readonly kind: "list";
            readonly items: readonly {
              readonly value: Expression;
              readonly alias?: Identifier | undefined;
            }[];
          }
        | { readonly kind: "any"; readonly orderBy: readonly OrderItem[] }
        | { readonly kind: "query"; readonly query: Query };
      readonly defaultOnNull?: Expression | undefined;
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "unpivot";
      readonly source: FromItem;
      readonly includeNulls: boolean;
      readonly valueColumn: Identifier;
      readonly nameColumn: Identifier;
      readonly columns: readonly {
        readonly column: Identifier;
        readonly alias?: { readonly text: string } | undefined;
      }[];
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "match_recognize";
      readonly source: FromItem;
      readonly partitionBy: readonly Expression[];
      readonly orderBy: readonly OrderItem[];
      readonly measures: readonly {
        readonly semantics?: "final" | "running" | undefined;
        readonly expression: Expression;
        readonly alias: Identifier;
      }[];
      readonly rowsPerMatch:
        | "one"
        | "all"
        | "all_show_empty"
        | "all_omit_empty"
        | "all_with_unmatched";
      readonly afterMatch:
        | { readonly kind: "past_last_row" }
        | { readonly kind: "next_row" }
        | { readonly kind: "to_first" | "to_last"; readonly symbol: Identifier };
      readonly pattern: RowPattern;
      readonly subsets: readonly {
        readonly name: Identifier;
        readonly symbols: readonly Identifier[];
      }[];
      readonly define: readonly { readonly symbol: Identifier; readonly condition: Expression }[];
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "resample";
      readonly source: FromItem;
      /** USING: the column that is filled up. */
      readonly column: Expression;
      readonly increment: Expression;
      readonly partitionBy: readonly Expression[];
      readonly metadata: readonly {
        readonly kind: "is_generated" | "bucket_start";
        readonly alias?: Identifier | undefined;
      }[];
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: "semantic_view";
      readonly name: ObjectName;
      /** In the order that they are written in, which is that of the columns. */
      readonly clauses: readonly {
        readonly kind: "metrics" | "facts" | "dimensions";
        readonly members: readonly SemanticMember[];
      }[];
      readonly where?: Expression | undefined;
      readonly alias?: TableAlias | undefined;
      readonly span: Span;
    };

/** A metric, fact or dimension of a semantic view that a query asks for. */
export type SemanticMember = {
  readonly expression: Expression;
  readonly alias?: Identifier | undefined;
};

export type RowPattern =
  | { readonly kind: "symbol"; readonly name: Identifier }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "empty" }
  | { readonly kind: "concatenation"; readonly items: readonly RowPattern[] }
  | { readonly kind: "alternation"; readonly items: readonly RowPattern[] }
  | { readonly kind: "permutation"; readonly items: readonly RowPattern[] }
  | { readonly kind: "exclusion"; readonly item: RowPattern }
  | {
      readonly kind: "quantified";
      readonly item: RowPattern;
      readonly minimum: number;
      /** Undefined means unbounded. */
      readonly maximum?: number | undefined;
      readonly reluctant: boolean;
    };
