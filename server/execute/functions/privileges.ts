/**
 * EXPLAIN_PRIVILEGES: what a role needs for a statement. An object needs any privilege on its database and schema besides its own.
 * https://docs.snowflake.com/en/sql-reference/functions/explain_privileges
 */

import type { ObjectName } from "../../../translator/ast/expressions.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import type { QualifiedName } from "../../../translator/bind/catalog.ts";
import { constant } from "../../../translator/bind/fold.ts";
import { parseStatement, type Statement } from "../../../translator/statements/statement.ts";
import { grantKind } from "../../catalog/information-schema/grants.ts";
import type { Execution } from "../execution.ts";
import { heldPrivileges } from "../held-privileges.ts";
import { tablesNamed } from "../named-tables.ts";
import { findMember, findSchema, memberName, notFound, shownQualified } from "../names.ts";
import { requiredText, type ServerRequest, textArgument } from "./request.ts";

const ANY = "<ANY>";

type Need = {
  readonly privilege: string;
  readonly objectType: string;
  readonly objectName: string;
};

/** @throws 002003 for an object or role that is not there, 000002 for a kind of statement whose needs are not known */
export function explainPrivileges(request: ServerRequest): BoundExpression {
  const { call, execution } = request;
  const text = requiredText(request, 0);
  const needs = needsOf(parseStatement(text), execution);
  const role = textArgument(request, 2)?.toUpperCase() ?? execution.session.role;
  if (execution.account.catalog.snapshot.find("role", 0, role) === undefined) {
    throw snowflakeError("containerNotFound", { kind: "Role", name: role });
  }
  const isMissingOnly = textArgument(request, 1) === "true";
  const shown = isMissingOnly ? missing(needs, role, execution) : needs;
  return constant(call.type, JSON.stringify(answer(shown)), call.span.start);
}

function answer(needs: readonly Need[]): unknown {
  const [first] = needs;
  if (first === undefined) return { authorized: true };
  return needs.length === 1 ? first : { allOf: needs };
}

function missing(needs: readonly Need[], role: string, execution: Execution): readonly Need[] {
  const held = heldPrivileges(role, execution.account.catalog.snapshot);
  return needs.filter(({ privilege, objectType, objectName }) => {
    const own = held.get(`${objectType.replaceAll(" ", "_")} ${objectName}`);
    if (own === undefined) return true;
    return privilege !== ANY && !own.has("OWNERSHIP") && !own.has(privilege);
  });
}

/** Each once, containers before what they contain. */
function needsOf(statement: Statement, execution: Execution): readonly Need[] {
  const needs = new Map<string, Need>();
  const add = (need: Need) => needs.set(JSON.stringify(need), need);
  const within = ({ database, schema }: Pick<QualifiedName, "database" | "schema">) => {
    add({ privilege: ANY, objectType: "DATABASE", objectName: database });
    add({ privilege: ANY, objectType: "SCHEMA", objectName: `${database}.${schema}` });
  };
  const relation = (name: ObjectName, privileges: readonly string[]) => {
    const { member, kind } = found(name, execution);
    within(member);
    for (const privilege of privileges) {
      add({ privilege, objectType: kind.replaceAll("_", " "), objectName: shownQualified(member) });
    }
  };
  const created = (name: ObjectName, kind: string) => {
    const member = memberName(name, execution, `CREATE ${kind}`);
    findSchema(execution.account.catalog.snapshot, member.database, member.schema);
    const objectName = `${member.database}.${member.schema}`;
    add({ privilege: ANY, objectType: "DATABASE", objectName: member.database });
    add({ privilege: `CREATE ${kind}`, objectType: "SCHEMA", objectName });
  };
  for (const name of tablesNamed(statement)) relation(name, ["SELECT"]);
  switch (statement.kind) {
    case "select":
      break;
    case "insert":
      relation(statement.table, statement.overwrite ? ["INSERT", "DELETE"] : ["INSERT"]);
      break;
    case "multi_insert":
      for (const { table } of targetsOf(statement)) relation(table, ["INSERT"]);
      break;
    case "update":
      relation(statement.table, ["SELECT", "UPDATE"]);
      break;
    case "delete":
      relation(statement.table, ["SELECT", "DELETE"]);
      break;
    case "merge": {
      const actions = statement.clauses.map(({ action }) =>
        action.kind.replace("_by_name", "").toUpperCase(),
      );
      relation(statement.table, ["SELECT", ...new Set(actions)]);
      break;
    }
    case "truncate":
      relation(statement.name, ["TRUNCATE"]);
      break;
    case "create_table":
      created(statement.name, "TABLE");
      break;
    case "create_view":
      created(statement.name, statement.object);
      break;
    default:
      describeNeeds(statement, relation, add, execution);
  }
  return [...needs.values()];
}

function targetsOf(statement: Extract<Statement, { kind: "multi_insert" }>) {
  const { targets, branches, otherwise } = statement;
  return [...targets, ...branches.flatMap((branch) => branch.targets), ...otherwise];
}

/** DESCRIBE TABLE and VIEW, DESCRIBE SCHEMA, DROP of a table or view. */
function describeNeeds(
  statement: Statement,
  relation: (name: ObjectName, privileges: readonly string[]) => void,
  add: (need: Need) => void,
  { session }: Execution,
): void {
  if (statement.kind === "describe" && statement.target.kind === "object") {
    const { object, name } = statement.target;
    if (["TABLE", "VIEW", "TABLE_OR_VIEW"].includes(object)) {
      relation(name, [ANY]);
      return;
    }
    if (object === "SCHEMA" && name.kind === "name") {
      const [schema = "", database = session.database ?? ""] = name.parts
        .map((part) => part.name)
        .reverse();
      add({ privilege: ANY, objectType: "DATABASE", objectName: database });
      add({ privilege: "MONITOR", objectType: "SCHEMA", objectName: `${database}.${schema}` });
      return;
    }
  }
  if (statement.kind === "drop" && (statement.object === "TABLE" || statement.object === "VIEW")) {
    relation(statement.name, ["OWNERSHIP"]);
    return;
  }
  const feature = `EXPLAIN_PRIVILEGES of ${statement.kind.replaceAll("_", " ").toUpperCase()}`;
  throw snowflakeError("unsupportedFeature", { feature });
}

function found(name: ObjectName, execution: Execution) {
  const member = memberName(name, execution, "SELECT");
  const { snapshot } = execution.account.catalog;
  const object = findMember(snapshot, "relation", member, execution);
  if (object === undefined) throw notFound("Object", shownQualified(member));
  return { member, kind: grantKind(object) };
}
