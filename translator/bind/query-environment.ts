/** What a query sees besides columns: the CTEs around it. */

import type { OutputColumn } from "./bound.ts";

export type CteInfo = {
  /** The CTE's name in the lowered SQL. */
  readonly alias: string;
  readonly columns: readonly OutputColumn[];
};

/** CTEs by stored name; an inner WITH hides the names of an outer one. */
export type Environment = {
  readonly ctes: ReadonlyMap<string, CteInfo>;
};

export const EMPTY_ENVIRONMENT: Environment = { ctes: new Map() };

export function withCte(environment: Environment, name: string, info: CteInfo): Environment {
  return { ctes: new Map([...environment.ctes, [name, info]]) };
}
