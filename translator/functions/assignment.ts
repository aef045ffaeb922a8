/** Checks of a value that is stored in a column: a text or binary value that is too long is an error, not cut. */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import { encodeRuntimeError } from "../base/runtime-error.ts";
import type { BoundExpression } from "../bind/bound.ts";
import type { SnowType } from "../types/types.ts";
import { type FunctionEntry, family, type LoweringCall, type Signature, sig } from "./define.ts";

const VALUE = "\u0001";

function tooLong(call: LoweringCall, shown: string, length: string): string {
  const value = must(call.arguments[0]).sql;
  const message = encodeRuntimeError(snowflakeError("stringTooLong", { value: VALUE }));
  const [before = "", after = ""] = message.split(VALUE).map(call.context.quote);
  return `CASE WHEN ${length} THEN error(${before} || ${shown} || ${after}) ELSE ${value} END`;
}

function lowerFit(call: LoweringCall): string {
  const { returns } = call;
  const value = must(call.arguments[0]).sql;
  if (returns.kind === "text") {
    return tooLong(call, value, `length(${value}) > ${returns.length}`);
  }
  if (returns.kind === "binary") {
    return tooLong(call, `hex(${value})`, `octet_length(${value}) > ${returns.length}`);
  }
  return value;
}

const SIGNATURE: Signature = sig("value any", (types) => must(types[0]), lowerFit);
const ENTRY: FunctionEntry = family("assignment")("FIT", {
  doc: "data-types-text",
  summary: "The value, or an error when it is too long for its column",
  signatures: [SIGNATURE],
});

/** The value as a column of the type takes it: an error at run time when it is too long. */
export function fitLength(value: BoundExpression, type: SnowType): BoundExpression {
  return {
    kind: "call",
    entry: ENTRY,
    signature: SIGNATURE,
    arguments: [value],
    distinct: false,
    orderBy: [],
    fromLast: false,
    type,
    nullable: value.nullable,
    offset: value.offset,
  };
}
