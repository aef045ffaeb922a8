/** A call that is done for each row by a host function of the account: what is the same for all rows as JSON, and a value. */

import { must } from "../../../translator/base/assert.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { textConstant } from "../../../translator/bind/fold.ts";
import type { FunctionEntry, Signature } from "../../../translator/functions/define.ts";
import type { ServerRequest } from "./request.ts";

/**
 * @param host the host function's name: of the spec's JSON and of the value
 * @param value what may depend on the row
 */
export function hostCall(
  { call }: ServerRequest,
  host: string,
  spec: object,
  value: BoundExpression,
): BoundExpression {
  const signature: Signature = {
    parameters: [],
    returns: call.type,
    nullability: "always",
    lower: ({ arguments: [text, given] }) => `${host}(${must(text).sql}, ${must(given).sql})`,
  };
  const entry: FunctionEntry = { ...call.entry, signatures: [signature], server: false };
  return {
    kind: "call",
    entry,
    signature,
    arguments: [textConstant(JSON.stringify(spec)), value],
    distinct: false,
    orderBy: [],
    fromLast: false,
    type: call.type,
    nullable: true,
  };
}
