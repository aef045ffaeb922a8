/** USE: current database, schema, role, warehouse. https://docs.snowflake.com/en/sql-reference/sql/use */

import { snowflakeError } from "../../translator/base/errors.ts";
import { INFORMATION_SCHEMA } from "../catalog/information-schema/objects.ts";
import type { Execution, Handler, StatementOf } from "./execution.ts";
import { nameParts } from "./names.ts";
import {
  SESSION_STATEMENT,
  USE_DATABASE_STATEMENT,
  USE_SCHEMA_STATEMENT,
  USE_STATEMENT,
  USE_WAREHOUSE_STATEMENT,
} from "./statement-types.ts";
import { executed } from "./status.ts";

const DEFAULT_SCHEMA = "PUBLIC";

type Target = StatementOf<"use">["target"];

export const use: Handler<"use"> = async ({ target }, execution) => {
  if (target.kind !== "SECONDARY ROLES") return useNamed(target, execution);
  useSecondaryRoles(target.roles, execution);
  return executed(SESSION_STATEMENT);
};

/** https://docs.snowflake.com/en/sql-reference/sql/use-secondary-roles */
function useSecondaryRoles(
  roles: Extract<Target, { kind: "SECONDARY ROLES" }>["roles"],
  execution: Execution,
): void {
  const { session, account } = execution;
  if (typeof roles === "string") {
    session.secondaryRoles = roles;
    return;
  }
  const names = roles.map((role) => nameParts(role, execution).at(-1) ?? "");
  for (const name of names) {
    if (account.catalog.snapshot.find("role", 0, name) === undefined) throw missing();
  }
  session.secondaryRoles = names;
}

function useNamed(target: Exclude<Target, { kind: "SECONDARY ROLES" }>, execution: Execution) {
  const parts = nameParts(target.name, execution);
  const [name = ""] = parts;
  const { session, account } = execution;
  switch (target.kind) {
    case "DATABASE":
      useDatabase(name, execution);
      return executed(USE_DATABASE_STATEMENT);
    case "SCHEMA":
      useSchema(parts, execution);
      return executed(USE_SCHEMA_STATEMENT);
    case "bare":
      if (parts.length > 1 || account.catalog.snapshot.database(name) === undefined) {
        useSchema(parts, execution);
        return executed(USE_SCHEMA_STATEMENT);
      }
      useDatabase(name, execution);
      return executed(USE_DATABASE_STATEMENT);
    case "ROLE":
      if (account.catalog.snapshot.find("role", 0, name) === undefined) throw missing();
      session.role = name;
      return executed(USE_STATEMENT);
    case "WAREHOUSE":
      if (account.catalog.snapshot.find("warehouse", 0, name) === undefined) throw missing();
      session.warehouse = name;
      return executed(USE_WAREHOUSE_STATEMENT);
    default:
      throw snowflakeError("unsupportedFeature", { feature: `USE ${target.kind}` });
  }
}

function missing() {
  return snowflakeError("objectMissing", {});
}

function useDatabase(name: string, { session, account }: Execution): void {
  const { snapshot } = account.catalog;
  if (snapshot.database(name) === undefined) throw missing();
  session.database = name;
  session.schema = snapshot.schema(name, DEFAULT_SCHEMA) === undefined ? undefined : DEFAULT_SCHEMA;
}

function useSchema(parts: readonly string[], { session, account }: Execution): void {
  const [schema = "", database = session.database] = [...parts].reverse();
  if (database === undefined)
    throw snowflakeError("noCurrentDatabase", { operation: "USE SCHEMA" });
  const { snapshot } = account.catalog;
  const exists =
    schema === INFORMATION_SCHEMA
      ? snapshot.database(database) !== undefined
      : snapshot.schema(database, schema) !== undefined;
  if (!exists) throw missing();
  session.database = database;
  session.schema = schema;
}
