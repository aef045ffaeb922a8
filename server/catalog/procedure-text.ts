/** Procedures as GET_DDL prints them. */

import { typeText } from "../../translator/types/names.ts";
import { quoted } from "./information-schema/names.ts";
import type { ProcedureObject } from "./objects.ts";
import { bareType } from "./routine-text.ts";

/** What it returns: `NUMBER(38,0)`, or `TABLE (A NUMBER, B VARCHAR)`. */
export function returnsText({ returns }: ProcedureObject): string {
  if (returns.kind === "value") return typeText(returns.type);
  const columns = returns.columns.map(({ name, type }) => `${quoted(name)} ${bareType(type)}`);
  return `TABLE (${columns.join(", ")})`;
}

/** The statement that makes the procedure again. @param container its database and schema with a dot behind, or nothing */
export function procedureDdl(procedure: ProcedureObject, container: string): string {
  const parameters = procedure.parameters.map(({ name, type, mode, default: given }) => {
    const own = `${quoted(name)} ${mode === "out" ? "OUT " : ""}${typeText(type)}`;
    return given === undefined ? own : `${own} DEFAULT ${given}`;
  });
  const name = `${container}${quoted(procedure.procedureName)}`;
  const comment = procedure.comment.replaceAll("'", "''");
  return [
    `CREATE OR REPLACE ${procedure.secure ? "SECURE " : ""}PROCEDURE ${name}(${parameters.join(", ")})`,
    `RETURNS ${returnsText(procedure)}`,
    `LANGUAGE ${procedure.language}`,
    ...(procedure.strict ? ["RETURNS NULL ON NULL INPUT"] : []),
    ...(comment === "" ? [] : [`COMMENT='${comment}'`]),
    `EXECUTE AS ${procedure.executeAs}`,
    `AS '${procedure.body.replaceAll("\\", "\\\\").replaceAll("'", "''")}';`,
  ].join("\n");
}
