/** CREATE PROCEDURE. https://docs.snowflake.com/en/sql-reference/sql/create-procedure */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { ProcedureObject } from "../../catalog/objects.ts";
import { commonFields } from "../../execute/account-objects.ts";
import { copiedGrants } from "../../execute/copied-grants.ts";
import { markDropped } from "../../execute/drop.ts";
import type { Handler } from "../../execute/execution.ts";
import { findSchema, memberName, shown } from "../../execute/names.ts";
import { propertyRecord } from "../../execute/properties.ts";
import { alreadyExists, status } from "../../execute/status.ts";
import { tagValues } from "../../execute/tag-assignments.ts";
import { parseScriptCached } from "../scripting/run-script.ts";
import { inputTypes, procedureKey, routineOf } from "./routine.ts";

/**
 * The body of an SQL procedure is parsed now; one in JavaScript is looked at when it is called.
 * @throws 000002 for other languages, 001003 for a body with a syntax error
 */
export const createProcedure: Handler<"create_procedure"> = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE PROCEDURE");
  const { definition } = statement;
  const routine = routineOf(name.name, definition, execution.text, execution);
  if (routine.language === "SQL") parseScriptCached(routine.body);
  const key = procedureKey(name.name, inputTypes(routine.parameters));
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const sessionId = String(execution.session.id);
    const existing = snapshot.find("procedure", schema.id, key, sessionId);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const options = propertyRecord(definition.properties, execution);
    const { parameters, returns, language, body, executeAs, strict } = routine;
    const object: ProcedureObject = {
      ...commonFields(key, options, execution),
      kind: "procedure",
      schemaId: schema.id,
      sessionId: statement.temporary ? sessionId : undefined,
      procedureName: name.name,
      parameters,
      returns,
      language,
      body,
      executeAs,
      strict,
      secure: statement.secure,
    };
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    const tags = tagValues(definition.tags, snapshot, execution);
    const tagged = { ...object, tags };
    const grants = definition.copyGrants ? copiedGrants(existing, tagged, snapshot, execution) : [];
    const put = { kind: "put" as const, object: tagged };
    return { changes: [...replaced, put, ...grants], result: true };
  });
  if (!done) return alreadyExists(name.name);
  // Snowflake's text for procedures says Function, too.
  return status(`Function ${name.name} successfully created.`);
};
