/**
 * Which procedure a call means: by name, number, names and types of its arguments.
 * https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-naming-conventions#calling-overloaded-procedures-and-functions
 */

import type { Argument } from "../../../translator/ast/expressions.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import { castability } from "../../../translator/types/coercion.ts";
import { typeText } from "../../../translator/types/names.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import type { ProcedureObject } from "../../catalog/objects.ts";
import type { Execution } from "../../execute/execution.ts";
import { completeMember } from "../../execute/names.ts";
import type { Routine } from "./routine.ts";

export type GivenArgument = { readonly argument: Argument; readonly value: TypedValue };

/** The given argument of each parameter, undefined for one that takes its default. */
export type Assignment = readonly (GivenArgument | undefined)[];

/** The procedures of a name, in the schema that the name means. */
export function proceduresNamed(
  parts: readonly string[],
  execution: Execution,
): readonly { readonly object: ProcedureObject; readonly routine: Routine }[] {
  const { account, session } = execution;
  if (parts.length === 1 && (session.database === undefined || session.schema === undefined)) {
    return [];
  }
  const name = completeMember(parts, execution, "CALL");
  const { snapshot } = account.catalog;
  const schema = snapshot.schema(name.database, name.schema);
  if (schema === undefined) return [];
  return snapshot
    .list("procedure", schema.id, String(session.id))
    .filter((object) => object.kind === "procedure")
    .filter((object) => object.procedureName === name.name)
    .map((object) => ({
      object,
      routine: { ...object, name: object.procedureName, place: name },
    }));
}

/**
 * The candidate whose parameters the arguments fit best.
 * @throws 001044 when they fit none
 */
export function chooseOverload(
  name: string,
  candidates: readonly Routine[],
  given: readonly GivenArgument[],
): { readonly routine: Routine; readonly assignment: Assignment } {
  let best: { routine: Routine; assignment: Assignment; cost: number } | undefined;
  for (const routine of candidates) {
    const assignment = assigned(routine, given);
    const cost = assignment && costOf(routine, assignment);
    if (assignment === undefined || cost === undefined) continue;
    if (best === undefined || cost < best.cost) best = { routine, assignment, cost };
  }
  if (best !== undefined) return best;
  const types = given.map(({ value }) => typeText(value.type)).join(", ");
  throw snowflakeError("invalidArgumentTypes", { name, types });
}

/** Undefined when there are too many arguments, too few, or one of an unknown name. */
function assigned(
  { parameters }: Routine,
  given: readonly GivenArgument[],
): Assignment | undefined {
  const result: (GivenArgument | undefined)[] = parameters.map(() => undefined);
  for (const [position, item] of given.entries()) {
    const name = item.argument.name?.name;
    const index =
      name === undefined ? position : parameters.findIndex((parameter) => parameter.name === name);
    if (index < 0 || index >= parameters.length || result[index] !== undefined) return undefined;
    result[index] = item;
  }
  const isMissing = parameters.some(
    (parameter, index) => result[index] === undefined && parameter.default === undefined,
  );
  return isMissing ? undefined : result;
}

/** Undefined when an argument does not convert by itself. */
function costOf({ parameters }: Routine, assignment: Assignment): number | undefined {
  let cost = 0;
  for (const [index, item] of assignment.entries()) {
    const parameter = parameters[index];
    if (item === undefined || parameter === undefined || parameter.mode === "out") continue;
    const step = conversionCost(item.value.type, parameter.type);
    if (step === undefined) return undefined;
    cost += step;
  }
  return cost;
}

/** What texts and numbers turn into sooner than into other types. */
const NEAR: Partial<Readonly<Record<SnowType["kind"], readonly SnowType["kind"][]>>> = {
  number: ["float", "decfloat"],
  float: ["number"],
  date: ["timestamp"],
};

function conversionCost(from: SnowType, to: SnowType): number | undefined {
  if (from.kind === to.kind || from.kind === "null") return 0;
  if (NEAR[from.kind]?.includes(to.kind)) return 1;
  if (castability(from, to) === "implicit") return to.kind === "text" ? 2 : 3;
  return to.kind === "variant" && castability(from, to) !== "none" ? 4 : undefined;
}
