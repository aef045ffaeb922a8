/** Places in a statement's text. Spans are half-open character offsets into the text that was parsed. */

import type { ErrorPosition } from "./errors.ts";

export type Span = { readonly start: number; readonly end: number };

/** Line (from 1) and column (from 0) of an offset, as Snowflake's errors state them. */
export function positionAt(text: string, offset: number): ErrorPosition {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < offset && i < text.length; i++) {
    if (text.charCodeAt(i) === 10) {
      line++;
      lineStart = i + 1;
    }
  }
  return { line, position: offset - lineStart };
}
