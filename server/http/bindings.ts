/** Bindings of a query request: one value a key, or an array of values a key for a batch (wire.md 1.7). */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { BatchBinding, WireBinding, WireBindings } from "../execute/bindings.ts";
import { field } from "./body.ts";

const STRUCTURED: ReadonlySet<string> = new Set(["ARRAY", "MAP", "OBJECT", "SLICE"]);

function cell(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/**
 * Go sends structured values as JSON with a schema: a VARIANT, which takes the type of the column or the cast that it goes
 * to. An ARRAY or OBJECT of another driver is semi-structured.
 */
function bindingType(binding: object): string {
  const type = String(field(binding, "type") ?? "TEXT").toUpperCase();
  return field(binding, "fmt") === "json" && STRUCTURED.has(type) ? "VARIANT" : type;
}

/** Error 390400 when array bindings differ in length, or a binding is not an object. */
export function parseBindings(bindings: Readonly<Record<string, unknown>>): WireBindings {
  const single = new Map<string, WireBinding>();
  const columns: BatchBinding["columns"][number][] = [];
  for (const [key, binding] of Object.entries(bindings)) {
    if (typeof binding !== "object" || binding === null) {
      throw snowflakeError("badRequest", { detail: `binding ${key} is not an object` });
    }
    const type = bindingType(binding);
    const value = field(binding, "value");
    if (Array.isArray(value)) columns.push({ key, type, values: value.map(cell) });
    else single.set(key, { type, value: cell(value) });
  }
  const rowCount = columns[0]?.values.length;
  if (rowCount === undefined) return { single, batch: undefined };
  if (columns.some((column) => column.values.length !== rowCount)) {
    throw snowflakeError("badRequest", { detail: "array bindings differ in length" });
  }
  return { single, batch: { rowCount, columns } };
}
