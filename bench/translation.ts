/** The phases of a translation in a real session's context: lexing, parsing, binding, lowering, and the cache. */

import { SessionView } from "../server/catalog/session-view.ts";
import type { Account } from "../server/execute/account.ts";
import { parseCached, TranslationCache } from "../server/execute/translation-cache.ts";
import type { Session } from "../server/session/session.ts";
import { assert } from "../translator/base/assert.ts";
import type { BindContext } from "../translator/bind/context.ts";
import { tokenize } from "../translator/lex/lexer.ts";
import { lowerQuery } from "../translator/lower/query.ts";
import { parseStatement } from "../translator/statements/statement.ts";
import { createBinder, type TranslatedQuery, translateStatement } from "../translator/translate.ts";
import { type Figures, timed } from "./measure.ts";

export type TranslationFigures = {
  readonly sql: string;
  readonly lex: Figures;
  /** With lexing. */
  readonly parse: Figures;
  readonly bind: Figures;
  readonly lower: Figures;
  /** From the text to DuckDB's SQL. */
  readonly all: Figures;
  /** Looking up a text that was translated before. */
  readonly cached: Figures;
};

/** The translation of a query; undefined for other statements and for what is refused. */
export function translatedQuery(text: string, context: BindContext): TranslatedQuery | undefined {
  try {
    const translated = translateStatement(parseStatement(text), text, context);
    return translated.kind === "query" ? translated : undefined;
  } catch {
    return undefined;
  }
}

export async function translateFigures(
  text: string,
  account: Account,
  session: Session,
  runs = 20,
): Promise<TranslationFigures> {
  const context = contextOf(account, session);
  const translated = translatedQuery(text, context);
  const statement = parseStatement(text);
  assert(translated !== undefined && statement.kind === "select", "only queries are measured");
  const bind = () => createBinder(text, context).bindQuery(statement.query, undefined);
  const bound = bind();
  const state = { parameter: context.parameter, session: () => null };
  const { parameters } = session;
  const cache = new TranslationCache();
  const surroundings = { session, parameters, context, lookups: { count: 0 } };
  cache.put(text, surroundings, translated);
  return {
    sql: translated.sql,
    lex: await timed(runs, () => tokenize(text)),
    parse: await timed(runs, () => parseStatement(text)),
    bind: await timed(runs, bind),
    lower: await timed(runs, () => lowerQuery(bound, state)),
    all: await timed(runs, () => translateStatement(parseStatement(text), text, context)),
    cached: await timed(runs, () => {
      parseCached(text, false);
      return cache.get(text, surroundings);
    }),
  };
}

/** What a session's statements are bound in; stored results and users' functions are not there. */
export function contextOf(account: Account, session: Session): BindContext {
  const unavailable = () => {
    throw new Error("not measured");
  };
  return {
    catalog: new SessionView(account.state.catalog.snapshot, {
      sessionId: String(session.id),
      role: session.role,
      now: Date.now,
      resultScan: unavailable,
      translate: unavailable,
      stage: () => ({ isSemiStructured: false }),
      accountUsage: () => undefined,
      serverRelation: () => undefined,
      userTableFunctions: () => [],
      tableFunction: () => undefined,
      newRows: () => undefined,
    }),
    database: session.database,
    schema: session.schema,
    role: session.role,
    warehouse: session.warehouse,
    user: session.user,
    account: session.account,
    sessionId: String(session.id),
    parameter: (name) => session.parameters.get(name),
    variable: () => undefined,
    bind: () => undefined,
    lastQueryId: () => undefined,
    describeOnly: false,
  };
}
