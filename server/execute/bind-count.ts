/** The places for bind values in a text: `?` and `:n`. */

import { tokenize } from "../../translator/lex/lexer.ts";
import type { Token } from "../../translator/lex/tokens.ts";

type Places = {
  /** How many `?` there are. */
  readonly questions: number;
  /** The highest n of all `:n`. */
  readonly highest: number;
};

/** @throws 001003 for a text that has no tokens */
function placesOf(text: string): Places {
  let questions = 0;
  let highest = 0;
  let previous: Token | undefined;
  for (const token of tokenize(text)) {
    if (token.kind === "bind") questions++;
    if (token.kind === "number" && previous?.text === ":" && previous.end === token.start) {
      highest = Math.max(highest, Number(token.value));
    }
    previous = token;
  }
  return { questions, highest };
}

/** How many values a statement wants: its `?`, or the highest `:n`. */
export function bindCount(text: string): number {
  const { questions, highest } = placesOf(text);
  return Math.max(questions, highest);
}

/** How many `?` a text has. */
export function questionCount(text: string): number {
  return placesOf(text).questions;
}
