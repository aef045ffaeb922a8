/** Parameters of an object: what SHOW does not say and fetching it does. */

import type { ObjectKind } from "../../../../translator/statements/object_kinds.ts";
import type { PropertyKind, PropertyTable } from "../properties.ts";
import type { ShownRow } from "../request.ts";
import { type Detail, target } from "../resource.ts";

/** `SHOW PARAMETERS IN <kind>`: those of the table that the object has, by their JSON names. */
export function parameterDetail(kind: ObjectKind, table: PropertyTable): Detail {
  return async (_row, request, runner) => {
    const rows = await runner.rows({
      kind: "show",
      terse: false,
      subject: "PARAMETERS",
      history: false,
      scope: { kind, name: target(request) },
      privileges: [],
      options: [],
    });
    const byName = new Map(rows.map((row) => [row["key"] ?? "", row]));
    return Object.fromEntries(
      Object.entries(table).flatMap(([key, rule]) => {
        const [type, option] = typeof rule === "string" ? [rule, key.toUpperCase()] : rule;
        const row = byName.get(option);
        return row === undefined ? [] : [[key, jsonValue(row, type)]];
      }),
    );
  };
}

function jsonValue(row: ShownRow, type: PropertyKind): unknown {
  const value = row["value"] ?? "";
  if (type === "boolean") return value.toLowerCase() === "true";
  return type === "number" ? Number(value) : value;
}
