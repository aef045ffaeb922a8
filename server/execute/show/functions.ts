/** SHOW FUNCTIONS, from the function catalog. https://docs.snowflake.com/en/sql-reference/sql/show-functions */

import type { FunctionEntry, Parameter, Signature } from "../../../translator/functions/define.ts";
import { ALL_FUNCTIONS } from "../../../translator/functions/registry.ts";
import { typeText } from "../../../translator/types/names.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { applyClauses } from "./clauses.ts";
import { type ShowRow, shapedResult, shapeOf, yn } from "./rows.ts";
import { userFunctionRows } from "./user-functions.ts";

type Statement = StatementOf<"show">;

/** Snowflake's words for what a parameter takes, where it is not the pattern's own. */
const PATTERN_WORDS: Partial<Readonly<Record<Parameter["pattern"], string>>> = {
  text: "VARCHAR",
  integer: "NUMBER",
  numeric: "NUMBER",
  string_or_binary: "VARCHAR",
  ntz: "TIMESTAMP_NTZ",
  ltz: "TIMESTAMP_LTZ",
  tz: "TIMESTAMP_TZ",
  timestamp: "TIMESTAMP_NTZ",
  datetime: "TIMESTAMP_NTZ",
  semi: "VARIANT",
  same: "ANY",
  part: "VARCHAR",
};

const MANY_ARGUMENTS = 2_147_483_647;

function word({ pattern }: Parameter): string {
  return PATTERN_WORDS[pattern] ?? pattern.toUpperCase();
}

function signatureText(name: string, { parameters, returns }: Signature): string {
  const list = parameters.map((parameter) => {
    const text = word(parameter) + (parameter.variadic ? ", ..." : "");
    return parameter.optional ? `[${text}]` : text;
  });
  const result = typeof returns === "function" ? "ANY" : typeText(returns).replace(/\(.*\)$/, "");
  return `${name}(${list.join(", ")}) RETURN ${result}`;
}

function functionRow(name: string, entry: FunctionEntry): ShowRow {
  const { signatures } = entry;
  const required = signatures.map(
    ({ parameters }) => parameters.filter(({ optional }) => !optional).length,
  );
  const most = signatures.map(({ parameters }) =>
    parameters.some(({ variadic }) => variadic) ? MANY_ARGUMENTS : parameters.length,
  );
  return {
    created_on: null,
    name,
    schema_name: entry.schema ?? "",
    is_builtin: "Y",
    is_aggregate: yn(entry.kind === "aggregate"),
    is_ansi: "N",
    min_num_arguments: Math.min(...required),
    max_num_arguments: Math.max(...most),
    arguments: signatures.map((signature) => signatureText(name, signature)).join(", "),
    description: entry.summary,
    catalog_name: entry.schema === undefined ? "" : "SNOWFLAKE",
    is_table_function: yn(entry.kind === "table"),
    valid_for_clustering: yn(entry.kind === "scalar" && !entry.volatile),
    is_secure: "N",
    secrets: null,
    external_access_integrations: null,
    is_external_function: "N",
    language: "SQL",
    is_memoizable: "N",
    is_data_metric: yn(entry.schema === "CORE" && entry.kind === "scalar"),
  };
}

/** Built-in functions, those left out that this account refuses to call, and users' functions. */
export async function showFunctions(statement: Statement, execution: Execution) {
  const callable = ALL_FUNCTIONS.filter(({ signatures }) => signatures.length > 0);
  const rows = callable
    .flatMap((entry) => [entry.name, ...entry.aliases].map((name) => functionRow(name, entry)))
    .sort((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1));
  const users = statement.subject === "FUNCTIONS" ? userFunctionRows(statement, execution) : [];
  return shapedResult(shapeOf("FUNCTIONS"), applyClauses([...rows, ...users], statement));
}
