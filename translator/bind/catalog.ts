/** What the binder knows of the account: an immutable view that server/catalog implements. */

import type { Expression } from "../ast/expressions.ts";
import type { Query } from "../ast/queries.ts";
import type { SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";

/** A fully resolved name, each part as stored. */
export type QualifiedName = {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
};

export type RelationColumn = {
  /** As stored (upper case unless it was quoted). */
  readonly name: string;
  readonly type: SnowType;
  readonly nullable: boolean;
  /** The DuckDB column, already quoted where needed. */
  readonly physical: string;
  /** The expression's text of a column that is not stored. */
  readonly virtual?: string | undefined;
  /** `*` leaves it out. */
  readonly hidden?: boolean | undefined;
  /** What an insert that leaves the column out puts there; NULL when undefined. */
  readonly default?:
    | { readonly kind: "expression"; readonly expression: Expression; readonly text: string }
    /** An identity column: the next value of a DuckDB sequence. */
    | { readonly kind: "nextval"; readonly physical: string }
    | undefined;
};

/** A policy on a relation: an expression over some of its columns, in a scope of its own. */
export type RelationPolicy = {
  readonly id: number;
  /** Names in the body resolve in the policy's schema. */
  readonly name: QualifiedName;
  readonly parameters: readonly { readonly name: string; readonly type: SnowType }[];
  readonly body: string;
  /** The index of the relation's column that stands for each parameter. */
  readonly columns: readonly number[];
};

/** What stands between a relation's stored values and everybody who reads it. */
export type RelationProtection = {
  /** The relation that the policies are on; of a table's past the table itself. */
  readonly relation: QualifiedName;
  /** Masking policies by the index of their column. */
  readonly masks: ReadonlyMap<number, RelationPolicy>;
  readonly rowAccess: RelationPolicy | undefined;
};

type Protected = { readonly protection?: RelationProtection | undefined };

export type Relation = Protected & AnyRelation;

type AnyRelation =
  | {
      readonly kind: "table";
      readonly name: QualifiedName;
      /** The catalog's id of the object. */
      readonly id: number;
      /** DuckDB table of the current rows, as SQL; it also has the columns _id and _from. */
      readonly physical: string;
      readonly columns: readonly RelationColumn[];
      /** A dynamic table, which has rows from its first refresh on. */
      readonly dynamic?: boolean | undefined;
    }
  | {
      readonly kind: "view";
      readonly name: QualifiedName;
      readonly id: number;
      /** The role that owns it; undefined for what runs under the reader's role. */
      readonly owner?: string | undefined;
      readonly query: Query;
      /** The text that `query` was parsed from: names of unnamed expressions are cut from it. */
      readonly text: string;
      readonly columns: readonly RelationColumn[];
      /** Where the names of the query resolve, when that is not the statement's own catalog. */
      readonly catalog?: CatalogSnapshot | undefined;
    }
  /** INFORMATION_SCHEMA views, RESULT_SCAN, table functions answered by the server: any DuckDB query. */
  | {
      readonly kind: "inline";
      readonly name: QualifiedName;
      /** A DuckDB SELECT whose columns are called as the physical names below. */
      readonly sql: string;
      readonly columns: readonly RelationColumn[];
      /** The id of the stream whose changes these are. */
      readonly stream?: number | undefined;
    };

export type SequenceInfo = {
  readonly name: QualifiedName;
  readonly id: number;
  readonly physical: string;
};

/** A point in a table's history: `AT`, `BEFORE`, already evaluated by the caller of the binder. */
export type HistoryPoint = {
  readonly clause: "at" | "before";
  readonly by: "timestamp" | "offset" | "statement" | "stream" | "version";
  /** The constant's text: ISO instant, seconds, query id. */
  readonly value: string;
};

/** Where the names of a routine's text resolve. */
export type RoutineSchema = Pick<QualifiedName, "database" | "schema">;

export type UserParameter = {
  readonly name: string;
  readonly type: SnowType;
  /** The text of the default; undefined for an argument that must be given. */
  readonly default?: string | undefined;
};

/** RETURNS TABLE (…): a query over the arguments, or a value that is an ARRAY with an OBJECT for each row. */
export type UserTableFunction = {
  readonly name: QualifiedName;
  readonly parameters: readonly UserParameter[];
  readonly columns: readonly { readonly name: string; readonly type: SnowType }[];
} & (
  | {
      readonly kind: "query";
      readonly query: Query;
      /** The text that `query` was parsed from. */
      readonly text: string;
    }
  | {
      readonly kind: "rows";
      /** Whether a call keeps a state from row to row, or gives rows at the end of a partition. */
      readonly stateful: boolean;
      /** The texts in which arguments cross. */
      readonly texts: (
        values: readonly BoundExpression[],
        binder: Binder,
      ) => readonly BoundExpression[];
      /** The arguments of one row as the JSON text of a partition's rows. */
      readonly single: (values: readonly BoundExpression[], binder: Binder) => BoundExpression;
      /**
       * What the function gives for a partition: an ARRAY of OBJECTs with the row `r` and the index `i` of the row it was given for.
       * @param flags the JSON list that says which arguments are constants @param rows the JSON list of lists of texts
       */
      readonly results: (
        flags: BoundExpression,
        rows: BoundExpression,
        binder: Binder,
      ) => BoundExpression;
    }
);

/** What the binder needs to know of staged files. */
export type StagedFormat = {
  /** Each row is one VARIANT, `$1`; else rows have as many VARCHAR columns as fields. */
  readonly isSemiStructured: boolean;
};

/** Staged files that a statement reads: the server reads them when the statement runs. */
export type StagedScan = {
  readonly kind: "scan";
  /** Stands in lowered SQL for the rows, until the server puts a SELECT in its place. */
  readonly token: string;
  readonly path: string;
  readonly options: ReadonlyMap<string, string>;
  /** The columns that the statement refers to, by number from 1; called c1, c2, … */
  readonly columns: Set<number>;
};

/** INFER_SCHEMA: the server looks into the files when the statement runs. */
export type SchemaScan = {
  readonly kind: "schema";
  readonly token: string;
  /** By upper-case name; several values of FILES. */
  readonly arguments: ReadonlyMap<string, readonly string[]>;
};

export interface CatalogSnapshot {
  /** Changes with every DDL; part of the key of cached translations. */
  readonly version: number;
  hasDatabase(database: string): boolean;
  hasSchema(database: string, schema: string): boolean;
  /** The table, view or information-schema view of that name; undefined when there is none. */
  relation(name: QualifiedName): Relation | undefined;
  sequence(name: QualifiedName): SequenceInfo | undefined;
  /** The stored result of a query, for RESULT_SCAN. Throws SnowflakeError when it is not there. */
  resultScan?(queryId: string): Relation;
  /** A table function that the server answers (INFORMATION_SCHEMA.QUERY_HISTORY …). */
  tableFunction?(
    name: QualifiedName,
    args: ReadonlyMap<string, string | null>,
  ): Relation | undefined;
  /** A user's table functions of that name, overloads in order: their queries are bound in place. */
  userTableFunctions?(name: QualifiedName): readonly UserTableFunction[];
  /** The DuckDB SELECT of a table's rows at a point of its history (physical column names). */
  relationAt?(relation: Relation, point: HistoryPoint): string;
  /**
   * The format of staged files in FROM. Options by upper-case name, as text.
   * @throws 002003 for a stage or a file format that is not there
   */
  stage?(path: string, options: ReadonlyMap<string, string>): StagedFormat;
  /** The DuckDB SELECT of changes between two points, with METADATA$ columns. */
  changes?(
    relation: Relation,
    information: "default" | "append_only",
    from: HistoryPoint,
    to: HistoryPoint | undefined,
  ): Relation;
}
