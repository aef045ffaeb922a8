/**
 * The body of POST /api/v2/statements.
 * https://docs.snowflake.com/en/developer-guide/sql-api/reference
 */

import type { FastifyRequest } from "fastify";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { splitStatements } from "../../../translator/lex/split.ts";
import { parseStatement, type Statement } from "../../../translator/statements/statement.ts";
import type { WireBindings } from "../../execute/bindings.ts";
import { statementWord } from "../../execute/statement-words.ts";
import { PARAMETERS, type ParameterValue } from "../../session/parameter-table.ts";
import { exactName } from "../api-session.ts";
import { parseBindings } from "../bindings.ts";
import { field, recordField, textField } from "../body.ts";

export type SubmitRequest = {
  readonly text: string;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly warehouse: string | undefined;
  readonly role: string | undefined;
  readonly binds: WireBindings;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
};

/** @throws 390400 when the statement is missing, a name is not a parameter, or a binding is an array */
export function submitRequest({ body }: FastifyRequest): SubmitRequest {
  const text = field(body, "statement");
  if (typeof text !== "string" || text === "") {
    throw snowflakeError("badRequest", { detail: "the field statement is missing" });
  }
  const binds = parseBindings(recordField(body, "bindings"));
  if (binds.batch !== undefined) {
    throw snowflakeError("badRequest", { detail: "a binding has one value, not an array" });
  }
  return {
    text,
    database: nameField(body, "database"),
    schema: nameField(body, "schema"),
    warehouse: nameField(body, "warehouse"),
    role: nameField(body, "role"),
    binds,
    parameters: requestParameters(body),
  };
}

/** Names are case-sensitive here; a login's are folded unless quoted. */
function nameField(body: unknown, name: string): string | undefined {
  const given = textField(body, name);
  return given === undefined ? undefined : exactName(given);
}

function requestParameters(body: unknown): ReadonlyMap<string, ParameterValue> {
  const parameters = new Map<string, ParameterValue>();
  for (const [given, value] of Object.entries(recordField(body, "parameters"))) {
    const name = given.toUpperCase();
    if (!PARAMETERS.has(name)) {
      throw snowflakeError("badRequest", { detail: `${given} is not a parameter` });
    }
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      parameters.set(name, value);
    }
  }
  const timeout = textField(body, "timeout");
  if (timeout !== undefined) parameters.set("STATEMENT_TIMEOUT_IN_SECONDS", Number(timeout));
  return parameters;
}

/** Statements that are nothing without a session that goes on, and those that move files of the client. */
const SESSION_KINDS = ["begin", "commit", "rollback", "use", "alter_session", "set", "unset"];
const FILE_KINDS = ["put", "get"];

/**
 * What needs a session is refused outside of a request with several statements, PUT and GET always.
 * https://docs.snowflake.com/en/developer-guide/sql-api/intro
 * @throws 391911
 */
export function refuseSessionStatements(text: string): void {
  const statements = statementsOf(text);
  const refused = statements.find(
    (statement) =>
      FILE_KINDS.includes(statement.kind) || (statements.length === 1 && needsSession(statement)),
  );
  if (refused !== undefined) {
    throw snowflakeError("sqlApiStatement", { statement: statementWord(refused) });
  }
}

function needsSession(statement: Statement): boolean {
  const temporary = "persistence" in statement && statement.persistence === "temporary";
  return temporary || SESSION_KINDS.includes(statement.kind);
}

/** None for what no parser takes: that fails when it runs. */
function statementsOf(text: string): readonly Statement[] {
  try {
    return splitStatements(text).map((piece) => parseStatement(piece.text));
  } catch {
    return [];
  }
}
