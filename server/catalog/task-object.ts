/** Tasks as catalog objects. */

import type { Base } from "./object-base.ts";

/** Which runs of a graph may take place at once: none, those of children, all. */
export type OverlapPolicy = "NO_OVERLAP" | "ALLOW_CHILD_OVERLAP" | "ALLOW_ALL_OVERLAP";

/** A task. What its session sets beside is in `options`. */
export type TaskObject = Base<"task"> & {
  readonly schemaId: number;
  /** What histories and SHOW name it by; a replaced task has another. */
  readonly uuid: string;
  /** The account's name as its maker saw it. */
  readonly account: string;
  /** Undefined for a task without a warehouse of its own. */
  readonly warehouse?: string | undefined;
  /** As written. */
  readonly schedule?: string | undefined;
  readonly config?: string | undefined;
  readonly overlap: OverlapPolicy;
  /** Ids of tasks. */
  readonly predecessors: readonly number[];
  /** The id of the root task that this one ends the graph of. */
  readonly finalizes?: number | undefined;
  readonly condition?: string | undefined;
  readonly definition: string;
  readonly state: "started" | "suspended";
  /** Counts the changes, for GRAPH_VERSION. */
  readonly version: number;
  /** The last RESUME, and the start of its intervals. */
  readonly resumedAt?: number | undefined;
  readonly suspendedAt?: number | undefined;
  readonly suspendedReason?: string | undefined;
};
