/** The privileges that ALL means, by kind of object. https://docs.snowflake.com/en/user-guide/security-access-control-privileges */

import { grantKind } from "../catalog/information-schema/grants.ts";
import type { CatalogObject } from "../catalog/objects.ts";

const CREATE_IN_SCHEMA = [
  "CREATE ALERT",
  "CREATE DYNAMIC TABLE",
  "CREATE EXTERNAL TABLE",
  "CREATE FILE FORMAT",
  "CREATE FUNCTION",
  "CREATE MASKING POLICY",
  "CREATE MATERIALIZED VIEW",
  "CREATE PIPE",
  "CREATE PROCEDURE",
  "CREATE ROW ACCESS POLICY",
  "CREATE SECRET",
  "CREATE SEQUENCE",
  "CREATE STAGE",
  "CREATE STREAM",
  "CREATE TABLE",
  "CREATE TAG",
  "CREATE TASK",
  "CREATE VIEW",
];

/** All but OWNERSHIP. */
export const ALL_PRIVILEGES: Readonly<Record<string, readonly string[]>> = {
  ACCOUNT: [
    "CREATE DATABASE",
    "CREATE INTEGRATION",
    "CREATE ROLE",
    "CREATE SHARE",
    "CREATE USER",
    "CREATE WAREHOUSE",
    "EXECUTE ALERT",
    "EXECUTE TASK",
    "IMPORT SHARE",
    "MANAGE GRANTS",
    "MONITOR EXECUTION",
    "MONITOR USAGE",
  ],
  DATABASE: ["APPLYBUDGET", "CREATE DATABASE ROLE", "CREATE SCHEMA", "MODIFY", "MONITOR", "USAGE"],
  SCHEMA: [
    "ADD SEARCH OPTIMIZATION",
    "APPLYBUDGET",
    ...CREATE_IN_SCHEMA,
    "MODIFY",
    "MONITOR",
    "USAGE",
  ],
  MASKING_POLICY: ["APPLY"],
  ROW_ACCESS_POLICY: ["APPLY"],
  TAG: ["APPLY", "READ"],
  TABLE: [
    "APPLYBUDGET",
    "DELETE",
    "EVOLVE SCHEMA",
    "INSERT",
    "REFERENCES",
    "SELECT",
    "TRUNCATE",
    "UPDATE",
  ],
  VIEW: ["DELETE", "INSERT", "REFERENCES", "SELECT", "TRUNCATE", "UPDATE"],
  MATERIALIZED_VIEW: ["APPLYBUDGET", "REFERENCES", "SELECT"],
  SEQUENCE: ["USAGE"],
  FILE_FORMAT: ["USAGE"],
  STAGE: ["READ", "WRITE"],
  STREAM: ["SELECT"],
  TASK: ["APPLYBUDGET", "MONITOR", "OPERATE"],
  ALERT: ["MONITOR", "OPERATE"],
  INTEGRATION: ["USAGE", "USE_ANY_ROLE"],
  PIPE: ["APPLYBUDGET", "MONITOR", "OPERATE"],
  EXTERNAL_STAGE: ["USAGE"],
  WAREHOUSE: ["APPLYBUDGET", "MODIFY", "MONITOR", "OPERATE", "USAGE"],
  USER: ["MONITOR"],
};

/** The kind whose privileges an object has: an external stage has others than an internal one. */
export function privilegeKind(object: CatalogObject): string {
  const isExternal = object.kind === "stage" && object.url !== undefined;
  return isExternal ? "EXTERNAL_STAGE" : grantKind(object);
}

export const ALL = "ALL PRIVILEGES";
export const OWNERSHIP = "OWNERSHIP";

/** The privileges that words of a GRANT mean on an object of that kind. */
export function privilegesMeant(names: readonly string[], kind: string): readonly string[] {
  return [
    ...new Set(names.flatMap((name) => (name === ALL ? (ALL_PRIVILEGES[kind] ?? []) : [name]))),
  ];
}
