/** The options that each statement's grammar takes, by the kind of object or the words of the statement. */

import { LOAD_OPTIONS, UNLOAD_OPTIONS } from "./copy.ts";
import { TABLE_PROPERTIES } from "./create_table.ts";
import { DROP_PROPERTIES } from "./drop.ts";
import { COPY_FILES_OPTIONS, GET_OPTIONS, LIST_OPTIONS, PUT_OPTIONS } from "./files.ts";
import { OBJECT_KINDS } from "./object_kinds.ts";
import { objectSpec } from "./object_specs.ts";
import type { PropertyNames } from "./properties.ts";
import { ROUTINE_PROPERTIES } from "./routine.ts";
import { VIEW_PROPERTIES } from "./view.ts";

const OWN: Readonly<Record<string, PropertyNames>> = {
  TABLE: TABLE_PROPERTIES,
  "HYBRID TABLE": TABLE_PROPERTIES,
  VIEW: VIEW_PROPERTIES,
  "MATERIALIZED VIEW": VIEW_PROPERTIES,
  "COPY INTO TABLE": LOAD_OPTIONS,
  "COPY INTO LOCATION": UNLOAD_OPTIONS,
  "COPY FILES": COPY_FILES_OPTIONS,
  PUT: PUT_OPTIONS,
  GET: GET_OPTIONS,
  LIST: LIST_OPTIONS,
  REMOVE: LIST_OPTIONS,
  DROP: DROP_PROPERTIES,
};

/** CREATE of a routine takes other options than its ALTER. */
const ROUTINES: ReadonlySet<string> = new Set(["FUNCTION", "PROCEDURE"]);

/** The options by upper-case name, in order; "any" for an open list. */
export function optionNames(owner: string): readonly string[] | "any" {
  const kind = OBJECT_KINDS.find((word) => word === owner);
  const names =
    OWN[owner] ?? (kind === undefined ? new Set<string>() : objectSpec(kind).properties);
  if (names === "any") return "any";
  const more = ROUTINES.has(owner) ? ROUTINE_PROPERTIES : [];
  return [...new Set([...names, ...more])].sort();
}
