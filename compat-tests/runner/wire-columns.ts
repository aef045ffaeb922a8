/** The protocol's rowtype as the runner needs it. */

import type { WireColumn } from "./target.ts";

export function wireColumns(rowtype: readonly Readonly<Record<string, unknown>>[]): WireColumn[] {
  return rowtype.map(({ name, type, scale }) => ({
    name: String(name),
    type: String(type),
    scale: typeof scale === "number" ? scale : null,
  }));
}
