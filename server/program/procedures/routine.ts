/** Procedures as they are called: from the catalog, nested in a block, or before a CALL (WITH p AS PROCEDURE). */

import { printExpression } from "../../../translator/ast/printer.ts";
import { assert } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { QualifiedName } from "../../../translator/bind/catalog.ts";
import type {
  RoutineDefinition,
  RoutineParameter,
} from "../../../translator/statements/routine.ts";
import { resolveTypeName } from "../../../translator/types/names.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import type { ProcedureObject, ProcedureParameter } from "../../catalog/objects.ts";
import { bareType } from "../../catalog/routine-text.ts";
import type { Execution } from "../../execute/execution.ts";

/** What a call needs to know. */
export type Routine = Pick<
  ProcedureObject,
  "parameters" | "returns" | "language" | "body" | "executeAs" | "strict"
> & {
  /** As results and errors show it. */
  readonly name: string;
  /** Where an owner's rights procedure resolves names; undefined for those without a place of their own. */
  readonly place?: Pick<QualifiedName, "database" | "schema"> | undefined;
};

/** Languages whose procedures run here. */
const LANGUAGES = new Set(["SQL", "JAVASCRIPT"]);

/** The name under which the catalog keeps a procedure: `P(VARCHAR, NUMBER)`. */
export function procedureKey(name: string, types: readonly SnowType[]): string {
  return `${name}(${types.map(bareType).join(", ")})`;
}

/** What tells overloads apart: OUT parameters do not. */
export function inputTypes(parameters: readonly ProcedureParameter[]): SnowType[] {
  return parameters.filter(({ mode }) => mode === "in").map(({ type }) => type);
}

/**
 * The routine that a definition describes.
 * @throws 000002 for a language that does not run here
 */
export function routineOf(
  name: string,
  definition: RoutineDefinition,
  text: string,
  execution: Execution,
): Routine {
  const { body, returns } = definition;
  const language = definition.language ?? "SQL";
  if (!LANGUAGES.has(language)) {
    throw snowflakeError("unsupportedFeature", { feature: `procedures in ${language}` });
  }
  if (body === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "procedures without a body" });
  }
  const options = {
    timestampMapping: execution.parameters.text("TIMESTAMP_TYPE_MAPPING"),
    text,
  };
  const typeOf = (type: RoutineParameter["type"]) => resolveTypeName(type, options);
  assert(returns !== undefined, "a procedure says what it returns");
  return {
    name,
    parameters: definition.parameters.map((parameter) => parameterOf(parameter, typeOf)),
    returns:
      returns.kind === "table"
        ? {
            kind: "table",
            columns: returns.columns.map((column) => ({
              name: column.name.name,
              type: typeOf(column.type),
            })),
          }
        : { kind: "value", type: typeOf(returns.type), nullable: returns.nullable !== false },
    language,
    body: body.text,
    executeAs: definition.executeAs ?? "OWNER",
    strict: definition.nullInput === "returns_null",
  };
}

/** @throws 000002 for NOT NULL and TABLE (…) of a parameter */
export function refuseParameterForms({ notNull, table }: RoutineParameter): void {
  const form = table !== undefined ? "TABLE" : notNull ? "NOT NULL" : undefined;
  if (form === undefined) return;
  throw snowflakeError("unsupportedFeature", { feature: `${form} of a parameter` });
}

function parameterOf(
  parameter: RoutineParameter,
  typeOf: (type: RoutineParameter["type"]) => SnowType,
): ProcedureParameter {
  refuseParameterForms(parameter);
  const { name, type, mode, default: given } = parameter;
  return {
    name: name.name,
    type: typeOf(type),
    mode: mode === "OUT" || mode === "OUTPUT" ? "out" : "in",
    default: given === undefined ? undefined : printExpression(given),
  };
}
