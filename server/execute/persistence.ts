/**
 * How long tables last where they are made: all that is in a transient database or schema is transient.
 * https://docs.snowflake.com/en/user-guide/tables-temp-transient
 */

import type { TableObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";

/** @param asked what the statement says of the table */
export function persistenceIn(
  snapshot: Snapshot,
  schemaId: number,
  asked: TableObject["persistence"],
): TableObject["persistence"] {
  const schema = snapshot.get(schemaId);
  const isTransient = schema?.kind === "schema" && schema.transient;
  return asked === "permanent" && isTransient ? "transient" : asked;
}
