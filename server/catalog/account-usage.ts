/**
 * SNOWFLAKE.ACCOUNT_USAGE: the account's objects over all databases, and its statements. Snowflake's views are late by up to three
 * hours and keep what was dropped for a year; here they are of the moment, and of what is there. Views about services that are not
 * here are empty. https://docs.snowflake.com/en/sql-reference/account-usage
 */

import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import type { QueryHistory } from "../observe/history.ts";
import { dependencyRows } from "./account-usage/dependencies.ts";
import { policiesOf, tagObjects } from "./account-usage/governance.ts";
import { loadUsage } from "./account-usage/loads.ts";
import { ACCOUNT_USAGE_SHAPES } from "./account-usage/shapes.ts";
import { allRelations, policyRows, setTagRows } from "./governance-rows.ts";
import { parseShape } from "./information-schema/column-spec.ts";
import { CONSTRAINT_VIEWS } from "./information-schema/constraint-rows.ts";
import { CONTAINER_VIEWS } from "./information-schema/container-rows.ts";
import { orNull, type Rows } from "./information-schema/define.ts";
import { givenGrants, ownerships } from "./information-schema/grants.ts";
import { type InlineRow, inlineRelation } from "./information-schema/inline.ts";
import { databases, relations, schemas } from "./information-schema/objects.ts";
import { PIPE_VIEWS } from "./information-schema/pipe-rows.ts";
import { RELATION_VIEWS } from "./information-schema/relation-rows.ts";
import { historyRow } from "./information-schema-functions.ts";
import type { Snapshot } from "./snapshot.ts";

export const SNOWFLAKE_DATABASE = "SNOWFLAKE";
export const ACCOUNT_USAGE = "ACCOUNT_USAGE";

type Asked = { readonly snapshot: Snapshot; readonly history: QueryHistory };
type Maker = (asked: Asked) => readonly InlineRow[];

/** Rows of a view that every database has, without what INFORMATION_SCHEMA says of itself. */
function overDatabases(rows: Rows | undefined): Maker {
  return ({ snapshot }) =>
    databases(snapshot).flatMap((database) => {
      const views = new Map();
      const made = rows?.({ snapshot, database, sessionId: "", views }) ?? [];
      return made.map((row) => withIds(row, snapshot));
    });
}

/** A row with the ids of the objects that it names. */
function withIds(row: InlineRow, snapshot: Snapshot): InlineRow {
  const ids: Record<string, number> = {};
  for (const prefix of ["table", "constraint"]) {
    const database = String(row[`${prefix}_catalog`]);
    const schema = snapshot.schema(database, String(row[`${prefix}_schema`]));
    if (schema === undefined) continue;
    ids[`${prefix}_catalog_id`] = schema.databaseId;
    ids[`${prefix}_schema_id`] = schema.id;
    const relation = snapshot.find("relation", schema.id, String(row["table_name"]));
    if (prefix === "table" && relation !== undefined) ids["table_id"] = relation.id;
  }
  const database = snapshot.database(String(row["catalog_name"]));
  const schema = database && snapshot.schema(database.name, String(row["schema_name"]));
  if (database !== undefined) ids["catalog_id"] = database.id;
  if (schema !== undefined) ids["schema_id"] = schema.id;
  return { ...row, ...ids };
}

const pipes: Maker = (asked) =>
  overDatabases(PIPE_VIEWS["PIPES"])(asked).map((row) => {
    const { snapshot } = asked;
    const schema = snapshot.schema(String(row["pipe_catalog"]), String(row["pipe_schema"]));
    const found = schema && snapshot.find("pipe", schema.id, String(row["pipe_name"]));
    return {
      ...row,
      pipe_id: found?.id ?? null,
      pipe_schema_id: schema?.id ?? null,
      pipe_catalog_id: schema?.databaseId ?? null,
      owner_role_type: "ROLE",
    };
  });

const databaseRows: Maker = ({ snapshot }) => {
  const [first] = databases(snapshot);
  if (first === undefined) return [];
  const asked = { snapshot, database: first, sessionId: "", views: new Map() };
  const rows = CONTAINER_VIEWS["DATABASES"]?.(asked) ?? [];
  return rows.map((row) => ({
    ...row,
    database_id: snapshot.database(String(row["database_name"]))?.id ?? null,
  }));
};

const dependencies: Maker = ({ snapshot }) =>
  databases(snapshot).flatMap((database) =>
    schemas(snapshot, database).flatMap((schema) =>
      relations(snapshot, schema, "").flatMap((view) => {
        const place = { database: database.name, schema: schema.name, name: view.name };
        return view.kind === "view" ? dependencyRows(snapshot, view, place) : [];
      }),
    ),
  );

/** Numbers of statements that say what the history does not know are NULL. */
const queries: Maker = ({ history }) =>
  [...history.all()]
    .filter((record) => record.endedAt !== undefined)
    .map((record) => ({
      ...historyRow(record),
      execution_status: record.status === "SUCCESS" ? "SUCCESS" : "FAIL",
      role_type: "ROLE",
    }));

const roles: Maker = ({ snapshot }) =>
  snapshot.list("role", 0).map((role) => ({
    role_id: role.id,
    created_on: role.createdAt,
    name: role.name,
    comment: orNull(role.comment),
    owner: orNull(role.owner),
    role_type: "ROLE",
    owner_role_type: "ROLE",
  }));

const users: Maker = ({ snapshot }) =>
  snapshot
    .list("user", 0)
    .filter((user) => user.kind === "user")
    .map((user) => ({
      user_id: user.id,
      name: user.name,
      created_on: user.createdAt,
      login_name: user.login,
      display_name: user.options["DISPLAY_NAME"] ?? user.name,
      first_name: user.options["FIRST_NAME"] ?? null,
      last_name: user.options["LAST_NAME"] ?? null,
      email: user.options["EMAIL"] ?? null,
      comment: orNull(user.comment),
      disabled: String(user.disabled),
      default_warehouse: orNull(user.defaultWarehouse),
      default_namespace: orNull(user.defaultNamespace),
      default_role: orNull(user.defaultRole),
      owner: orNull(user.owner),
      type: user.options["TYPE"] ?? null,
    }));

const grantsToRoles: Maker = ({ snapshot }) =>
  [...ownerships(snapshot), ...givenGrants(snapshot)]
    .filter(({ grantedTo }) => grantedTo === "ROLE")
    .map((grant) => ({
      created_on: grant.createdAt,
      modified_on: grant.createdAt,
      privilege: grant.privilege,
      granted_on: grant.on.kind,
      name: grant.on.name,
      table_catalog: grant.on.database ?? null,
      table_schema: grant.on.schema ?? null,
      granted_to: grant.grantedTo,
      grantee_name: grant.grantee,
      grant_option: grant.withGrantOption,
      granted_by: grant.grantedBy,
      granted_by_role_type: "ROLE",
    }));

const grantsToUsers: Maker = ({ snapshot }) =>
  givenGrants(snapshot)
    .filter(({ grantedTo, on }) => grantedTo === "USER" && on.kind === "ROLE")
    .map((grant) => ({
      created_on: grant.createdAt,
      role: grant.on.name,
      granted_to: grant.grantedTo,
      grantee_name: grant.grantee,
      granted_by: grant.grantedBy,
    }));

const MAKERS: Readonly<Record<string, Maker>> = {
  COLUMNS: overDatabases(RELATION_VIEWS["COLUMNS"]),
  DATABASES: databaseRows,
  GRANTS_TO_ROLES: grantsToRoles,
  GRANTS_TO_USERS: grantsToUsers,
  MASKING_POLICIES: policiesOf("masking_policy"),
  OBJECT_DEPENDENCIES: dependencies,
  PIPES: pipes,
  POLICY_REFERENCES: ({ snapshot }) =>
    allRelations(snapshot).flatMap((relation) => policyRows(relation, snapshot)),
  QUERY_HISTORY: queries,
  REFERENTIAL_CONSTRAINTS: overDatabases(CONSTRAINT_VIEWS["REFERENTIAL_CONSTRAINTS"]),
  ROLES: roles,
  ROW_ACCESS_POLICIES: policiesOf("row_access_policy"),
  SCHEMATA: overDatabases(CONTAINER_VIEWS["SCHEMATA"]),
  TABLES: overDatabases(RELATION_VIEWS["TABLES"]),
  TABLE_CONSTRAINTS: overDatabases(CONSTRAINT_VIEWS["TABLE_CONSTRAINTS"]),
  TAGS: tagObjects,
  TAG_REFERENCES: ({ snapshot }) => setTagRows(snapshot),
  USERS: users,
  VIEWS: overDatabases(RELATION_VIEWS["VIEWS"]),
};

/**
 * The view of that name as an inline relation.
 * @returns undefined when there is no such view
 */
export function accountUsage(
  snapshot: Snapshot,
  name: QualifiedName,
  history: QueryHistory,
): Relation | undefined {
  const shape = ACCOUNT_USAGE_SHAPES[name.name];
  if (shape === undefined) return undefined;
  const loads = loadUsage(name, snapshot);
  if (loads !== undefined) return loads;
  return inlineRelation(name, parseShape(shape), MAKERS[name.name]?.({ snapshot, history }) ?? []);
}
