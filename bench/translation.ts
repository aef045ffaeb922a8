/** Binding and lowering in a real session's context, fresh and from the cache. */

import { SessionView } from "../server/catalog/session-view.ts";
import type { Account } from "../server/execute/account.ts";
import type { Session } from "../server/session/session.ts";
import type { BindContext } from "../translator/bind/context.ts";
import { splitStatements } from "../translator/lex/split.ts";
import { parseStatement } from "../translator/statements/statement.ts";
import { translateStatement } from "../translator/translate.ts";
import { type Figures, timed } from "./measure.ts";

export type TranslationFigures = {
  readonly sql: string;
  readonly bind: Figures;
  /** Looking up a text that was translated before, splitting included. */
  readonly cached: Figures;
};

export async function translateFigures(
  text: string,
  account: Account,
  session: Session,
  runs = 20,
): Promise<TranslationFigures> {
  const context = contextOf(account, session);
  const statement = parseStatement(text);
  const translate = () => translateStatement(statement, text, context);
  const translated = translate();
  if (translated.kind !== "query") throw new Error("only queries are measured");
  const bind = await timed(runs, translate);
  const cache = new Map([[text, translated]]);
  const cached = await timed(runs, () => {
    splitStatements(text);
    return cache.get([session.parameters.fingerprint(), text].join("\n")) ?? cache.get(text);
  });
  return { sql: translated.sql, bind, cached };
}

function contextOf(account: Account, session: Session): BindContext {
  const unavailable = () => {
    throw new Error("not measured");
  };
  return {
    catalog: new SessionView(account.state.catalog.snapshot, {
      sessionId: String(session.id),
      role: session.role,
      now: Date.now,
      resultScan: unavailable,
      stage: () => ({ isSemiStructured: false }),
      accountUsage: () => undefined,
      serverRelation: () => undefined,
      userTableFunctions: () => [],
      tableFunction: () => undefined,
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
