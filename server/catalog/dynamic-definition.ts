/**
 * What makes a table a dynamic table: the query that its rows come from, and how fresh they are kept.
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/overview
 */

/** How old the rows may be: a time of their own, or what the tables that read them need. */
export type TargetLag =
  | { readonly kind: "time"; readonly text: string; readonly seconds: number }
  | { readonly kind: "downstream" };

/** Why a table is suspended. https://docs.snowflake.com/en/user-guide/dynamic-tables/manage */
export type SuspensionReason =
  | "USER_SUSPENDED"
  | "UPSTREAM_USER_SUSPENDED"
  | "SUSPENDED_DUE_TO_ERRORS"
  | "UPSTREAM_SUSPENDED_DUE_TO_ERRORS"
  | "CLONED_AUTO_SUSPENDED"
  | "UPSTREAM_CLONED_AUTO_SUSPENDED";

export type DynamicDefinition = {
  /** The whole CREATE statement, for SHOW. */
  readonly text: string;
  /** The query's text, parsed at each refresh. */
  readonly query: string;
  /** Undefined with SCHEDULER = DISABLE. */
  readonly lag: TargetLag | undefined;
  /** As written; undefined when it was not. */
  readonly scheduler?: "ENABLE" | "DISABLE" | undefined;
  readonly warehouse: string;
  readonly initializationWarehouse?: string | undefined;
  /** REFRESH_MODE as written; what it means for this query is `mode`. */
  readonly askedMode: "AUTO" | "FULL" | "INCREMENTAL";
  readonly mode: "FULL" | "INCREMENTAL";
  readonly modeReason?: string | undefined;
  readonly initialize: "ON_CREATE" | "ON_SCHEDULE";
  readonly suspended?: { readonly reason: SuspensionReason } | undefined;
  /** The last suspension, which a resumed table keeps. */
  readonly suspendedAt?: number | undefined;
  readonly resumedAt?: number | undefined;
  readonly isClone?: true | undefined;
  /** From when this description holds, and what made it: DYNAMIC_TABLE_GRAPH_HISTORY. */
  readonly validFrom: number;
  readonly trigger: DescriptionTrigger;
};

export type DescriptionTrigger =
  | "CREATE_DYNAMIC_TABLE"
  | "ALTER_TARGET_LAG"
  | "ALTER_WAREHOUSE"
  | "SUSPEND"
  | "RESUME"
  | "NONE";
