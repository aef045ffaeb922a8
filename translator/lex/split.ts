/**
 * The statement splitter: a text with several statements to one piece each. It knows just enough of
 * Snowflake Scripting not to split inside a block. Docs: snowflake-scripting/blocks, sql-format "begin".
 */

import { must } from "../base/assert.ts";
import { tokenize } from "./lexer.ts";
import type { Token } from "./tokens.ts";

/** One statement without its semicolon; `start` and `end` are offsets into the whole text. */
export type StatementPiece = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

/** Objects whose body after AS (or THEN) may be a block without dollar quotes. */
const ROUTINES = new Set(["PROCEDURE", "FUNCTION", "TASK", "ALERT"]);
/** What follows BEGIN when it begins a transaction instead of a block. */
const TRANSACTION_WORDS = new Set(["TRANSACTION", "WORK", "NAME"]);
/** Statements inside a block that have an END of their own. */
const COMPOUND_WORDS = new Set(["BEGIN", "IF", "FOR", "WHILE", "LOOP", "REPEAT"]);
/** Words after which a statement begins. */
const BEFORE_STATEMENT = new Set(["BEGIN", "DECLARE", "THEN", "ELSE", "DO", "LOOP", "REPEAT"]);
/** Words that may stand behind END without being an opening themselves. */
const AFTER_END = new Set(["IF", "FOR", "WHILE", "LOOP", "REPEAT", "CASE"]);

/**
 * Splits at every `;` outside strings, comments and scripting blocks; empty statements are left out.
 * A block that is never closed reaches to the end of the text.
 * @throws SnowflakeError for unterminated strings and comments
 */
export function splitStatements(text: string): StatementPiece[] {
  const tokens = tokenize(text);
  const pieces: StatementPiece[] = [];
  let first = 0;
  let start = 0;
  while (first < tokens.length - 1) {
    const last = endOfStatement(tokens, first);
    const stop = must(tokens[last]);
    if (last > first) pieces.push(trimmedPiece(text, start, stop.start));
    start = stop.end;
    first = last + 1;
  }
  return pieces;
}

/** Blanks go, comments stay. */
function trimmedPiece(text: string, from: number, to: number): StatementPiece {
  const raw = text.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const trimmed = raw.trim();
  return { text: trimmed, start, end: start + trimmed.length };
}

/** The index of the `;` or `eof` that ends the statement whose first token is at `first`. */
export function endOfStatement(tokens: readonly Token[], first: number): number {
  const scan = new BlockScan(tokens, first);
  for (let i = first; ; i++) {
    const token = must(tokens[i]);
    if (token.kind === "eof") return i;
    if (token.kind === "punctuation" && token.value === ";") {
      if (!scan.inBlock()) return i;
    } else if (token.kind === "word") {
      scan.word(i, token.value);
    }
  }
}

/** Follows the nesting of blocks in one statement. */
class BlockScan {
  private readonly tokens: readonly Token[];
  private readonly first: number;
  private depth = 0;
  private declaring = false;
  private routine = false;

  constructor(tokens: readonly Token[], first: number) {
    this.tokens = tokens;
    this.first = first;
  }

  inBlock(): boolean {
    return this.depth > 0 || this.declaring;
  }

  word(index: number, word: string): void {
    if (this.isMember(index)) return;
    if (this.inBlock()) this.wordInBlock(index, word);
    else this.wordOutside(index, word);
  }

  private wordAt(index: number): string | undefined {
    const token = this.tokens[index];
    return token?.kind === "word" ? token.value : undefined;
  }

  /** `t.end`, `v:case`: a name, not a keyword. */
  private isMember(index: number): boolean {
    const before = this.tokens[index - 1];
    return before?.kind === "punctuation" && (before.value === "." || before.value === ":");
  }

  private wordOutside(index: number, word: string): void {
    const opener = this.wordAt(this.first);
    const before = index === this.first ? undefined : this.wordAt(index - 1);
    if (ROUTINES.has(word) && ["CREATE", "ALTER", "WITH"].includes(opener ?? "")) {
      this.routine = true;
    }
    const isBody = this.routine && (before === "AS" || before === "THEN");
    if (index !== this.first && !isBody) return;
    if (word === "DECLARE") this.declaring = true;
    else if (word === "BEGIN" && !this.beginsTransaction(index)) this.depth = 1;
  }

  private beginsTransaction(index: number): boolean {
    const next = this.tokens[index + 1];
    if (next === undefined || next.kind === "eof") return true;
    if (next.kind === "punctuation") return next.value === ";";
    return next.kind === "word" && TRANSACTION_WORDS.has(next.value);
  }

  private wordInBlock(index: number, word: string): void {
    const before = this.wordAt(index - 1);
    if (this.declaring) {
      if (word !== "BEGIN" || !this.atStatementStart(index)) return;
      this.declaring = false;
      this.depth++;
    } else if (word === "END") {
      this.depth--;
    } else if (before === "END" && AFTER_END.has(word)) {
      return;
    } else if (word === "CASE") {
      this.depth++;
    } else if (COMPOUND_WORDS.has(word) && this.atStatementStart(index)) {
      if (word === "BEGIN" && this.beginsTransaction(index)) return;
      if (word === "REPEAT" && this.isCall(index)) return;
      this.depth++;
    }
  }

  private isCall(index: number): boolean {
    const next = this.tokens[index + 1];
    return next?.kind === "punctuation" && next.value === "(";
  }

  private atStatementStart(index: number): boolean {
    const before = this.tokens[index - 1];
    if (before?.kind === "punctuation") return before.value === ";";
    return before?.kind === "word" && BEFORE_STATEMENT.has(before.value);
  }
}
