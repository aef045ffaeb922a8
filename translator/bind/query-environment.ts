/** What a query sees besides columns: the CTEs around it. */

import type { OutputColumn } from "./bound.ts";

export type CteInfo = {
  /** The CTE's name in the lowered SQL. */
  readonly alias: string;
  readonly columns: readonly OutputColumn[];
};

/** CTEs by stored name; those of an inner WITH hide those of an outer one. */
export type Environment = {
  readonly ctes: ReadonlyMap<string, CteInfo>;
  readonly outer: Environment | undefined;
};

export const EMPTY_ENVIRONMENT: Environment = { ctes: new Map(), outer: undefined };

/** The environment with CTEs in front of it; the map may grow while later CTEs of the same WITH are bound. */
export function withCtes(outer: Environment, ctes: ReadonlyMap<string, CteInfo>): Environment {
  return { ctes, outer };
}

export function findCte(environment: Environment, name: string): CteInfo | undefined {
  for (let at: Environment | undefined = environment; at !== undefined; at = at.outer) {
    const found = at.ctes.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
