/**
 * Translations of statements that ran before, by text, session context and catalog version. A translation is kept only when
 * nothing but these went into it: binds, variables and stored results are looked up anew each time.
 */

import { foldQuotedIdentifiers } from "../../translator/statements/fold-quoted.ts";
import { parseStatement, type Statement } from "../../translator/statements/statement.ts";
import type { TranslatedDml, TranslatedQuery } from "../../translator/translate.ts";
import { CACHED_TEXT_LENGTH_MAX, TRANSLATION_CACHE_LIMIT } from "../limits.ts";
import type { Execution } from "./execution.ts";

type Translated = TranslatedQuery | TranslatedDml;

/** A map that forgets what was used longest ago. */
class Recent<Value> {
  readonly #values = new Map<string, Value>();

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    if (this.#values.size <= TRANSLATION_CACHE_LIMIT) return;
    const oldest = this.#values.keys().next();
    if (!oldest.done) this.#values.delete(oldest.value);
  }
}

const parsed = new Recent<Statement>();

/**
 * The statement's tree; trees are immutable and shared between runs of the same text.
 * @param ignoreCase QUOTED_IDENTIFIERS_IGNORE_CASE of the session
 */
export function parseCached(text: string, ignoreCase: boolean): Statement {
  const key = ignoreCase ? `\0${text}` : text;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const written = parseStatement(text);
  const statement = ignoreCase ? foldQuotedIdentifiers(written) : written;
  if (text.length <= CACHED_TEXT_LENGTH_MAX) parsed.set(key, statement);
  return statement;
}

/** What of an execution a translation depends on, and what keeps one from being reused. */
export type CacheSurroundings = Pick<Execution, "session" | "parameters"> & {
  readonly context: { readonly catalog: Pick<Execution["context"]["catalog"], "version"> };
};

export class TranslationCache {
  readonly #entries = new Recent<Translated>();

  get(text: string, execution: CacheSurroundings): Translated | undefined {
    if (text.length > CACHED_TEXT_LENGTH_MAX) return undefined;
    return this.#entries.get(keyOf(text, execution));
  }

  put(
    text: string,
    execution: CacheSurroundings & Pick<Execution, "lookups">,
    translated: Translated,
  ): void {
    const { usesBinds, usesVariables } = translated.features;
    if (usesBinds || usesVariables || execution.lookups.count > 0) return;
    if (text.length > CACHED_TEXT_LENGTH_MAX) return;
    this.#entries.set(keyOf(text, execution), translated);
  }
}

function keyOf(text: string, { session, parameters, context }: CacheSurroundings): string {
  const { database, schema, role, warehouse } = session;
  return [
    context.catalog.version,
    session.id,
    database,
    schema,
    role,
    warehouse,
    parameters.fingerprint(),
    text,
  ].join("\n");
}
