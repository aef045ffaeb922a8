/** What a statement gives back, before any encoding: typed columns and where the rows come from. */

import type { ConstantValue } from "../../translator/bind/bound.ts";
import type { SnowType } from "../../translator/types/types.ts";

export type ResultColumn = {
  readonly name: string;
  readonly type: SnowType;
  readonly nullable: boolean;
};

/** A cell made in JavaScript, in the form that bound.ts names for constants of the column's type. */
export type Cell = ConstantValue;

export type RowSource =
  /** Few rows that the server made itself: status lines, SHOW, DESCRIBE, DML counts. */
  | { readonly kind: "cells"; readonly rows: readonly (readonly Cell[])[] }
  /** A DuckDB SELECT, not yet run; its columns have exactly the physical types of the result columns. */
  | { readonly kind: "query"; readonly sql: string; readonly volatile: boolean };

/** Row counts that drivers read as `stats`. */
export type DmlStats = {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  readonly duplicates: number;
};

export type ResultStream = {
  readonly columns: readonly ResultColumn[];
  readonly rows: RowSource;
};
