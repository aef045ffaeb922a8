/** Users' functions as the binder calls them: found by name, the fitting overload bound in place. */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Binder, UserFunctionBinder } from "../../translator/bind/binder.ts";
import type { BoundExpression } from "../../translator/bind/bound.ts";
import type { QualifiedName, UserTableFunction } from "../../translator/bind/catalog.ts";
import { castTo } from "../../translator/bind/coerce.ts";
import { NULL_CONSTANT } from "../../translator/bind/fold.ts";
import { candidateNames, nameParts } from "../../translator/bind/from-names.ts";
import {
  bindSqlBody,
  chooseOverload,
  noOverload,
  parseSqlBody,
  type SqlBody,
} from "../../translator/bind/user-functions.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseQuery } from "../../translator/parse/query.ts";
import { BOOLEAN } from "../../translator/types/types.ts";
import type { FunctionObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { bindScalarCall, rowsOf } from "./javascript-binding.ts";

/** Live functions of that name, in the order of their argument types. */
export function functionsNamed(
  snapshot: Snapshot,
  { database, schema, name }: QualifiedName,
  sessionId: string,
): readonly FunctionObject[] {
  const container = snapshot.schema(database, schema);
  if (container === undefined) return [];
  return snapshot
    .list("function", container.id, sessionId)
    .filter((object) => object.kind === "function")
    .filter((object) => object.name === name);
}

/** Parsed bodies; an object never changes, a new version of it is a new object. */
const bodies = new WeakMap<FunctionObject, SqlBody>();

function bodyOf(routine: FunctionObject): SqlBody {
  const known = bodies.get(routine);
  if (known !== undefined) return known;
  const body = parseSqlBody(routine.body);
  bodies.set(routine, body);
  return body;
}

/** Binds calls of users' scalar functions. @param snapshot the catalog as the statement sees it */
export function userFunctions(snapshot: () => Snapshot, sessionId: string): UserFunctionBinder {
  /** Functions whose bodies are being bound: a call of one of them never ends. */
  const open = new Set<number>();
  return (name, args, binder) => {
    const parts = nameParts(name, binder);
    for (const candidate of candidateNames(parts, binder.context)) {
      const found = functionsNamed(snapshot(), candidate, sessionId);
      const overloads = found.filter(({ returns }) => returns.kind === "type");
      if (overloads.length === 0) continue;
      const chosen = chooseOverload(overloads, args, candidate, binder);
      if (chosen === undefined) throw noOverload(candidate.name, args, binder);
      const { overload, values } = chosen;
      if (open.has(overload.id)) {
        throw snowflakeError("unsupportedFeature", { feature: "recursive SQL function" });
      }
      open.add(overload.id);
      try {
        return bindRoutine(overload, values, candidate, binder);
      } finally {
        open.delete(overload.id);
      }
    }
    return undefined;
  };
}

/**
 * The value of a scalar function for values of its parameters' types.
 * @throws 090207 when a SQL body does not convert to the declared type
 */
export function bindRoutine(
  routine: FunctionObject,
  values: readonly BoundExpression[],
  schema: QualifiedName,
  binder: Binder,
): BoundExpression {
  const { returns } = routine;
  if (returns.kind !== "type") throw binder.error("unknownUserFunction", { name: routine.name });
  const { type } = returns;
  const value =
    routine.language === "JAVASCRIPT"
      ? bindScalarCall(routine, values, type, binder)
      : castTo(bindSql(routine, values, schema, binder), type, binder, { implicit: true });
  if (!routine.strict || values.length === 0) return value;
  const nulls = values.map(
    (operand): BoundExpression => ({
      kind: "is_null",
      operand,
      negated: false,
      type: BOOLEAN,
      nullable: false,
    }),
  );
  const when: BoundExpression =
    nulls.length === 1
      ? must(nulls[0])
      : { kind: "or", operands: nulls, type: BOOLEAN, nullable: false };
  const then = castTo(NULL_CONSTANT, type, binder);
  return { kind: "case", branches: [{ when, then }], otherwise: value, type, nullable: true };
}

/** A SQL function's body on values of its parameters' types; of the type that the body has. */
export function bindSql(
  routine: FunctionObject,
  values: readonly BoundExpression[],
  schema: QualifiedName,
  binder: Binder,
): BoundExpression {
  const columns = routine.parameters.map(({ name }, index) => ({
    name,
    expression: must(values[index]),
  }));
  return bindSqlBody(bodyOf(routine), columns, schema, binder);
}

const tableFunctions = new WeakMap<FunctionObject, UserTableFunction>();

/** A user's table functions of that name, for the binder. */
export function userTableFunctions(
  snapshot: Snapshot,
  name: QualifiedName,
  sessionId: string,
): readonly UserTableFunction[] {
  return functionsNamed(snapshot, name, sessionId)
    .filter(({ returns }) => returns.kind === "table")
    .map((routine) => {
      const known = tableFunctions.get(routine);
      if (known !== undefined) return { ...known, name };
      const made = tableFunctionOf(routine, name);
      tableFunctions.set(routine, made);
      return made;
    });
}

/** A handler that keeps something between rows does so in `this`, or has methods for the ends of a partition. */
const KEEPS_STATE = /\b(?:this|initialize|finalize)\b/;

/** A table function as the binder takes it. */
export function tableFunctionOf(routine: FunctionObject, name: QualifiedName): UserTableFunction {
  const { parameters, returns } = routine;
  const columns = returns.kind === "table" ? returns.columns : [];
  if (routine.language === "JAVASCRIPT") {
    const made = { kind: "rows", name, parameters, columns, ...rowsOf(routine) } as const;
    return { ...made, stateful: KEEPS_STATE.test(routine.body) };
  }
  const text = routine.body;
  const cursor = new Cursor(text);
  const query = parseQuery(cursor);
  cursor.expectEnd();
  return { kind: "query", name, parameters, columns, query, text };
}
