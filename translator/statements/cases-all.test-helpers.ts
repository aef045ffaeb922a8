/** All statements of the case tables, and variations of them with other names and constants. */

import fc from "fast-check";
import { tokenize } from "../lex/lexer.ts";
import { quoteString } from "../lex/literals.ts";
import { CASES } from "./cases.test-helpers.ts";
import { ALTER_CASES } from "./cases-alter.test-helpers.ts";
import { CLAUSE_CASES } from "./cases-clauses.test-helpers.ts";
import { CREATE_CASES } from "./cases-create.test-helpers.ts";
import { FORM_CASES } from "./cases-forms.test-helpers.ts";
import { MORE_CASES } from "./cases-more.test-helpers.ts";
import { QUERY_CASES } from "./cases-queries.test-helpers.ts";
import { SCRIPTING_CASES } from "./cases-scripting.test-helpers.ts";

const TABLES = {
  ...CASES,
  ...MORE_CASES,
  ...CLAUSE_CASES,
  ...CREATE_CASES,
  ...ALTER_CASES,
  ...FORM_CASES,
  ...QUERY_CASES,
  ...SCRIPTING_CASES,
};

/** The statements by the table they stand in. */
export const ALL_CASES: readonly (readonly [table: string, statements: readonly string[]])[] =
  Object.entries(TABLES).map(([table, text]) => [
    table,
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  ]);

const NAMES = ["b1", "_c", "tab$1", '"Mixed Case"', '"quo""te"', '"select"', "naïve", "left_"];
const TEXTS = ["x", "", "it's", "a\\b", "--no", "/*", "é\n", "$$", "100%"];

/** In the tables a name is one small letter; keywords are written in capitals. */
const IS_NAME = /^[a-z]$/;

/**
 * A statement of the tables with some of its names and plain texts replaced by unusual ones. The same name stays the same name.
 */
export const variations: fc.Arbitrary<string> = fc
  .record({
    statement: fc.constantFrom(...ALL_CASES.flatMap(([, statements]) => statements)),
    names: fc.array(fc.constantFrom(...NAMES), { minLength: 26, maxLength: 26 }),
    text: fc.constantFrom(...TEXTS),
  })
  .map(({ statement, names, text }) => {
    let result = "";
    let end = 0;
    for (const token of tokenize(statement)) {
      result += statement.slice(end, token.start);
      if (token.kind === "word" && IS_NAME.test(token.text)) {
        result += names[token.text.charCodeAt(0) - 97] ?? token.text;
      } else if (token.kind === "string" && token.text === "'x'") {
        result += quoteString(text);
      } else if (token.kind !== "eof") {
        result += token.text;
      }
      end = token.end;
    }
    return result;
  });
