/**
 * CREATE and ALTER of notification integrations.
 * https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration
 */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { IntegrationObject } from "../catalog/integration-object.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { commonFields } from "./account-objects.ts";
import { taggedChange } from "./alter-tags.ts";
import type { ObjectCreator } from "./create-object.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import {
  newIntegration,
  withIntegrationOptions,
  withoutIntegrationOptions,
} from "./integration-options.ts";
import { lastPart, notFound, shown } from "./names.ts";
import { alreadyExists, created, executed } from "./status.ts";

type Alteration = StatementOf<"alter_object">["alteration"];

export const createIntegration: ObjectCreator = async (statement, execution) => {
  const name = lastPart(statement.name, execution);
  const { orReplace, ifNotExists, orAlter, clone, clauses } = statement;
  if (orReplace && ifNotExists) {
    throw snowflakeError("conflictingOptions", { first: "OR REPLACE", second: "IF NOT EXISTS" });
  }
  const other = orAlter ? "OR ALTER" : clone === undefined ? clauses[0]?.form : "CLONE";
  if (other !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `${other} of an INTEGRATION` });
  }
  const made = await execution.ddl(async (snapshot) => {
    const existing = snapshot.find("integration", 0, name);
    if (existing !== undefined && ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !orReplace) {
      throw snowflakeError("objectExists", { name: shown(name) });
    }
    const object: IntegrationObject = {
      ...commonFields(name, {}, execution),
      ...newIntegration(statement.properties, execution),
      kind: "integration",
    };
    const gone = existing === undefined ? [] : [{ kind: "purge" as const, id: existing.id }];
    return { changes: [...gone, { kind: "put", object }], result: true };
  });
  return made ? created("Integration", name) : alreadyExists(name);
};

/** @throws 002003 when there is no such integration */
export async function alterIntegration(
  { alteration, ifExists }: StatementOf<"alter_object">,
  objectName: ObjectName,
  execution: Execution,
): Promise<StatementResult> {
  const name = lastPart(objectName, execution);
  await execution.ddl(async (snapshot) => {
    const found = snapshot.find("integration", 0, name);
    if (found?.kind !== "integration") {
      if (ifExists) return { changes: [], result: undefined };
      throw notFound("Integration", shown(name));
    }
    const changed = altered(found, alteration, snapshot, execution);
    const object = { ...changed, alteredAt: execution.account.now() };
    return { changes: [{ kind: "put", object }], result: undefined };
  });
  return executed();
}

function altered(
  integration: IntegrationObject,
  alteration: Alteration,
  snapshot: Snapshot,
  execution: Execution,
): IntegrationObject {
  switch (alteration.kind) {
    case "set": {
      const fields = withIntegrationOptions(integration, alteration.properties, execution);
      return { ...integration, ...fields };
    }
    case "unset":
      return { ...integration, ...withoutIntegrationOptions(integration, alteration.names) };
    case "set_tags":
    case "unset_tags":
      return taggedChange(integration, alteration, snapshot, execution);
    default: {
      const what = alteration.kind === "clause" ? alteration.clause.form : alteration.kind;
      const feature = `ALTER INTEGRATION ${what.toUpperCase().replaceAll("_", " ")}`;
      throw snowflakeError("unsupportedFeature", { feature });
    }
  }
}
