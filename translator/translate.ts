/** Snowflake SQL to DuckDB SQL: parse, bind and lower one query or DML statement. Pure. */

import { snowflakeError } from "./base/errors.ts";
import {
  Binder,
  type Features,
  type ServerFunctions,
  type UserFunctionBinder,
} from "./bind/binder.ts";
import type { BoundQuery, OutputColumn } from "./bind/bound.ts";
import type { BindContext } from "./bind/context.ts";
import type { BoundDml } from "./bind/dml.ts";
import { bindInsert } from "./bind/dml-insert.ts";
import { bindMerge } from "./bind/dml-merge.ts";
import { bindMultiInsert } from "./bind/dml-multi-insert.ts";
import { bindDelete, bindUpdate } from "./bind/dml-update.ts";
import { bindQuery } from "./bind/query.ts";
import { PrequeryNeeded } from "./bind/query-prequery.ts";
import { type LoweredDml, lowerDml } from "./lower/dml.ts";
import { lowerQuery } from "./lower/query.ts";
import { parseStatement, type Statement } from "./statements/statement.ts";

export type TranslatedQuery = {
  readonly kind: "query";
  readonly bound: BoundQuery;
  /** A DuckDB SELECT; its columns are called as `columns` says under `physical`. */
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
  readonly features: Features;
};

export type TranslatedDml = {
  readonly kind: "dml";
  readonly bound: BoundDml;
  readonly lowered: LoweredDml;
  readonly features: Features;
};

/** The statement's columns depend on data: run `sql`, then translate again with the first column's values as text. */
export type NeedsPrequery = {
  readonly kind: "prequery";
  /** What `BindContext.prequery` is then asked for. */
  readonly key: string;
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
  readonly features: Features;
};

export type Translation = (TranslatedQuery | TranslatedDml) & { readonly statement: Statement };

export type TranslateOptions = {
  readonly userFunction?: UserFunctionBinder | undefined;
  readonly server?: ServerFunctions | undefined;
};

/**
 * Translates one statement.
 * @param sql     one Snowflake statement
 * @param context the session and the catalog as the statement sees them
 * @throws SnowflakeError for whatever Snowflake refuses at compile time, and 000002 for a statement that is neither query nor DML
 */
export function translate(
  sql: string,
  context: BindContext,
  options: TranslateOptions = {},
): Translation | NeedsPrequery {
  const statement = parseStatement(sql);
  const translated = translateStatement(statement, sql, context, options);
  return translated.kind === "prequery" ? translated : { ...translated, statement };
}

/** Translates a statement that is already parsed; `text` is what its spans point into. */
export function translateStatement(
  statement: Statement,
  text: string,
  context: BindContext,
  options: TranslateOptions = {},
): TranslatedQuery | TranslatedDml | NeedsPrequery {
  const binder = new Binder({ context, text, bindQuery, ...options });
  const state = { parameter: context.parameter, session: sessionValues(context) };
  const { features } = binder;
  try {
    if (statement.kind === "select") {
      const bound = binder.bindQuery(statement.query, undefined);
      const { columns } = bound;
      return { kind: "query", bound, sql: lowerQuery(bound, state), columns, features };
    }
    const bound = bindDml(statement, binder);
    return { kind: "dml", bound, lowered: lowerDml(bound, state), features };
  } catch (error) {
    if (!(error instanceof PrequeryNeeded)) throw error;
    const { key, query } = error;
    const { columns } = query;
    return { kind: "prequery", key, sql: lowerQuery(query, state), columns, features };
  }
}

/** What context functions read by name; session variables are `VARIABLE:` and their name. */
function sessionValues(context: BindContext): (name: string) => string | null {
  return (name) => {
    const given = context.session?.(name) ?? null;
    if (given !== null || !name.startsWith("VARIABLE:")) return given;
    const value = context.variable(name.slice("VARIABLE:".length))?.value ?? null;
    return value === null || typeof value === "object" ? null : String(value);
  };
}

/** A binder for parts of other statements: names, defaults, conditions. `text` is what spans point into. */
export function createBinder(
  text: string,
  context: BindContext,
  options: TranslateOptions = {},
): Binder {
  return new Binder({ context, text, bindQuery, ...options });
}

function bindDml(statement: Statement, binder: Binder): BoundDml {
  switch (statement.kind) {
    case "insert":
      return bindInsert(statement, binder);
    case "multi_insert":
      return bindMultiInsert(statement, binder);
    case "update":
      return bindUpdate(statement, binder);
    case "delete":
      return bindDelete(statement, binder);
    case "merge":
      return bindMerge(statement, binder);
    default:
      throw snowflakeError("unsupportedFeature", { feature: `translate ${statement.kind}` });
  }
}
