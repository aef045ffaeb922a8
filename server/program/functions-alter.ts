/** DROP and ALTER FUNCTION. https://docs.snowflake.com/en/sql-reference/sql/alter-function */

import type { ObjectName, TypeName } from "../../translator/ast/expressions.ts";
import { type SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import { resolveTypeName } from "../../translator/types/names.ts";
import { type FunctionObject, signatureText, uniqueName } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { taggedChange } from "../execute/alter-tags.ts";
import { markDropped } from "../execute/drop.ts";
import type { Execution, StatementOf, StatementResult } from "../execute/execution.ts";
import { findMember, findSchema, memberName, shown, shownQualified } from "../execute/names.ts";
import { propertyRecord } from "../execute/properties.ts";
import { alreadyDropped, dropped, executed } from "../execute/status.ts";

/** `(NUMBER, VARCHAR)` of the types in a statement. @throws 090208 when they are not written */
function writtenSignature(
  name: string,
  signature: readonly TypeName[] | undefined,
  execution: Execution,
): string {
  if (signature === undefined) throw snowflakeError("missingArgumentTypes", { name });
  const timestampMapping = execution.parameters.text("TIMESTAMP_TYPE_MAPPING");
  return signatureText(signature.map((type) => resolveTypeName(type, { timestampMapping })));
}

/**
 * The function of that name and argument types.
 * @param verb for messages: "DROP FUNCTION"
 * @throws 090208 when the argument types are not written, 002003 when database or schema do not exist
 */
export function locateFunction(
  snapshot: Snapshot,
  name: ObjectName,
  signature: readonly TypeName[] | undefined,
  execution: Execution,
  verb: string,
): FunctionObject | undefined {
  const member = memberName(name, execution, verb);
  const types = writtenSignature(member.name, signature, execution);
  const full = { ...member, name: member.name + types };
  const found = findMember(snapshot, "function", full, execution);
  return found?.kind === "function" ? found : undefined;
}

/** The error for a function that is not there. */
export function functionNotFound(name: ObjectName, execution: Execution): SnowflakeError {
  const member = memberName(name, execution, "FUNCTION");
  return snowflakeError("containerNotFound", { kind: "Function", name: shownQualified(member) });
}

export async function dropFunction(
  statement: StatementOf<"drop">,
  execution: Execution,
): Promise<StatementResult> {
  const { name, signature, ifExists } = statement;
  const label = memberName(name, execution, "DROP FUNCTION").name;
  const done = await execution.ddl(async (snapshot) => {
    const found = locateFunction(snapshot, name, signature, execution, "DROP FUNCTION");
    if (found !== undefined) return { changes: [markDropped(found, execution)], result: true };
    if (ifExists) return { changes: [], result: false };
    throw functionNotFound(name, execution);
  });
  return done ? dropped(label) : alreadyDropped(label);
}

export async function alterFunction(
  statement: StatementOf<"alter_object">,
  name: ObjectName,
  execution: Execution,
): Promise<StatementResult> {
  await execution.ddl(async (snapshot) => {
    const { signature, ifExists } = statement;
    const found = locateFunction(snapshot, name, signature, execution, "ALTER FUNCTION");
    if (found === undefined) {
      if (ifExists) return { changes: [], result: undefined };
      throw functionNotFound(name, execution);
    }
    const changed = alteredFunction(found, statement.alteration, snapshot, execution);
    const object = { ...changed, alteredAt: execution.account.now() };
    return { changes: [{ kind: "put", object }], result: undefined };
  });
  return executed();
}

function alteredFunction(
  routine: FunctionObject,
  alteration: StatementOf<"alter_object">["alteration"],
  snapshot: Snapshot,
  execution: Execution,
): FunctionObject {
  switch (alteration.kind) {
    case "rename":
      return renamed(routine, alteration.name, snapshot, execution);
    case "set": {
      const options = propertyRecord(alteration.properties, execution);
      const comment = options["COMMENT"] ?? routine.comment;
      const secure =
        options["SECURE"] === undefined ? routine.secure : options["SECURE"] === "true";
      return { ...routine, options: { ...routine.options, ...options }, comment, secure };
    }
    case "unset": {
      const comment = alteration.names.includes("COMMENT") ? "" : routine.comment;
      const secure = alteration.names.includes("SECURE") ? false : routine.secure;
      return { ...routine, comment, secure };
    }
    case "set_tags":
    case "unset_tags":
      return taggedChange(routine, alteration, snapshot, execution);
    case "clause":
      if (alteration.clause.form === "SET SECURE") return { ...routine, secure: true };
      if (alteration.clause.form === "UNSET SECURE") return { ...routine, secure: false };
      break;
    default:
      break;
  }
  const words = alteration.kind === "clause" ? alteration.clause.form : alteration.kind;
  throw snowflakeError("unsupportedFeature", {
    feature: `ALTER FUNCTION ${words.toUpperCase().replaceAll("_", " ")}`,
  });
}

function renamed(
  routine: FunctionObject,
  name: ObjectName,
  snapshot: Snapshot,
  execution: Execution,
): FunctionObject {
  const target = memberName(name, execution, "ALTER FUNCTION");
  const schema = findSchema(snapshot, target.database, target.schema);
  const changed = { ...routine, name: target.name, schemaId: schema.id };
  const sessionId = String(execution.session.id);
  if (snapshot.find("function", schema.id, uniqueName(changed), sessionId) !== undefined) {
    throw snowflakeError("objectExists", { name: shown(target.name) });
  }
  return changed;
}
