/**
 * Grants of roles and users: the paths below one of them.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/role
 */

import type { ObjectName } from "../../../../translator/ast/expressions.ts";
import type { Granted, Grantee } from "../../../../translator/statements/grant.ts";
import type { GrantObject } from "../../../../translator/statements/grant_object.ts";
import type { GrantScope } from "../../../../translator/statements/grant_scope.ts";
import { OBJECT_KINDS, type ObjectKind } from "../../../../translator/statements/object_kinds.ts";
import { printStoredName } from "../../../../translator/statements/properties.ts";
import type { Statement } from "../../../../translator/statements/statement.ts";
import { flag, name, type Readings, read, text, time } from "../columns.ts";
import { type Fields, refused } from "../fields.ts";
import { objectName, qualifiedName, storedName } from "../names.ts";
import type { ObjectRequest, ShownRow } from "../request.ts";
import { type Endpoint, type Plan, target, type Work } from "../resource.ts";
import { showLimit } from "../statements.ts";

type GranteeKind = "ROLE" | "USER" | "DATABASE ROLE";
type Which = "all" | "future";

const PRIVILEGE = /^[A-Za-z_]+(?: [A-Za-z_]+)*$/;
const ROLE_KINDS = ["ROLE", "DATABASE ROLE"] as const;

/** @throws 390400 for what is no kind of object */
function securableKind(fields: Fields): ObjectKind | "ACCOUNT" {
  const words = fields.needed("securable_type").toUpperCase().replace(/[_-]/g, " ");
  const kind = OBJECT_KINDS.find((candidate) => candidate === words);
  if (kind === undefined) throw refused(`the property securable_type cannot be ${words}`);
  return kind;
}

/** The securable's name, in the database and schema that it says beside. */
function securableName(fields: Fields, kind: string): ObjectName {
  const database = fields.text("database");
  const schema = fields.text("schema");
  // A database may be named by its own property, a schema by its own beside the database.
  const given = fields.text("name") ?? (kind === "DATABASE" ? database : undefined);
  if (given === undefined) throw refused("the property name of securable is missing");
  fields.end();
  if (kind === "DATABASE") return objectName(storedName(given));
  const place = [database, schema].flatMap((part) =>
    part === undefined ? [] : [storedName(part)],
  );
  return qualifiedName(given, place);
}

function container(fields: Fields) {
  const database = storedName(fields.needed("database"));
  const schema = fields.text("schema");
  fields.end();
  return schema === undefined
    ? ({ container: "DATABASE", name: objectName(database) } as const)
    : ({ container: "SCHEMA", name: objectName(database, storedName(schema)) } as const);
}

function grantObject(body: Fields, kind: ObjectKind, which: Which): GrantObject {
  const scope = body.record("containing_scope");
  const securable = body.record("securable");
  if (scope !== undefined) return { kind: "bulk", which, object: kind, ...container(scope) };
  if (which === "future") throw refused("the property containing_scope is missing");
  if (kind === "ACCOUNT") {
    return { kind: "account" };
  }
  if (securable === undefined) throw refused("the property securable is missing");
  return { kind: "object", object: kind, names: [securableName(securable, kind)] };
}

function privileges(body: Fields) {
  return body.texts("privileges")?.map((privilege) => {
    if (PRIVILEGE.test(privilege)) return { name: privilege.toUpperCase(), columns: [] };
    throw refused(`${JSON.stringify(privilege)} is not a privilege`);
  });
}

/** What the body grants: privileges, or a role without any. */
function granted(body: Fields, which: Which): Granted {
  const kind = securableKind(body);
  const words = privileges(body) ?? [];
  const roleKind = ROLE_KINDS.find((candidate) => candidate === kind);
  if (roleKind !== undefined && words.length === 0) {
    const securable = body.record("securable");
    if (securable === undefined) throw refused("the property securable is missing");
    return { kind: "role", roleKind, role: securableName(securable, kind) };
  }
  if (words.length === 0) throw refused("the property privileges is missing");
  return { kind: "privileges", privileges: words, on: grantObject(body, kind, which) };
}

function grant(kind: GranteeKind, which: Which): Plan {
  return (request) => {
    const { body } = request;
    const to: Grantee[] = [{ kind, name: target(request) }];
    const what = granted(body, which);
    const withGrantOption = body.boolean("grant_option") === true;
    body.passOver(["created_on", "granted_by"]);
    return { kind: "grant", granted: what, to, withGrantOption };
  };
}

function revoke(kind: GranteeKind, which: Which): Plan {
  return (request) => {
    const { body, query } = request;
    const from: Grantee[] = [{ kind, name: target(request) }];
    const mode = query.word("mode", ["restrict", "cascade"]);
    const behavior = mode === undefined ? undefined : mode === "restrict" ? "RESTRICT" : "CASCADE";
    const what = granted(body, which);
    const grantOptionFor = body.boolean("grant_option") === true;
    body.passOver(["created_on", "granted_by"]);
    return { kind: "revoke", granted: what, from, grantOptionFor, behavior };
  };
}

type Read = (row: ShownRow) => object;

function listed(scope: (name: ObjectName) => GrantScope, readRow: Read, future = false): Plan {
  return (request: ObjectRequest): Work => {
    const statement: Statement = {
      kind: "show_grants",
      future,
      inherited: false,
      caller: false,
      scope: scope(target(request)),
      limit: showLimit(request.query, undefined),
    };
    return async (runner) => (await runner.rows(statement)).map(readRow);
  };
}

/** `DB.SCHEMA.NAME` of a securable; what is no such name stays whole. */
function securable(label: string) {
  const parts = label.match(/"(?:[^"]|"")+"|[^."]+/g) ?? [];
  const whole = parts.join(".") !== label || parts.length > 3;
  const [name = label, schema, database] = whole ? [label] : [...parts].reverse();
  return parts.length === 2 && !whole
    ? { database: schema, schema: null, name }
    : { database: database ?? null, schema: schema ?? null, name };
}

/** A row of SHOW GRANTS TO ROLE and SHOW FUTURE GRANTS. */
function privilegeRow(row: ShownRow): object {
  const kind = (row["granted_on"] ?? row["grant_on"] ?? "").replaceAll("_", " ");
  return {
    securable: kind === "ACCOUNT" ? null : securable(row["name"] ?? ""),
    securable_type: kind,
    grant_option: flag("grant_option")(row),
    privileges: [row["privilege"]],
    created_on: time("created_on")(row),
    granted_by: name("granted_by")(row),
  };
}

/** `DB.<TABLE>`, `DB.SCHEMA.<TABLE>`: where the future objects will be. */
function futureRow(row: ShownRow): object {
  const [database = "", schema] = (row["name"] ?? "").replace(/\.<[^>]*>$/, "").split(".");
  const { securable: _whole, ...rest } = privilegeRow(row) as Record<string, unknown>;
  return { ...rest, containing_scope: { database, schema: schema ?? null } };
}

const GRANT_OF: Readings = {
  created_on: time("created_on"),
  role: name("role"),
  granted_to: text("granted_to"),
  grantee_name: text("grantee_name"),
  granted_by: name("granted_by"),
};

const GRANT_ON: Readings = {
  created_on: time("created_on"),
  privilege: text("privilege"),
  granted_on: text("granted_on"),
  name: text("name"),
  granted_to: text("granted_to"),
  grantee_name: text("grantee_name"),
  grant_option: text("grant_option"),
  granted_by: name("granted_by"),
  granted_by_role_type: text("granted_by_role_type"),
};

/** A role that a user has. */
function roleRow(row: ShownRow): object {
  return {
    securable: { database: null, schema: null, name: printStoredName(row["role"] ?? "") },
    securable_type: "ROLE",
    privileges: ["USAGE"],
    created_on: time("created_on")(row),
    granted_by: name("granted_by")(row),
  };
}

const to = (object: ObjectKind) => (name: ObjectName) => ({ kind: "to", object, name }) as const;

/** The paths of grants to a role. */
function grantsTo(kind: "ROLE" | "DATABASE ROLE"): readonly Endpoint[] {
  return [
    { method: "GET", path: "/{name}/grants", plan: listed(to(kind), privilegeRow) },
    { method: "POST", path: "/{name}/grants", plan: grant(kind, "all") },
    { method: "POST", path: "/{name}/grants:revoke", plan: revoke(kind, "all") },
    { method: "GET", path: "/{name}/future-grants", plan: listed(to(kind), futureRow, true) },
    { method: "POST", path: "/{name}/future-grants", plan: grant(kind, "future") },
    { method: "POST", path: "/{name}/future-grants:revoke", plan: revoke(kind, "future") },
  ];
}

export const ROLE_GRANTS: readonly Endpoint[] = [
  ...grantsTo("ROLE"),
  {
    method: "GET",
    path: "/{name}/grants-of",
    plan: listed(
      (role) => ({ kind: "of", object: "ROLE", name: role }),
      (row) => read(row, GRANT_OF),
    ),
  },
  {
    method: "GET",
    path: "/{name}/grants-on",
    plan: listed(
      (role) => ({ kind: "on", object: { kind: "object", object: "ROLE", names: [role] } }),
      (row) => read(row, GRANT_ON),
    ),
  },
];

export const USER_GRANTS: readonly Endpoint[] = [
  { method: "GET", path: "/{name}/grants", plan: listed(to("USER"), roleRow) },
  { method: "POST", path: "/{name}/grants", plan: grant("USER", "all") },
  { method: "POST", path: "/{name}/grants:revoke", plan: revoke("USER", "all") },
];
