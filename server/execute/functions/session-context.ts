/** SET_SYS_CONTEXT, and what is only known inside of a block. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { typeText } from "../../../translator/types/names.ts";
import { textType } from "../../../translator/types/types.ts";
import { answered, requiredText, type ServerRequest, textArgument } from "./request.ts";

const ATTRIBUTES = "SNOWFLAKE$SESSION_ATTRIBUTES";

/**
 * Attributes of the session are set once. In another namespace the key is a session variable, whose name the namespace
 * begins.
 * @throws 001008 for an attribute that is set already; the code is a guess of ours
 * https://docs.snowflake.com/en/sql-reference/functions/set_sys_context
 */
export function setSystemContext(request: ServerRequest): BoundExpression {
  const { session } = request.execution;
  const namespace = textArgument(request, 0) ?? null;
  const key = requiredText(request, 1);
  const value = requiredText(request, 2);
  return answered(request, async () => {
    if (namespace === ATTRIBUTES) {
      if (session.attributes.has(key)) {
        throw snowflakeError("invalidParameterValue", { value: key, name: ATTRIBUTES });
      }
      session.attributes.set(key, value);
      return null;
    }
    const name = namespace === null ? key : `${namespace}.${key}`;
    const before = session.variables.get(name)?.value ?? null;
    session.variables.set(name, { type: textType(Math.max(1, [...value].length)), value });
    return before === null || typeof before === "object" ? null : String(before);
  });
}

/**
 * A RESULTSET is a name in a block, where the interpreter answers; anywhere else there is only a value.
 * @throws 001044
 */
export function resultSetStatus({ call, binder }: ServerRequest): BoundExpression {
  const [argument] = call.arguments;
  const types = argument === undefined ? "" : typeText(argument.type);
  throw binder.error("invalidArgumentTypes", { name: call.entry.name, types }, call.span);
}
