/**
 * Types of structured OBJECTs that OBJECT_DELETE, OBJECT_INSERT and OBJECT_PICK make: the keys are constants, so the
 * members of the result are known. An OBJECT without declared members stays one.
 * https://docs.snowflake.com/en/sql-reference/data-types-structured
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { typeText } from "../types/names.ts";
import type { SnowType, StructuredField } from "../types/types.ts";
import { constantText } from "./rules.ts";

/** Gives the type of the result from the types of the arguments and the arguments. */
export type TypeRule = (types: readonly SnowType[], args: readonly BoundExpression[]) => SnowType;

function constantKeys(args: readonly BoundExpression[]): readonly string[] | undefined {
  const keys = args.map((argument) => constantText(argument));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

/** The object's type with members by another rule, when it has declared members and the keys are constants. */
function changed(
  change: (
    fields: readonly StructuredField[],
    keys: readonly string[],
  ) => readonly StructuredField[],
  keyCount: number = Number.POSITIVE_INFINITY,
): TypeRule {
  return (types, args) => {
    const type = must(types[0]);
    const keys = constantKeys(args.slice(1, 1 + keyCount));
    if (type.kind !== "object" || type.fields === undefined || keys === undefined) return type;
    return { kind: "object", fields: change(type.fields, keys) };
  };
}

export const typeWithoutKeys: TypeRule = changed((fields, keys) =>
  fields.filter(({ name }) => !keys.includes(name)),
);

/**
 * Demands that a key has the kind of a MAP's keys.
 * https://docs.snowflake.com/en/sql-reference/functions/map_contains_key
 * @throws 001065 for text where the keys are numbers
 */
export function checkKey(name: string, key: SnowType, map: SnowType): void {
  if (map.kind !== "map" || map.key.kind !== "number" || key.kind !== "text") return;
  const types = `${typeText(key)} and map(${typeText(map.key)}, ${typeText(map.value.type)})`;
  throw snowflakeError("functionTypes", { name, types });
}

/** The members in the order of the keys. */
export const typeOfKeys: TypeRule = changed((fields, keys) =>
  keys.flatMap((key) => fields.filter(({ name }) => name === key)),
);

/** A new member comes last with the type of its value; a changed one keeps its type. */
export const typeWithKey: TypeRule = (types, args) => {
  const value = must(args[2]);
  const { type, nullable } = value;
  return changed(
    (fields, [key = ""]) =>
      fields.some(({ name }) => name === key) ? fields : [...fields, { name: key, type, nullable }],
    1,
  )(types, args);
};
