/** What functions that are written in JavaScript cost a row, beside a native one. */

import type { Account } from "../server/execute/account.ts";
import type { Session } from "../server/session/session.ts";
import type { Expression } from "../translator/ast/expressions.ts";
import { walk } from "../translator/ast/walk.ts";
import type { BindContext } from "../translator/bind/context.ts";
import type { FunctionEntry } from "../translator/functions/define.ts";
import { ALL_FUNCTIONS, allHostFunctions } from "../translator/functions/registry.ts";
import { parseStatement } from "../translator/statements/statement.ts";
import { type Figures, paired } from "./measure.ts";
import { contextOf, translatedQuery } from "./translation.ts";

export const FUNCTION_ROWS = 2_000;
const RUNS = 3;

export type FunctionFigures = {
  readonly name: string;
  readonly host: Figures;
  readonly native: Figures;
};

/**
 * Every scalar function whose first documented example runs in JavaScript. One constant of the example becomes an expression
 * that the engine cannot compute ahead; the native call beside it does the same and turns text to upper case.
 */
export async function functionFigures(
  account: Account,
  session: Session,
): Promise<readonly FunctionFigures[]> {
  await account.submit(session, {
    text: `CREATE OR REPLACE TABLE functions AS SELECT SEQ4() AS id FROM TABLE(GENERATOR(ROWCOUNT => ${FUNCTION_ROWS}))`,
  }).done;
  const context = contextOf(account, session);
  const native = translatedQuery(counted(`UPPER(${perRow("'some text'")})`), context);
  const found: FunctionFigures[] = [];
  for (const entry of ALL_FUNCTIONS) {
    const sql = hostCall(entry, context);
    if (sql === undefined || native === undefined) continue;
    try {
      const [host, plain] = await paired(
        RUNS,
        () => session.connection.query(sql),
        () => session.connection.query(native.sql),
      );
      found.push({ name: entry.name, host, native: plain });
    } catch {
      // An example that needs more than a table of numbers, such as the statement's own time.
    }
  }
  return found.sort((a, b) => ratio(b) - ratio(a));
}

export function ratio({ host, native }: FunctionFigures): number {
  return host.median / native.median;
}

function counted(expression: string): string {
  return `SELECT COUNT(${expression}) FROM functions`;
}

function perRow(constant: string): string {
  return `IFF(id >= 0, ${constant}, NULL)`;
}

const HOST_CALL = new RegExp(
  `(?<!\\w)(?:${allHostFunctions()
    .map(({ name }) => name)
    .join("|")})\\(`,
);

/** The query of the first example with one of its constants made a value per row, when JavaScript computes it. */
function hostCall(entry: FunctionEntry, context: BindContext): string | undefined {
  const example = entry.examples[0]?.[0];
  if (entry.kind !== "scalar" || example === undefined) return undefined;
  for (const { start, end } of constants(example)) {
    const call = example.slice(0, start) + perRow(example.slice(start, end)) + example.slice(end);
    const translated = translatedQuery(counted(call), context);
    if (translated !== undefined && HOST_CALL.test(translated.sql)) return translated.sql;
  }
  return undefined;
}

/** The places of the literals in an expression. */
function constants(
  expression: string,
): readonly { readonly start: number; readonly end: number }[] {
  const prefix = "SELECT ";
  const statement = parseStatement(prefix + expression);
  if (statement.kind !== "select") return [];
  const found: Expression["span"][] = [];
  walk(
    { sort: "query", node: statement.query },
    {
      expression: ({ kind, span }) => {
        if (kind === "string_literal" || kind === "number_literal") found.push(span);
        return true;
      },
    },
  );
  const shift = prefix.length;
  return found.map(({ start, end }) => ({ start: start - shift, end: end - shift }));
}
