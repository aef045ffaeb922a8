/**
 * Parameters of objects: what an object does not set, its schema, its database or the account sets for it.
 * https://docs.snowflake.com/en/sql-reference/parameters
 */

import type { ParameterValue } from "../session/parameter-table.ts";
import { parameterEntry, parameterValue } from "../session/parameters.ts";
import { accountSetting } from "./inherited-parameters.ts";
import { type CatalogObject, parentId, type TableObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";

/** What decides of a parameter: the object's own options, and where the object is. */
type Holder = Pick<CatalogObject, "kind" | "options"> & {
  readonly schemaId?: number | undefined;
  readonly databaseId?: number | undefined;
};

export type ObjectParameter = {
  readonly value: ParameterValue;
  /** The kind of object that set it, as SHOW PARAMETERS prints it; "" for the default. */
  readonly level: string;
};

const PARENTS_MAX = 2;

/** The parameter's value for an object, and who set it. */
export function objectParameter(holder: Holder, name: string, snapshot: Snapshot): ObjectParameter {
  const entry = parameterEntry(name);
  let object: Holder | undefined = holder;
  for (let parents = 0; object !== undefined && parents <= PARENTS_MAX; parents++) {
    const text: string | undefined = object.options[name];
    if (text !== undefined) {
      const level = object.kind.toUpperCase();
      return { value: parameterValue(entry, text), level };
    }
    const parent: number = object.schemaId ?? object.databaseId ?? 0;
    object = parent === 0 ? undefined : snapshot.get(parent);
  }
  const ofAccount = accountSetting(snapshot)?.options[name];
  if (ofAccount === undefined) return { value: entry.fallback, level: "" };
  return { value: parameterValue(entry, ofAccount), level: "ACCOUNT" };
}

const RETENTION = "DATA_RETENTION_TIME_IN_DAYS";
const MINIMUM = "MIN_DATA_RETENTION_TIME_IN_DAYS";
/** Transient and temporary objects keep their history for a day at most (docs: data-time-travel). */
const SHORT_DAYS = 1;

type Retained = Holder & {
  readonly persistence?: TableObject["persistence"] | undefined;
  readonly transient?: boolean | undefined;
};

/** How long history is kept: the account's minimum lengthens what the objects say. */
export function retentionDays(object: Retained, snapshot: Snapshot): number {
  const own = Number(objectParameter(object, RETENTION, snapshot).value);
  const minimum = Number(accountSetting(snapshot)?.options[MINIMUM] ?? 0);
  const isShort = object.transient === true || (object.persistence ?? "permanent") !== "permanent";
  const days = isShort ? Math.min(own, SHORT_DAYS) : own;
  return Math.max(days, isShort ? 0 : minimum);
}

/** The databases, schemas and tables whose retention the catalog has to follow, with what it is by now. */
export function changedRetention(
  snapshot: Snapshot,
): readonly { readonly object: CatalogObject; readonly retentionDays: number }[] {
  return [...snapshot.all()].flatMap((object) => {
    if (object.kind !== "database" && object.kind !== "schema" && object.kind !== "table") {
      return [];
    }
    if (object.droppedAt !== undefined || !isPlaced(object, snapshot)) return [];
    const days = retentionDays(object, snapshot);
    return days === object.retentionDays ? [] : [{ object, retentionDays: days }];
  });
}

/** False for what was dropped together with its schema or database. */
function isPlaced(object: CatalogObject, snapshot: Snapshot): boolean {
  const parent = parentId(object);
  if (parent === 0) return true;
  const above = snapshot.get(parent);
  return above !== undefined && above.droppedAt === undefined && isPlaced(above, snapshot);
}
