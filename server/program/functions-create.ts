/** CREATE FUNCTION. https://docs.snowflake.com/en/sql-reference/sql/create-function */

import { printExpression } from "../../translator/ast/printer.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { BoundExpression } from "../../translator/bind/bound.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { constant } from "../../translator/bind/fold.ts";
import { PrequeryNeeded } from "../../translator/bind/query-prequery.ts";
import { bindTableBody } from "../../translator/bind/user-functions.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import type { RoutineDefinition, RoutineParameter } from "../../translator/statements/routine.ts";
import { createBinder } from "../../translator/translate.ts";
import { castability } from "../../translator/types/coercion.ts";
import { resolveTypeName, typeText } from "../../translator/types/names.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { type FunctionObject, type RoutineResult, uniqueName } from "../catalog/objects.ts";
import { commonFields } from "../execute/account-objects.ts";
import { checkDistinct } from "../execute/columns.ts";
import { copiedGrants } from "../execute/copied-grants.ts";
import { markDropped } from "../execute/drop.ts";
import type { Execution, Handler, StatementOf } from "../execute/execution.ts";
import { NO_ANSWERS } from "../execute/functions/request.ts";
import { findSchema, memberName, shown } from "../execute/names.ts";
import { propertyRecord } from "../execute/properties.ts";
import { bindOptions } from "../execute/server-functions.ts";
import { alreadyExists, created } from "../execute/status.ts";
import { tagValues } from "../execute/tag-assignments.ts";
import { bindSql, tableFunctionOf } from "./functions.ts";
import { loadJavaScript } from "./javascript-sandbox.ts";
import { refuseParameterForms } from "./procedures/routine.ts";

type Statement = StatementOf<"create_function">;

export const createFunction: Handler<"create_function"> = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE FUNCTION");
  const language = languageOf(statement);
  if (language === "JAVASCRIPT") await loadJavaScript();
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const routine = newFunction(statement, name, schema.id, language, execution);
    const sessionId = String(execution.session.id);
    const existing = snapshot.find("function", schema.id, uniqueName(routine), sessionId);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace && !statement.orAlter) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    checkBody(routine, name, execution);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    const tags = tagValues(statement.definition.tags, snapshot, execution);
    const object = { ...routine, tags };
    const grants = statement.definition.copyGrants
      ? copiedGrants(existing, object, snapshot, execution)
      : [];
    return { changes: [...replaced, { kind: "put" as const, object }, ...grants], result: true };
  });
  return done ? created("Function", name.name) : alreadyExists(name.name);
};

/** @throws 000002 for what is not run here: other languages, external, aggregate and data metric functions */
function languageOf({ object, definition }: Statement): FunctionObject["language"] {
  if (object !== "FUNCTION") {
    throw snowflakeError("unsupportedFeature", { feature: `CREATE ${object}` });
  }
  if (definition.properties.some(({ name }) => name === "SERVICE")) {
    throw snowflakeError("unsupportedFeature", { feature: "CREATE FUNCTION … SERVICE" });
  }
  const language = definition.language ?? "SQL";
  if (language === "SQL" || language === "JAVASCRIPT") {
    const { body } = definition;
    if (language === "SQL" && body !== undefined && isBlock(body.text)) {
      throw snowflakeError("unsupportedFeature", { feature: "functions in Snowflake Scripting" });
    }
    if (body !== undefined && definition.returns !== undefined) return language;
    const messages = "syntax error line 1 at position 0 unexpected '<EOF>'.";
    throw snowflakeError("syntax", { messages });
  }
  throw snowflakeError("unsupportedFeature", { feature: `CREATE FUNCTION … LANGUAGE ${language}` });
}

/** A body of Snowflake Scripting. https://docs.snowflake.com/en/developer-guide/udf/sql/udf-sql-procedural-functions */
function isBlock(body: string): boolean {
  return new Cursor(body).atAnyKeyword("BEGIN", "DECLARE") !== undefined;
}

function newFunction(
  statement: Statement,
  { name }: QualifiedName,
  schemaId: number,
  language: FunctionObject["language"],
  execution: Execution,
): FunctionObject {
  const { definition } = statement;
  const options = propertyRecord(definition.properties, execution);
  const parameters = definition.parameters.map((parameter) => parameterOf(parameter, execution));
  checkDistinct(parameters.map((parameter) => parameter.name));
  const routine: FunctionObject = {
    ...commonFields(name, options, execution),
    kind: "function",
    schemaId,
    sessionId: statement.temporary ? String(execution.session.id) : undefined,
    parameters,
    returns: resultOf(definition, execution),
    language,
    body: definition.body?.text ?? "",
    strict: definition.nullInput === "returns_null",
    volatility: definition.volatility === "immutable" ? "IMMUTABLE" : "VOLATILE",
    memoizable: definition.memoizable,
    secure: statement.secure,
  };
  if (language === "JAVASCRIPT") checkScriptTypes(routine);
  return routine;
}

/** @throws 000002 for NOT NULL and TABLE, which a parameter of a plain function cannot have here */
function parameterOf(parameter: RoutineParameter, execution: Execution) {
  refuseParameterForms(parameter);
  return {
    name: parameter.name.name,
    type: typeOf(parameter.type, execution),
    default: parameter.default && printExpression(parameter.default),
  };
}

function typeOf(type: RoutineParameter["type"], execution: Execution): SnowType {
  return resolveTypeName(type, {
    timestampMapping: execution.parameters.text("TIMESTAMP_TYPE_MAPPING"),
  });
}

function resultOf({ returns }: RoutineDefinition, execution: Execution): RoutineResult {
  const given = must(returns, "a function has RETURNS");
  if (given.kind === "type") {
    const type = typeOf(given.type, execution);
    return { kind: "type", type, nullable: given.nullable !== false };
  }
  const columns = given.columns.map(({ name, type }) => ({
    name: name.name,
    type: typeOf(type, execution),
  }));
  checkDistinct(columns.map((column) => column.name));
  return { kind: "table", columns };
}

/** Types that no language but SQL takes. Docs: data-types-datetime, data-types-period, data-types-uuid. */
const SQL_ONLY: ReadonlySet<SnowType["kind"]> = new Set(["number", "interval", "period", "uuid"]);

/** JavaScript has no fixed-point numbers: FLOAT stands for them. */
function checkScriptTypes({ language, parameters, returns }: FunctionObject): void {
  const results =
    returns.kind === "type" ? [returns.type] : returns.columns.map(({ type }) => type);
  for (const type of [...parameters.map((parameter) => parameter.type), ...results]) {
    if (!SQL_ONLY.has(type.kind)) continue;
    throw snowflakeError("languageType", { language, type: typeText(type) });
  }
}

/** A SQL body is bound once at creation, with NULLs for the arguments, so that errors show then. */
function checkBody(routine: FunctionObject, name: QualifiedName, execution: Execution): void {
  if (routine.language !== "SQL") return;
  try {
    const declared = routine.returns;
    const options = bindOptions(execution, NO_ANSWERS);
    const binder = createBinder(routine.body, execution.context, options);
    if (declared.kind === "table") {
      const made = tableFunctionOf(routine, name);
      if (made.kind === "query") bindTableBody(made, nullsFor(routine), binder);
      return;
    }
    const actual = bindSql(routine, nullsFor(routine), name, binder).type;
    if (castability(actual, declared.type) !== "none" || actual.kind === "null") return;
    throw snowflakeError("returnTypeMismatch", {
      declared: typeText(declared.type),
      actual: typeText(actual),
    });
  } catch (error) {
    // Columns that depend on data are not known before a call.
    if (!(error instanceof PrequeryNeeded)) throw error;
  }
}

function nullsFor({ parameters }: FunctionObject): readonly BoundExpression[] {
  return parameters.map(({ type }) => constant(type, null));
}
