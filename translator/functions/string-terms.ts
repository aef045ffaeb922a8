/** Words that SEARCH compares: how a text falls into tokens, and how the wanted ones are combined. */

import { snowflakeError } from "../base/errors.ts";

/** What stands between tokens, by analyzer. */
const SEPARATORS: Readonly<Record<string, RegExp>> = {
  DEFAULT_ANALYZER: /[\s!-/:-@[-`{-~]+/u,
  UNICODE_ANALYZER: /(?:(?!['.](?=\p{L}))(?!(?<=\p{N})[.,](?=\p{N}))[^\p{L}\p{N}_])+/u,
  ENTITY_ANALYZER: /\s+/u,
};

/**
 * The tokens of a text in lower case.
 * @throws when there is no such analyzer
 */
export function termsOf(text: string, analyzer: string): readonly string[] {
  const name = analyzer.toUpperCase();
  if (name === "NO_OP_ANALYZER") return [text];
  const separator = Object.hasOwn(SEPARATORS, name) ? SEPARATORS[name] : undefined;
  if (separator === undefined)
    throw snowflakeError("searchArgument", { name: "ANALYZER", value: analyzer });
  return text
    .toLowerCase()
    .split(separator)
    .filter((term) => term !== "");
}

function holdsPhrase(terms: readonly string[], phrase: readonly string[]): boolean {
  return terms.some((_, at) => phrase.every((term, i) => terms[at + i] === term));
}

/**
 * Whether a text holds one (OR), all (AND) or all in this order (PHRASE) of the wanted text's tokens.
 * https://docs.snowflake.com/en/sql-reference/functions/search
 */
export function holdsTerms(text: string, wanted: string, analyzer: string, mode: string): boolean {
  const terms = termsOf(text, analyzer);
  const sought = termsOf(wanted, analyzer);
  switch (mode.toUpperCase()) {
    case "OR":
      return sought.some((term) => terms.includes(term));
    case "AND":
      return sought.every((term) => terms.includes(term));
    case "PHRASE":
    case "EXACT":
      return holdsPhrase(terms, sought);
    default:
      throw snowflakeError("searchArgument", { name: "SEARCH_MODE", value: mode });
  }
}
