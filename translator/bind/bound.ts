/**
 * Bound nodes: names resolved, types decided, implicit casts inserted. The lowering turns them into
 * DuckDB SQL without looking anything up. The shape follows the statement (not a relational plan), so
 * that lowered SQL stays readable.
 */

import type { FunctionEntry, Signature } from "../functions/define.ts";
import type { SnowType } from "../types/types.ts";
import type { QualifiedName } from "./catalog.ts";

/**
 * A constant in a form of its type: number and decfloat as decimal text; float as number; text as text; variant,
 * object, array as canonical text; binary as hex text; date as days since 1970; time as microseconds
 * since midnight; timestamps as microseconds since the epoch (wall clock for ntz, instant for ltz/tz) with the offset for tz;
 * intervals as whole months or nanoseconds in decimal text; periods as `begin|end`, an offset behind a blank.
 */
export type ConstantValue =
  | null
  | string
  | number
  | boolean
  | bigint
  | { readonly micros: bigint; readonly offsetMinutes: number };

type Typed = {
  readonly type: SnowType;
  readonly nullable: boolean;
  /** Where in the source text; undefined for nodes the binder made. */
  readonly offset?: number | undefined;
  /**
   * The name of a value that is drawn anew for every row (RANDOM(), NEXTVAL): wherever the name stands in a row, it is
   * one value (shared-values.ts, lower/draws.ts).
   */
  readonly drawn?: string | undefined;
};

export type BoundOrderItem = {
  readonly expression: BoundExpression;
  readonly descending: boolean;
  /** Always decided: Snowflake's default is NULLS LAST ascending, FIRST descending. */
  readonly nullsFirst: boolean;
};

export type BoundFrameBound =
  | { readonly kind: "unbounded_preceding" | "unbounded_following" | "current_row" }
  | {
      readonly kind: "preceding" | "following";
      readonly offset: BoundExpression;
      /** The offset is the text of DuckDB's INTERVAL: a distance between dates or times. */
      readonly inTime?: boolean | undefined;
    };

export type BoundWindow = {
  readonly partitionBy: readonly BoundExpression[];
  readonly orderBy: readonly BoundOrderItem[];
  readonly frame?:
    | {
        readonly unit: "rows" | "range" | "groups";
        readonly start: BoundFrameBound;
        readonly end: BoundFrameBound;
      }
    | undefined;
};

export type BoundExpression = Typed &
  (
    | { readonly kind: "constant"; readonly value: ConstantValue }
    /** A column of a FROM item (by the item's unique alias) or of an enclosing query's FROM item. */
    | {
        readonly kind: "column";
        readonly relation: string;
        readonly physical: string;
        readonly name: string;
      }
    /** Functions and operators alike: `+` is the entry named "+". */
    | {
        readonly kind: "call";
        readonly entry: FunctionEntry;
        readonly signature: Signature;
        readonly arguments: readonly BoundExpression[];
        readonly distinct: boolean;
        readonly orderBy: readonly BoundOrderItem[];
        readonly nulls?: "ignore" | "respect" | undefined;
        readonly fromLast: boolean;
        readonly over?: BoundWindow | undefined;
      }
    | {
        readonly kind: "cast";
        readonly operand: BoundExpression;
        /** TRY_CAST: NULL instead of an error. */
        readonly try: boolean;
        readonly implicit: boolean;
      }
    | { readonly kind: "and" | "or"; readonly operands: readonly BoundExpression[] }
    | { readonly kind: "not"; readonly operand: BoundExpression }
    | { readonly kind: "is_null"; readonly operand: BoundExpression; readonly negated: boolean }
    | {
        readonly kind: "case";
        readonly branches: readonly {
          readonly when: BoundExpression;
          readonly then: BoundExpression;
        }[];
        readonly otherwise: BoundExpression | undefined;
      }
    | {
        readonly kind: "in_list";
        readonly operand: BoundExpression;
        readonly items: readonly BoundExpression[];
        readonly negated: boolean;
      }
    /** Operand(s) against a query's column(s), already of one type each. */
    | {
        readonly kind: "in_query";
        readonly operands: readonly BoundExpression[];
        readonly query: BoundQuery;
        readonly negated: boolean;
      }
    | {
        readonly kind: "quantified";
        readonly operand: BoundExpression;
        readonly operator: "=" | "<>" | "<" | "<=" | ">" | ">=";
        readonly quantifier: "any" | "all";
        readonly query: BoundQuery;
      }
    | { readonly kind: "scalar_query"; readonly query: BoundQuery }
    | { readonly kind: "exists"; readonly query: BoundQuery }
    | {
        readonly kind: "lambda";
        readonly parameters: readonly string[];
        readonly body: BoundExpression;
      }
    | { readonly kind: "lambda_parameter"; readonly name: string }
    /** `body` of two parameters over the operands, all of the node's type, from left to right. */
    | {
        readonly kind: "fold";
        readonly operands: readonly BoundExpression[];
        readonly parameters: readonly [string, string];
        readonly body: BoundExpression;
      }
    | { readonly kind: "nextval"; readonly physical: string }
    /** A value known only when the statement starts: "current_timestamp" (instant), "query_id" … */
    | { readonly kind: "placeholder"; readonly name: PlaceholderName }
    /** Reference to a hidden column of a table: _id, _from (DML and streams). */
    | { readonly kind: "hidden"; readonly relation: string; readonly physical: string }
  );

export type PlaceholderName =
  | "current_timestamp"
  | "current_statement"
  | "query_id"
  | "transaction_id";

export type OutputColumn = {
  /** Snowflake's name, shown to the user. */
  readonly name: string;
  readonly type: SnowType;
  readonly nullable: boolean;
  /** The column's name in the lowered SQL: c1, c2, … by position. */
  readonly physical: string;
};

export type BoundQuery = {
  readonly kind: "query";
  readonly recursive: boolean;
  readonly ctes: readonly { readonly alias: string; readonly query: BoundQuery }[];
  readonly body: BoundBody;
  readonly columns: readonly OutputColumn[];
  readonly orderBy: readonly BoundOrderItem[];
  readonly limit: BoundExpression | undefined;
  readonly offset: BoundExpression | undefined;
  /** The query stands for a relation with policies: what is in it is not the reader's to see. */
  readonly protects?: { readonly relation: QualifiedName; readonly rowAccess: boolean } | undefined;
};

export type BoundBody = BoundSelect | BoundSetOperation | BoundValues | BoundQuery;

export type BoundSetOperation = {
  readonly kind: "set_operation";
  readonly operator: "union" | "intersect" | "except";
  readonly all: boolean;
  /** Both branches already give the common types under the same physical names. */
  readonly left: BoundBody;
  readonly right: BoundBody;
  readonly columns: readonly OutputColumn[];
};

export type BoundValues = {
  readonly kind: "values";
  readonly rows: readonly (readonly BoundExpression[])[];
  readonly columns: readonly OutputColumn[];
};

export type BoundGrouping =
  | { readonly kind: "expressions"; readonly expressions: readonly BoundExpression[] }
  | { readonly kind: "sets"; readonly sets: readonly (readonly BoundExpression[])[] };

export type BoundSelect = {
  readonly kind: "select";
  readonly distinct: boolean;
  readonly items: readonly { readonly expression: BoundExpression; readonly physical: string }[];
  readonly columns: readonly OutputColumn[];
  readonly from: readonly BoundFrom[];
  readonly where: BoundExpression | undefined;
  /** Undefined: no aggregation. No expressions: one group. */
  readonly grouping: BoundGrouping | undefined;
  readonly having: BoundExpression | undefined;
  readonly qualify: BoundExpression | undefined;
};

export type BoundFrom =
  | {
      readonly kind: "table";
      readonly alias: string;
      readonly table: QualifiedName;
      /** DuckDB table, or a parenthesised SELECT (history, inline). */
      readonly physical: string;
      readonly sample?: BoundSample | undefined;
    }
  | {
      readonly kind: "cte";
      readonly alias: string;
      readonly cte: string;
      readonly sample?: BoundSample | undefined;
    }
  | {
      readonly kind: "derived";
      readonly alias: string;
      readonly lateral: boolean;
      readonly query: BoundQuery;
      readonly sample?: BoundSample | undefined;
    }
  /** FLATTEN, GENERATOR, SPLIT_TO_TABLE …: the entry lowers it to a DuckDB table expression. */
  | {
      readonly kind: "table_function";
      readonly alias: string;
      readonly entry: FunctionEntry;
      readonly arguments: ReadonlyMap<string, BoundExpression>;
      readonly lateral: boolean;
      readonly sample?: BoundSample | undefined;
    }
  | {
      readonly kind: "join";
      readonly type: "inner" | "left" | "right" | "full" | "cross" | "asof" | "asof_left";
      readonly left: BoundFrom;
      readonly right: BoundFrom;
      readonly on: BoundExpression | undefined;
      readonly lateral: boolean;
    };

export type BoundSample = {
  readonly method: "bernoulli" | "system" | "reservoir";
  readonly size: number;
  readonly rows: boolean;
  readonly seed?: number | undefined;
};
