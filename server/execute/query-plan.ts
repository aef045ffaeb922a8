/** A query translated and ready for DuckDB: data-dependent columns asked for, statement-time values filled in. */

import type { Query } from "../../translator/ast/queries.ts";
import type { OutputColumn } from "../../translator/bind/bound.ts";
import type { BindContext } from "../../translator/bind/context.ts";
import { loweringContext } from "../../translator/lower/expressions.ts";
import type { Statement } from "../../translator/statements/statement.ts";
import {
  type TranslatedDml,
  type TranslatedQuery,
  translateStatement,
} from "../../translator/translate.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { loadJavaScript } from "../program/javascript-sandbox.ts";
import { checkInitialized } from "./dynamic-reads.ts";
import type { Execution } from "./execution.ts";
import { AnswerNeeded, keptAnswers, NO_ANSWERS } from "./functions/request.ts";
import { fillPlaceholders, fillValues } from "./placeholders.ts";
import { firstColumnTexts } from "./read-values.ts";
import { bindOptions } from "./server-functions.ts";
import { describeStagedScans, openStagedScans } from "./staged-scans.ts";

export type QueryPlan = {
  readonly columns: readonly OutputColumn[];
  /** A DuckDB SELECT whose columns are called as `columns` says under `physical`. */
  readonly sql: string;
  readonly volatile: boolean;
  /** The ids of the streams that it reads. */
  readonly streams: readonly number[];
};

/** How often a statement may ask for data before it is bound; each PIVOT … IN (ANY) asks once. */
const PREQUERIES_MAX = 32;

/**
 * Translates a query or DML statement, running the queries that its columns depend on.
 * @param text what the statement's spans point into
 */
export async function translateFor(
  statement: Statement,
  text: string,
  execution: Execution,
): Promise<TranslatedQuery | TranslatedDml> {
  const served = new Map<string, unknown>();
  const kept = execution.describeOnly ? NO_ANSWERS : keptAnswers(served);
  const options = bindOptions(execution, kept);
  const answers = new Map<string, readonly (string | null)[]>();
  const context: BindContext = { ...execution.context, prequery: (key) => answers.get(key) };
  for (let asked = 0; asked < PREQUERIES_MAX; asked++) {
    const translated = attempt(() => translateStatement(statement, text, context, options));
    if (translated instanceof AnswerNeeded) {
      served.set(translated.key, await translated.answer());
      continue;
    }
    const { staged } = translated.features;
    if (execution.describeOnly) describeStagedScans(staged, execution);
    else await openStagedScans(staged, execution);
    // What users wrote in JavaScript runs in the middle of a query: its engine has to be there by then.
    if (translated.features.usesJavaScript) await loadJavaScript();
    if (translated.kind !== "prequery") {
      checkInitialized(translated.features, execution);
      return translated;
    }
    const sql = fillPlaceholders(translated.sql, execution);
    answers.set(translated.key, await firstColumnTexts(sql, execution));
  }
  throw new Error(`a statement asked for more than ${PREQUERIES_MAX} queries before binding`);
}

function attempt<Result>(translate: () => Result): Result | AnswerNeeded {
  try {
    return translate();
  } catch (error) {
    if (error instanceof AnswerNeeded) return error;
    throw error;
  }
}

/** The same for a statement that is the whole text: a translation from an earlier run serves again. */
export async function translateWhole(
  statement: Statement,
  execution: Execution,
): Promise<TranslatedQuery | TranslatedDml> {
  const { translations } = execution.account;
  const { text } = execution;
  const known = translations.get(text, execution);
  if (known !== undefined) {
    checkInitialized(known.features, execution);
    return known;
  }
  const translated = await translateFor(statement, text, execution);
  translations.put(text, execution, translated);
  return translated;
}

/**
 * A query that is part of another statement.
 * @param types demanded types by position (a CTAS column list); undefined leaves the query's own
 */
export async function planQuery(
  query: Query,
  execution: Execution,
  types: readonly (SnowType | undefined)[] | undefined,
): Promise<QueryPlan> {
  return plan(query, execution, types, fillPlaceholders);
}

/** The same for a statement that consumes the streams it reads: the SQL still wants `fillStreams`, under the locks. */
export async function planConsuming(
  query: Query,
  execution: Execution,
  types: readonly (SnowType | undefined)[] | undefined,
): Promise<QueryPlan> {
  return plan(query, execution, types, fillValues);
}

async function plan(
  query: Query,
  execution: Execution,
  types: readonly (SnowType | undefined)[] | undefined,
  fill: typeof fillPlaceholders,
): Promise<QueryPlan> {
  const statement: Statement = { kind: "select", query };
  const translated = await translateFor(statement, execution.text, execution);
  if (translated.kind !== "query") throw new Error("a SELECT translates to a query");
  const sql = fill(translated.sql, execution);
  const volatile = translated.features.isVolatile;
  const streams = [...translated.features.streams];
  if (types === undefined || types.every((type) => type === undefined)) {
    return { columns: translated.columns, sql, volatile, streams };
  }
  const lowering = loweringContext({ parameter: execution.context.parameter });
  const columns = translated.columns.map((column, index) => ({
    ...column,
    type: types[index] ?? column.type,
  }));
  const items = translated.columns.map((column, index) => {
    const type = types[index];
    const value = { sql: `q.${column.physical}`, type: column.type };
    const sql = type === undefined ? value.sql : lowering.cast(value, type);
    return `${sql} AS ${column.physical}`;
  });
  return { columns, sql: `SELECT ${items.join(", ")} FROM (${sql}) AS q`, volatile, streams };
}
