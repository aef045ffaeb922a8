/** Binds, lowers and runs one expression at a time, without catalog, session or server. */

import { provideH3Library } from "../../server/execute/h3-library.ts";
import { openDatabase } from "../../server/storage/database.ts";
import { SnowflakeError } from "../../translator/base/errors.ts";
import { Binder } from "../../translator/bind/binder.ts";
import type { BoundExpression, ConstantValue } from "../../translator/bind/bound.ts";
import { castTo } from "../../translator/bind/coerce.ts";
import type { BindContext, TypedValue } from "../../translator/bind/context.ts";
import { bindExpression } from "../../translator/bind/expressions.ts";
import { bindQuery } from "../../translator/bind/query.ts";
import type { Scope } from "../../translator/bind/scope.ts";
import { allHostFunctions } from "../../translator/functions/registry.ts";
import { lowerExpression } from "../../translator/lower/expressions.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseExpression } from "../../translator/parse/expressions.ts";
import { typeText } from "../../translator/types/names.ts";
import { numberType, TEXT } from "../../translator/types/types.ts";

const PARAMETERS: Readonly<Record<string, string | number | boolean>> = {
  TIMEZONE: "America/Los_Angeles",
  TIMESTAMP_TYPE_MAPPING: "TIMESTAMP_NTZ",
  DATE_INPUT_FORMAT: "AUTO",
  TIME_INPUT_FORMAT: "AUTO",
  TIMESTAMP_INPUT_FORMAT: "AUTO",
  DATE_OUTPUT_FORMAT: "YYYY-MM-DD",
  TIME_OUTPUT_FORMAT: "HH24:MI:SS",
  TIMESTAMP_OUTPUT_FORMAT: "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
  TIMESTAMP_NTZ_OUTPUT_FORMAT: "YYYY-MM-DD HH24:MI:SS.FF3",
  TIMESTAMP_LTZ_OUTPUT_FORMAT: "",
  TIMESTAMP_TZ_OUTPUT_FORMAT: "",
  BINARY_OUTPUT_FORMAT: "HEX",
  TWO_DIGIT_CENTURY_START: 1970,
  WEEK_START: 0,
  WEEK_OF_YEAR_POLICY: 0,
  DEFAULT_NULL_ORDERING: "LAST",
};

function parameter(name: string): string | number | boolean {
  return PARAMETERS[name] ?? "";
}

const NUMBER_VARIABLE: TypedValue = { type: numberType(38, 0), value: "7" };

const CONTEXT: BindContext = {
  catalog: {
    version: 1,
    hasDatabase: () => false,
    hasSchema: () => false,
    relation: () => undefined,
    sequence: () => undefined,
  },
  database: "DB",
  schema: "SCH",
  role: "SYSADMIN",
  warehouse: undefined,
  user: "U",
  account: "A",
  sessionId: "1",
  parameter,
  variable: (name) => (name === "V" ? NUMBER_VARIABLE : undefined),
  bind: () => undefined,
  lastQueryId: () => undefined,
  describeOnly: false,
};

function scopeOf(lambda: ReadonlyMap<string, BoundExpression>): Scope {
  const scope: Scope = {
    clause: "select",
    resolveColumn: ([name, ...rest]) =>
      name !== undefined && rest.length === 0 ? lambda.get(name.name) : undefined,
    resolvePositional: () => undefined,
    expandStar: () => [],
    namedWindow: () => undefined,
    withLambdaParameters: (parameters) => scopeOf(new Map([...lambda, ...parameters])),
    displayName: () => "",
    withClause: () => scope,
  };
  return scope;
}

/** The bound form of an expression of Snowflake SQL. */
export function bindText(text: string): { bound: BoundExpression; binder: Binder } {
  const binder = new Binder({ context: CONTEXT, text, bindQuery });
  const expression = parseExpression(new Cursor(text));
  return { bound: bindExpression(expression, scopeOf(new Map()), binder), binder };
}

/** The type of an expression as DESCRIBE prints it. */
export function typeOfText(text: string): string {
  return typeText(bindText(text).bound.type);
}

/** The DuckDB SQL of an expression, as it is or converted to text. */
export function lowerText(text: string, asText: boolean): string {
  const { bound, binder } = bindText(text);
  const value = asText && bound.type.kind !== "text" ? castTo(bound, TEXT, binder) : bound;
  return lowerExpression(value, { parameter })
    .replaceAll("⟦current_timestamp⟧", "TIMESTAMPTZ '2024-06-01 12:00:00+00'")
    .replaceAll("⟦query_id⟧", "'01b00000-0000-0000-0000-000000000001'");
}

export type Engine = { readonly print: (text: string) => Promise<ConstantValue> };

/** An engine that prints the value of an expression as `::VARCHAR` does, or `error <code>: <text>`. */
export async function openEngine(): Promise<Engine> {
  provideH3Library();
  const database = await openDatabase({ hostFunctions: allHostFunctions() });
  const connection = await database.connect();
  await connection.setTimeZone("America/Los_Angeles");
  return {
    print: async (text) => {
      try {
        const [row] = await connection.rows(`SELECT ${lowerText(text, true)} AS v`);
        return row?.v ?? null;
      } catch (error) {
        return errorText(error);
      }
    },
  };
}

function errorText(error: unknown): string {
  if (!(error instanceof SnowflakeError)) throw error;
  return `error ${error.code}: ${error.message}`;
}
