/**
 * FLATTEN: the rows of one input value.
 * https://docs.snowflake.com/en/sql-reference/functions/flatten
 */
import { UNDEFINED_TEXT, unmarkXml } from "./encoding.ts";
import { getPath, pathWithIndex, pathWithKey } from "./path.ts";
import { elementTexts, literalText, memberTexts } from "./scan.ts";

export type FlattenMode = "BOTH" | "OBJECT" | "ARRAY";

export type FlattenOptions = {
  /** Path inside the input at which to begin; empty for the input itself. */
  readonly path: string;
  /** One row of nulls where there would be none. */
  readonly outer: boolean;
  readonly recursive: boolean;
  readonly mode: FlattenMode;
};

/** VALUE and THIS are canonical texts. */
export type FlattenRow = {
  readonly key: string | null;
  readonly path: string | null;
  readonly index: number | null;
  readonly value: string | null;
  readonly self: string | null;
};

/** The rows in order: a value's row before those of what is in it. Undefined elements have none. */
export function flattenVariant(input: string | null, options: FlattenOptions): FlattenRow[] {
  const self = input === null ? null : getPath(input, options.path);
  const rows: FlattenRow[] = [];
  if (self !== null) expand(self, options.path, options, rows);
  if (rows.length === 0 && options.outer) {
    rows.push({ key: null, path: options.path, index: null, value: null, self });
  }
  return rows;
}

function expand(self: string, path: string, options: FlattenOptions, rows: FlattenRow[]): void {
  if (options.mode !== "ARRAY") {
    for (const member of memberTexts(unmarkXml(self)) ?? []) {
      const key = literalText(member.keyLiteral);
      const value = member.value;
      const row = { key, path: pathWithKey(path, key), index: null, value, self };
      rows.push(row);
      if (options.recursive) expand(value, row.path, options, rows);
    }
  }
  if (options.mode === "OBJECT") return;
  for (const [index, value] of (elementTexts(self) ?? []).entries()) {
    if (value === UNDEFINED_TEXT) continue;
    const row = { key: null, path: pathWithIndex(path, index), index, value, self };
    rows.push(row);
    if (options.recursive) expand(value, row.path, options, rows);
  }
}

/**
 * A row as JSON text `[key, path, index, value, this]`: key and path texts, index a number, value and this
 * canonical texts as JSON strings, each null where SQL NULL is meant.
 * @param withSelf false leaves `this` null, which for wide inputs saves repeating it on every row
 */
export function flattenRowText(row: FlattenRow, withSelf: boolean): string {
  return JSON.stringify([row.key, row.path, row.index, row.value, withSelf ? row.self : null]);
}
