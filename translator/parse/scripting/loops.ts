/**
 * The grammar of loops.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/loops
 */

import type { ScriptStatement } from "../../ast/scripting.ts";
import { parseExpression } from "../expressions.ts";
import { optionalLabel, parseBody } from "./block.ts";
import type { ScriptReader } from "./reader.ts";

/** FOR i IN [REVERSE] a TO b, or FOR row IN cursor. */
export function parseFor(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  cursor.expectKeyword("FOR");
  const variable = cursor.identifier();
  cursor.expectKeyword("IN");
  const after = cursor.peek(1);
  const overRows =
    cursor.atIdentifier() &&
    after.kind === "word" &&
    (after.value === "DO" || after.value === "LOOP");
  if (overRows) {
    const over = cursor.identifier();
    const body = parseDoBody(reader, "FOR");
    const label = optionalLabel(reader);
    return { kind: "for_rows", variable, over, body, label, span: cursor.spanFrom(start) };
  }
  const reverse = cursor.acceptKeyword("REVERSE");
  const from = parseExpression(cursor);
  cursor.expectKeyword("TO");
  const to = parseExpression(cursor);
  const body = parseDoBody(reader, "FOR");
  const label = optionalLabel(reader);
  const span = cursor.spanFrom(start);
  return { kind: "for_range", variable, reverse, from, to, body, label, span };
}

export function parseWhile(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  cursor.expectKeyword("WHILE");
  const condition = parseExpression(cursor);
  const body = parseDoBody(reader, "WHILE");
  const label = optionalLabel(reader);
  return { kind: "while", condition, body, label, span: cursor.spanFrom(start) };
}

/** `DO … END FOR` or `LOOP … END LOOP`. */
function parseDoBody(reader: ScriptReader, word: "FOR" | "WHILE") {
  const { cursor } = reader;
  const opening = cursor.expectAnyKeyword("DO", "LOOP");
  const body = parseBody(reader, "END");
  cursor.expectKeyword("END", opening === "DO" ? word : "LOOP");
  return body;
}

/** REPEAT … UNTIL (condition) END REPEAT. */
export function parseRepeat(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  cursor.expectKeyword("REPEAT");
  const body = parseBody(reader, "UNTIL");
  cursor.expectKeyword("UNTIL");
  const until = parseExpression(cursor);
  cursor.expectKeyword("END", "REPEAT");
  const label = optionalLabel(reader);
  return { kind: "repeat", until, body, label, span: cursor.spanFrom(start) };
}

export function parseLoop(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  cursor.expectKeyword("LOOP");
  const body = parseBody(reader, "END");
  cursor.expectKeyword("END", "LOOP");
  const label = optionalLabel(reader);
  return { kind: "loop", body, label, span: cursor.spanFrom(start) };
}
