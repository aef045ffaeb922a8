/** ALTER PROCEDURE. https://docs.snowflake.com/en/sql-reference/sql/alter-procedure */

import type { ObjectName } from "../../../translator/ast/expressions.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { ProcedureObject } from "../../catalog/objects.ts";
import type { Snapshot } from "../../catalog/snapshot.ts";
import { taggedChange } from "../../execute/alter-tags.ts";
import type { Execution, StatementOf, StatementResult } from "../../execute/execution.ts";
import { findSchema, memberName, notFound, shown } from "../../execute/names.ts";
import { propertyRecord } from "../../execute/properties.ts";
import { executed } from "../../execute/status.ts";
import { findProcedure } from "./drop.ts";
import { inputTypes, procedureKey } from "./routine.ts";

type Alteration = StatementOf<"alter_object">["alteration"];

/** @throws 002003 when there is no such procedure, 000002 for an alteration that does nothing here */
export async function alterProcedure(
  statement: StatementOf<"alter_object">,
  name: ObjectName,
  execution: Execution,
): Promise<StatementResult> {
  const { signature, ifExists, alteration } = statement;
  const found = findProcedure(name, signature, execution, "ALTER PROCEDURE");
  if (found.object === undefined) {
    if (ifExists) return executed();
    throw notFound("Procedure", found.shown);
  }
  const { object: procedure } = found;
  await execution.ddl(async (snapshot) => {
    const changed = altered(procedure, alteration, snapshot, execution);
    const object = { ...changed, alteredAt: execution.account.now() };
    return { changes: [{ kind: "put", object }], result: undefined };
  });
  return executed();
}

const EXECUTE_AS: Readonly<Record<string, ProcedureObject["executeAs"]>> = {
  "EXECUTE AS OWNER": "OWNER",
  "EXECUTE AS CALLER": "CALLER",
  "EXECUTE AS RESTRICTED CALLER": "RESTRICTED CALLER",
};

function altered(
  procedure: ProcedureObject,
  alteration: Alteration,
  snapshot: Snapshot,
  execution: Execution,
): ProcedureObject {
  switch (alteration.kind) {
    case "rename":
      return renamed(procedure, alteration.name, snapshot, execution);
    case "set": {
      const given = propertyRecord(alteration.properties, execution);
      const comment = given["COMMENT"] ?? procedure.comment;
      return { ...procedure, options: { ...procedure.options, ...given }, comment };
    }
    case "unset": {
      const comment = alteration.names.includes("COMMENT") ? "" : procedure.comment;
      const kept = Object.entries(procedure.options).filter(
        ([name]) => !alteration.names.includes(name),
      );
      return { ...procedure, options: Object.fromEntries(kept), comment };
    }
    case "set_tags":
    case "unset_tags":
      return taggedChange(procedure, alteration, snapshot, execution);
    case "clause": {
      const { form } = alteration.clause;
      if (form === "SET SECURE") return { ...procedure, secure: true };
      if (form === "UNSET SECURE") return { ...procedure, secure: false };
      const executeAs = EXECUTE_AS[form];
      if (executeAs !== undefined) return { ...procedure, executeAs };
      throw refused(form);
    }
    default:
      throw refused(alteration.kind);
  }
}

function refused(words: string) {
  const what = words.toUpperCase().replaceAll("_", " ");
  return snowflakeError("unsupportedFeature", { feature: `ALTER PROCEDURE ${what}` });
}

function renamed(
  procedure: ProcedureObject,
  name: ObjectName,
  snapshot: Snapshot,
  execution: Execution,
): ProcedureObject {
  const target = memberName(name, execution, "ALTER PROCEDURE");
  const schema = findSchema(snapshot, target.database, target.schema);
  const key = procedureKey(target.name, inputTypes(procedure.parameters));
  const sessionId = String(execution.session.id);
  if (snapshot.find("procedure", schema.id, key, sessionId) !== undefined) {
    throw snowflakeError("objectExists", { name: shown(target.name) });
  }
  return { ...procedure, name: key, procedureName: target.name, schemaId: schema.id };
}
