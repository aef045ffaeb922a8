/** The short notation of result columns that the tables of shapes use. */

import {
  ARRAY,
  BOOLEAN,
  DATE,
  FLOAT,
  INTEGER,
  OBJECT,
  type SnowType,
  TEXT,
  timestampType,
  VARIANT,
} from "../../../translator/types/types.ts";

export type ShapeColumn = { readonly name: string; readonly type: SnowType };

/** Times of catalog objects have milliseconds. */
const MOMENT_SCALE = 3;

const MARKS: Readonly<Record<string, SnowType>> = {
  n: INTEGER,
  ts: timestampType("ltz", MOMENT_SCALE),
  ntz: timestampType("ntz", MOMENT_SCALE),
  b: BOOLEAN,
  f: FLOAT,
  date: DATE,
  array: ARRAY,
  object: OBJECT,
  variant: VARIANT,
};

/** The columns of `name mark, name, …`; a name may have spaces, its last word is a mark when it is one. */
export function parseShape(shape: string): readonly ShapeColumn[] {
  return shape.split(",").map((item) => {
    const words = item.trim().split(/\s+/);
    const mark = words.length > 1 ? MARKS[words.at(-1) ?? ""] : undefined;
    const name = (mark === undefined ? words : words.slice(0, -1)).join(" ");
    return { name, type: mark ?? TEXT };
  });
}
