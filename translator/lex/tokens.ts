/** Tokens: what the lexer makes of a statement's text. */

export type TokenKind =
  /** An unquoted word: a keyword or an identifier; `value` is its upper-case form. */
  | "word"
  /** `"a b"`; `value` has the doubled quotes undone. */
  | "quoted_identifier"
  /** `1`, `1.5`, `.5`, `1.`, `1e5`; `value` is the text. */
  | "number"
  /** `'…'`; `value` has the escapes undone. */
  | "string"
  /** `$$…$$`; `value` is what stands between. */
  | "dollar_string"
  /** `X'0AEF'`; `value` is what stands between the quotes. */
  | "binary"
  /** Operators and brackets; `value` is the text. */
  | "punctuation"
  /** `$name`; `value` is the upper-case name. */
  | "variable"
  /** `$1`; `value` is the digits. */
  | "positional"
  /** `?`; `value` is its ordinal among the text's question marks, from 1. */
  | "bind"
  /** `@stage/path`, `@~/x`, `@%t`, `@"db"."s"."st"/x`; `value` is the text. */
  | "stage_path"
  /** `file:///tmp/x.csv` without quotes (PUT and GET); `value` is the text. */
  | "file_path"
  | "eof";

export type Token = {
  readonly kind: TokenKind;
  /** As written; `<EOF>` at the end. */
  readonly text: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
};
