/**
 * A block of Snowflake Scripting as a statement of its own.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks
 */

import type { Cursor } from "../parse/cursor.ts";
import { restOfStatement } from "./grammar.ts";

export type BlockStatement = {
  readonly kind: "block";
  /** From DECLARE or BEGIN to END, as written. */
  readonly text: string;
};

/** The whole rest of the text. */
export function parseBlock(cursor: Cursor): BlockStatement {
  return { kind: "block", text: restOfStatement(cursor) };
}

export function printBlock({ text }: BlockStatement): string {
  return text;
}
