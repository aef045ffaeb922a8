/** DROP PROCEDURE p(types). https://docs.snowflake.com/en/sql-reference/sql/drop-procedure */

import type { ObjectName, TypeName } from "../../../translator/ast/expressions.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { resolveTypeName } from "../../../translator/types/names.ts";
import type { ProcedureObject } from "../../catalog/objects.ts";
import { markDropped } from "../../execute/drop.ts";
import type { Execution, StatementOf, StatementResult } from "../../execute/execution.ts";
import { findSchema, memberName, notFound, shownQualified } from "../../execute/names.ts";
import { alreadyDropped, dropped } from "../../execute/status.ts";
import { procedureKey } from "./routine.ts";

/**
 * The procedure of a name with argument types.
 * @throws 090208 when the types are not written
 */
export function findProcedure(
  name: ObjectName,
  signature: readonly TypeName[] | undefined,
  execution: Execution,
  verb: string,
): { readonly object: ProcedureObject | undefined; readonly shown: string; readonly name: string } {
  const member = memberName(name, execution, verb);
  const { snapshot } = execution.account.catalog;
  const schema = findSchema(snapshot, member.database, member.schema);
  const timestampMapping = execution.parameters.text("TIMESTAMP_TYPE_MAPPING");
  if (signature === undefined) throw snowflakeError("missingArgumentTypes", { name: member.name });
  const types = signature.map((type) => resolveTypeName(type, { timestampMapping }));
  const key = procedureKey(member.name, types);
  const found = snapshot.find("procedure", schema.id, key, String(execution.session.id));
  return {
    object: found?.kind === "procedure" ? found : undefined,
    shown: shownQualified(member),
    name: member.name,
  };
}

/** @throws 002003 when there is no such procedure */
export async function dropProcedure(
  statement: StatementOf<"drop">,
  execution: Execution,
): Promise<StatementResult> {
  const { name, signature, ifExists } = statement;
  const { object, shown, name: label } = findProcedure(name, signature, execution, "DROP");
  if (object === undefined) {
    if (ifExists) return alreadyDropped(label);
    throw notFound("Procedure", shown);
  }
  await execution.ddl(async () => ({
    changes: [markDropped(object, execution)],
    result: undefined,
  }));
  return dropped(label);
}
