/** The session as the binder sees it: names to complete with, parameters and variables that change meaning. */

import type { SnowType } from "../types/types.ts";
import type { ConstantValue } from "./bound.ts";
import type { CatalogSnapshot, QualifiedName, Relation, StagedFormat } from "./catalog.ts";

export type TypedValue = { readonly type: SnowType; readonly value: ConstantValue };

export type BindContext = {
  readonly catalog: CatalogSnapshot;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly role: string;
  /** In a view: the role that owns it (docs: invoker_role). */
  readonly invoker?: string | undefined;
  readonly warehouse: string | undefined;
  readonly user: string;
  readonly account: string;
  readonly sessionId: string;
  /** Session parameter by upper-case name (TIMEZONE, WEEK_START, DATE_INPUT_FORMAT …). */
  readonly parameter: (name: string) => string | number | boolean;
  /** Other values that context functions give, by the names in functions/context.ts; null when there is none. */
  readonly session?: ((name: string) => string | null) | undefined;
  /** Session variable by stored name (without $). */
  readonly variable: (name: string) => TypedValue | undefined;
  /** Value of `?`/`:n` (index from 1) or `:name`; undefined when it is not set. */
  readonly bind: (key: number | string) => TypedValue | undefined;
  /** `FROM $n` after a flow operator: the result of the statement n places before; undefined when there is none. */
  readonly pipe?: ((back: number) => Relation | undefined) | undefined;
  /** LAST_QUERY_ID(n): n counts from 1 forwards, from -1 backwards. */
  readonly lastQueryId: (n: number) => string | undefined;
  /** Answers to the queries that the binder asked for (bind/query-prequery.ts), by their key. */
  readonly prequery?: ((key: string) => readonly (string | null)[] | undefined) | undefined;
  /** Describe only: binds without values fit every type instead of being refused. */
  readonly describeOnly: boolean;
  /** Set while a policy's body is bound: the policies around it by id, and what they protect. */
  readonly policy?:
    | {
        readonly active: readonly number[];
        readonly relation: QualifiedName;
        readonly column: string | undefined;
      }
    | undefined;
  /** Tables are read as they are stored, past their policies: for CLONE, whose rows nobody sees. */
  readonly readsStored?: boolean | undefined;
  /** Binds are text whatever their type was: they are read as a COPY reads a field, also into BINARY. */
  readonly textBinds?: boolean | undefined;
  /** The format of staged files, where the statement itself says it (COPY), not the stage. */
  readonly stagedFormat?: StagedFormat | undefined;
};
