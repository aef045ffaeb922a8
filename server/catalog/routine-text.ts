/** Users' functions as SHOW, DESCRIBE, GET_DDL and INFORMATION_SCHEMA print them. */

import { typeText } from "../../translator/types/names.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { quoted } from "./information-schema/names.ts";
import type { FunctionObject, RoutineParameter, RoutineResult } from "./objects.ts";

/** The type's name without length, precision and scale. */
export function bareType(type: SnowType): string {
  return typeText(type).replace(/\(.*\)$/s, "");
}

/** `(N NUMBER, S VARCHAR)`. */
export function parameterList(parameters: readonly RoutineParameter[]): string {
  const items = parameters.map(({ name, type, default: given }) =>
    given === undefined
      ? `${name} ${bareType(type)}`
      : `${name} ${bareType(type)} DEFAULT ${given}`,
  );
  return `(${items.join(", ")})`;
}

/** `NUMBER(38,0)`, or `TABLE (A NUMBER, B VARCHAR)`. */
export function resultText(returns: RoutineResult): string {
  if (returns.kind === "type") return typeText(returns.type);
  const columns = returns.columns.map(({ name, type }) => `${name} ${bareType(type)}`);
  return `TABLE (${columns.join(", ")})`;
}

/** `ADD5(NUMBER) RETURN NUMBER`, as SHOW FUNCTIONS prints it. */
export function overloadText({ name, parameters, returns }: FunctionObject): string {
  const types = parameters.map(({ type, default: given }) =>
    given === undefined ? bareType(type) : `DEFAULT ${bareType(type)}`,
  );
  const result =
    returns.kind === "type"
      ? bareType(returns.type)
      : `TABLE (${returns.columns.map(({ type }) => bareType(type)).join(", ")})`;
  return `${name}(${types.join(", ")}) RETURN ${result}`;
}

export function nullHandling({ strict }: FunctionObject): string {
  return strict ? "RETURNS NULL ON NULL INPUT" : "CALLED ON NULL INPUT";
}

/** The statement that makes the function again. @param name quoted, with its container when wanted */
export function functionDdl(routine: FunctionObject, name: string): string {
  const parameters = routine.parameters.map(({ name: own, type, default: given }) => {
    const text = `${quoted(own)} ${typeText(type)}`;
    return given === undefined ? text : `${text} DEFAULT ${given}`;
  });
  const isSql = routine.language === "SQL";
  const comment = routine.comment.replaceAll("'", "''");
  return [
    `CREATE OR REPLACE ${routine.secure ? "SECURE " : ""}FUNCTION ${name}(${parameters.join(", ")})`,
    `RETURNS ${resultText(routine.returns)}`,
    `LANGUAGE ${routine.language}`,
    ...(routine.strict ? [nullHandling(routine)] : []),
    ...(routine.volatility === "IMMUTABLE" ? ["IMMUTABLE"] : []),
    ...(routine.memoizable && isSql ? ["MEMOIZABLE"] : []),
    ...(comment === "" ? [] : [`COMMENT='${comment}'`]),
    `AS '${routine.body.replaceAll("\\", "\\\\").replaceAll("'", "''")}';`,
  ].join("\n");
}
