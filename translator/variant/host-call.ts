/** For tests: calls a host function by name the way the engine does (NULL in, NULL out unless it sees NULL). */
import { must } from "../base/assert.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import { VARIANT_HOST_FUNCTIONS } from "./host.ts";

const byName = new Map<string, HostFunction>(VARIANT_HOST_FUNCTIONS.map((f) => [f.name, f]));

export function call(name: string, ...args: HostValue[]): HostValue {
  const found = must(byName.get(name), name);
  if (found.handlesNull !== true && args.includes(null)) return null;
  return found.evaluate(...args);
}

/** Canonical text of a JSON text. */
export function json(text: string): string {
  return String(call("_v_parse_json", text));
}

/** Compact print of canonical text with the default session; SQL NULL as "NULL". */
export function show(value: HostValue): string {
  return value === null ? "NULL" : String(call("_v_compact", value, ""));
}
