/** SHOW GRANTS. https://docs.snowflake.com/en/sql-reference/sql/show-grants */

import type { ObjectName } from "../../../translator/ast/expressions.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { GrantScope } from "../../../translator/statements/grant_scope.ts";
import type { ObjectKind } from "../../../translator/statements/object_kinds.ts";
import {
  futureGrants,
  type Grant,
  givenGrants,
  grantedOn,
  ownership,
  ownerships,
} from "../../catalog/information-schema/grants.ts";
import type { Execution, Handler, StatementOf } from "../execution.ts";
import { grantTargets } from "../grant-targets.ts";
import { lastPart, shown } from "../names.ts";
import { applyClauses } from "./clauses.ts";
import { type ShowRow, shapedResult, shapeOf } from "./rows.ts";

type Statement = StatementOf<"show_grants">;

function grantRow(grant: Grant): ShowRow {
  return {
    created_on: grant.createdAt,
    privilege: grant.privilege,
    granted_on: grant.on.kind,
    name: grant.on.label,
    granted_to: grant.grantedTo,
    grantee_name: shown(grant.grantee),
    grant_option: String(grant.withGrantOption),
    granted_by_role_type: grant.grantedBy === "" ? "" : "ROLE",
    granted_by: grant.grantedBy,
  };
}

/** A role that someone has. */
function memberRow(grant: Grant): ShowRow {
  return {
    created_on: grant.createdAt,
    role: grant.on.name,
    granted_to: grant.grantedTo,
    grantee_name: shown(grant.grantee),
    granted_by: grant.grantedBy,
  };
}

function futureRow(grant: Grant): ShowRow {
  return {
    created_on: grant.createdAt,
    privilege: grant.privilege,
    grant_on: grant.on.kind,
    name: grant.on.label,
    grant_to: grant.grantedTo,
    grantee_name: shown(grant.grantee),
    grant_option: String(grant.withGrantOption),
  };
}

type Listed = { readonly shape: string; readonly rows: readonly ShowRow[] };

function grantsOn(
  object: Extract<Statement["scope"], { kind: "on" }>["object"],
  execution: Execution,
): Listed {
  const { snapshot } = execution.account.catalog;
  const given = givenGrants(snapshot);
  const found = grantTargets(object, snapshot, execution, "SHOW GRANTS").flatMap((target) => {
    if (target.object === undefined) return given.filter(({ on }) => on.kind === "ACCOUNT");
    const { id, owner } = target.object;
    const on = grantedOn(snapshot, id);
    const own = on === undefined || owner === "" ? [] : [ownership(target.object, on)];
    return [...own, ...given.filter((grant) => grant.on.id === id)];
  });
  return { shape: "GRANTS ON", rows: found.map(grantRow) };
}

function grantsToRole(name: ObjectName, execution: Execution): Listed {
  const { snapshot } = execution.account.catalog;
  const role = lastPart(name, execution);
  if (snapshot.find("role", 0, role) === undefined) throw missing("Role", role);
  const rows = [...ownerships(snapshot), ...givenGrants(snapshot)]
    .filter(({ grantedTo, grantee }) => grantedTo === "ROLE" && grantee === role)
    .map(grantRow);
  return { shape: "GRANTS TO ROLE", rows };
}

function grantsToUser(user: string, { account }: Execution): Listed {
  const rows = givenGrants(account.catalog.snapshot)
    .filter(({ grantedTo, grantee }) => grantedTo === "USER" && grantee === user)
    .filter(({ on }) => on.kind === "ROLE")
    .map(memberRow);
  return { shape: "GRANTS TO USER", rows };
}

function grantsOf(name: ObjectName, execution: Execution): Listed {
  const { snapshot } = execution.account.catalog;
  const role = lastPart(name, execution);
  const found = snapshot.find("role", 0, role);
  if (found === undefined) throw missing("Role", role);
  const rows = givenGrants(snapshot)
    .filter(({ on }) => on.id === found.id)
    .filter(({ privilege }) => privilege === "USAGE")
    .map(memberRow);
  return { shape: "GRANTS TO USER", rows };
}

function missing(kind: string, name: string) {
  return snowflakeError("containerNotFound", { kind, name: shown(name) });
}

function future(statement: Statement, execution: Execution): Listed {
  const { scope } = statement;
  const { snapshot } = execution.account.catalog;
  const all = futureGrants(snapshot);
  if (scope === undefined || scope.kind === "on" || scope.kind === "of")
    throw unsupported("FUTURE");
  if (scope.kind === "to") {
    const role = lastPart(scope.name, execution);
    return { shape: "FUTURE GRANTS", rows: all.filter((g) => g.grantee === role).map(futureRow) };
  }
  const kind = plainKind(scope.object);
  const on = { kind: "object", object: kind, names: [scope.name] } as const;
  const ids = grantTargets(on, snapshot, execution, "SHOW GRANTS").map(({ object }) => object?.id);
  const rows = all.filter((grant) => ids.includes(grant.on.id)).map(futureRow);
  return { shape: "FUTURE GRANTS", rows };
}

/** The kind of an object; roles of services and of instances are not here. */
function plainKind(object: Exclude<GrantScope, { kind: "on" }>["object"]): ObjectKind {
  if (typeof object === "string" && object !== "SERVICE ROLE") return object;
  throw snowflakeError("unsupportedFeature", {
    feature: `SHOW GRANTS of a ${object === "SERVICE ROLE" ? "SERVICE ROLE" : "class ROLE"}`,
  });
}

function unsupported(words: string) {
  return snowflakeError("unsupportedFeature", { feature: `SHOW ${words} GRANTS` });
}

function list(statement: Statement, execution: Execution): Listed {
  const { scope } = statement;
  if (statement.caller) throw unsupported("CALLER");
  if (statement.inherited) throw unsupported("INHERITED");
  if (statement.future) return future(statement, execution);
  if (scope === undefined) return grantsToUser(execution.session.user, execution);
  if (scope.kind === "on") return grantsOn(scope.object, execution);
  if (scope.kind === "to" && scope.object === "USER") {
    return grantsToUser(lastPart(scope.name, execution), execution);
  }
  if (scope.object === "ROLE") {
    return scope.kind === "of"
      ? grantsOf(scope.name, execution)
      : grantsToRole(scope.name, execution);
  }
  const kind = plainKind(scope.object);
  const title = kind.charAt(0) + kind.slice(1).toLowerCase();
  throw missing(title, lastPart(scope.name, execution));
}

export const showGrantsRows: Handler<"show_grants"> = async (statement, execution) => {
  const { shape, rows } = list(statement, execution);
  const column = shape === "GRANTS TO USER" ? "role" : "name";
  const clauses = { like: statement.like, limit: statement.limit };
  return shapedResult(shapeOf(shape), applyClauses(rows, clauses, column));
};
