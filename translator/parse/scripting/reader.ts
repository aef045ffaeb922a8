/** What the grammar of blocks reads through: a cursor, and pieces of the text that are statements of their own. */

import type { ScriptSql } from "../../ast/scripting.ts";
import { must } from "../../base/assert.ts";
import { SnowflakeError } from "../../base/errors.ts";
import { positionAt } from "../../base/source.ts";
import { tokenize } from "../../lex/lexer.ts";
import { endOfStatement } from "../../lex/split.ts";
import type { Token } from "../../lex/tokens.ts";
import { parseStatement } from "../../statements/statement.ts";
import { Cursor } from "../cursor.ts";

export class ScriptReader {
  readonly cursor: Cursor;
  readonly #tokens: readonly Token[];
  /** The index of the cursor's token, not behind it. */
  #index = 0;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    this.#tokens = tokenize(text);
  }

  /** The SQL statement up to the next `;` of this level, which stays. */
  statement(): ScriptSql {
    const first = this.#synchronize();
    const end = must(this.#tokens[endOfStatement(this.#tokens, first)]);
    return this.#take(end.start);
  }

  /** The SQL statement in the parentheses that begin here. */
  parenthesizedStatement(): ScriptSql {
    this.cursor.expectPunctuation("(");
    const first = this.#synchronize();
    let depth = 0;
    for (let i = first; ; i++) {
      const token = must(this.#tokens[i]);
      if (token.kind === "eof") this.cursor.unexpected(token);
      if (token.kind !== "punctuation") continue;
      if (token.value === "(") depth++;
      if (token.value !== ")") continue;
      if (depth === 0) {
        const sql = this.#take(token.start);
        this.cursor.expectPunctuation(")");
        return sql;
      }
      depth--;
    }
  }

  /** Whether a parenthesis with one of the words inside stands here. */
  atParenthesized(words: ReadonlySet<string>): boolean {
    const { cursor } = this;
    if (!cursor.atPunctuation("(")) return false;
    const inner = cursor.peek(1);
    return inner.kind === "word" && words.has(inner.value);
  }

  #synchronize(): number {
    const { start } = this.cursor.peek();
    while (must(this.#tokens[this.#index]).start < start) this.#index++;
    return this.#index;
  }

  /** The statement from here to an offset. */
  #take(limit: number): ScriptSql {
    const { cursor } = this;
    const { start } = cursor.peek();
    if (start >= limit) cursor.unexpected();
    while (cursor.peek().start < limit) cursor.next();
    const { end } = cursor.previous();
    const text = cursor.text.slice(start, end);
    return { text, statement: this.#parse(text, start), span: { start, end } };
  }

  #parse(text: string, start: number): ScriptSql["statement"] {
    try {
      return parseStatement(text);
    } catch (error) {
      if (!(error instanceof SnowflakeError)) throw error;
      throw moved(error, this.cursor.text, start);
    }
  }
}

/** A syntax error of a part of the text, its place counted from the beginning of the whole. */
function moved(error: SnowflakeError, whole: string, start: number): SnowflakeError {
  const base = positionAt(whole, start);
  const message = error.message.replace(
    /line (\d+) at position (\d+)/g,
    (_, line: string, position: string) => {
      const column = line === "1" ? Number(position) + base.position : position;
      return `line ${base.line + Number(line) - 1} at position ${column}`;
    },
  );
  return new SnowflakeError(error.code, error.sqlState, message);
}
