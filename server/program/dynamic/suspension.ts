/**
 * Suspending and resuming dynamic tables, and what that means for those that read them.
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/manage
 */

import type { DynamicDefinition, SuspensionReason } from "../../catalog/dynamic-definition.ts";
import type { DynamicTable } from "../../catalog/dynamic-table.ts";
import type { CatalogChange, Snapshot } from "../../catalog/snapshot.ts";
import { DynamicGraph } from "./graph.ts";

const BELOW: Readonly<Partial<Record<SuspensionReason, SuspensionReason>>> = {
  USER_SUSPENDED: "UPSTREAM_USER_SUSPENDED",
  SUSPENDED_DUE_TO_ERRORS: "UPSTREAM_SUSPENDED_DUE_TO_ERRORS",
  CLONED_AUTO_SUSPENDED: "UPSTREAM_CLONED_AUTO_SUSPENDED",
};

const MESSAGES: Readonly<Record<SuspensionReason, string>> = {
  USER_SUSPENDED: "The DT was suspended by a user",
  UPSTREAM_USER_SUSPENDED: "The DT was suspended because an input DT was suspended by a user",
  SUSPENDED_DUE_TO_ERRORS: "The DT was suspended due to 5 consecutive refresh errors",
  UPSTREAM_SUSPENDED_DUE_TO_ERRORS:
    "The DT was suspended because an input DT had 5 consecutive refresh errors",
  CLONED_AUTO_SUSPENDED: "The DT was suspended because it was cloned",
  UPSTREAM_CLONED_AUTO_SUSPENDED: "The DT was suspended because an input DT was cloned",
};

/** The text that goes with a reason. */
export function suspensionMessage(reason: SuspensionReason): string {
  return MESSAGES[reason];
}

/** The parts of a definition that is suspended from now on. */
export function suspendedFields(reason: SuspensionReason, now: number): Partial<DynamicDefinition> {
  return { suspended: { reason }, suspendedAt: now, validFrom: now, trigger: "SUSPEND" };
}

/** Suspends a table, and those below it that are active. */
export function suspensionChanges(
  table: DynamicTable,
  reason: SuspensionReason,
  snapshot: Snapshot,
  now: number,
): CatalogChange[] {
  const own = changed(table, suspendedFields(reason, now), now);
  const below = BELOW[reason] ?? reason;
  const others = new DynamicGraph(snapshot)
    .allBelow(table.id)
    .filter(({ id, dynamic }) => id !== table.id && dynamic.suspended === undefined)
    .map((reader) => changed(reader, suspendedFields(below, now), now));
  return [own, ...others];
}

/** A suspended table above one, which has to be resumed before it. */
export function suspendedAbove(table: DynamicTable, snapshot: Snapshot): DynamicTable | undefined {
  return new DynamicGraph(snapshot)
    .above(table.id)
    .find(({ dynamic }) => dynamic.suspended !== undefined);
}

/** Resumes a table, and those below it that were suspended for what is above them. */
export function resumptionChanges(
  table: DynamicTable,
  snapshot: Snapshot,
  now: number,
): CatalogChange[] {
  const graph = new DynamicGraph(snapshot);
  const resumed = new Set([table.id]);
  const isSuspended = ({ id, dynamic }: DynamicTable) =>
    dynamic.suspended !== undefined && !resumed.has(id);
  const readers = graph.upstreamFirst(graph.allBelow(table.id));
  for (const reader of readers) {
    const reason = reader.dynamic.suspended?.reason ?? "";
    const follows = reason.startsWith("UPSTREAM_") && !graph.above(reader.id).some(isSuspended);
    if (follows) resumed.add(reader.id);
  }
  const fields = {
    suspended: undefined,
    resumedAt: now,
    validFrom: now,
    trigger: "RESUME",
  } as const;
  return [table, ...readers.filter(({ id }) => id !== table.id)]
    .filter(({ id }) => resumed.has(id))
    .map((resumable) => changed(resumable, fields, now));
}

function changed(
  table: DynamicTable,
  fields: Partial<DynamicDefinition>,
  now: number,
): CatalogChange {
  const dynamic = { ...table.dynamic, ...fields };
  return { kind: "put", object: { ...table, dynamic, alteredAt: now } };
}
