/** What the makers of INFORMATION_SCHEMA's rows share. */

import type { DatabaseObject } from "../objects.ts";
import type { Snapshot } from "../snapshot.ts";
import type { ShapeColumn } from "./column-spec.ts";
import type { InlineRow } from "./inline.ts";

export type Asked = {
  readonly snapshot: Snapshot;
  /** Whose INFORMATION_SCHEMA is read. */
  readonly database: DatabaseObject;
  readonly sessionId: string;
  /** INFORMATION_SCHEMA's own views, which it lists too. */
  readonly views: ReadonlyMap<string, readonly ShapeColumn[]>;
};

/** The rows of one view, by its columns' names in lower case. */
export type Rows = (asked: Asked) => readonly InlineRow[];

export function yesNo(value: boolean): "YES" | "NO" {
  return value ? "YES" : "NO";
}

/** Text that is NULL when there is none. */
export function orNull(text: string): string | null {
  return text === "" ? null : text;
}
