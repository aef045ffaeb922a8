/** A call of a user's JavaScript as a bound expression: values to text, the call, its text to the result's type. */

import type { Binder } from "../../translator/bind/binder.ts";
import type { BoundExpression } from "../../translator/bind/bound.ts";
import type { UserTableFunction } from "../../translator/bind/catalog.ts";
import { castTo } from "../../translator/bind/coerce.ts";
import { callByName } from "../../translator/bind/expressions-calls.ts";
import { textConstant } from "../../translator/bind/fold.ts";
import type {
  FunctionEntry,
  LoweredArgument,
  LoweringCall,
  Signature,
} from "../../translator/functions/define.ts";
import { type SnowType, TEXT, VARIANT } from "../../translator/types/types.ts";
import type { FunctionObject } from "../catalog/objects.ts";
import { CALL_FUNCTION, IMMUTABLE_CALL_FUNCTION } from "./javascript-calls.ts";

const NOWHERE = { start: 0, end: 0 };

/** Values that are JSON in JavaScript cross as their JSON text. */
function crossingValue(value: BoundExpression, binder: Binder): BoundExpression {
  switch (value.type.kind) {
    case "variant":
    case "object":
    case "array":
    case "map":
      return callByName("TO_JSON", [castTo(value, VARIANT, binder)], binder, NOWHERE);
    case "geography":
    case "geometry": {
      const json = callByName("ST_ASGEOJSON", [value], binder, NOWHERE);
      return callByName("TO_JSON", [castTo(json, VARIANT, binder)], binder, NOWHERE);
    }
    default:
      return value;
  }
}

/** DuckDB SQL of the text in which a value crosses; dates and timestamps as milliseconds since the epoch. */
function crossingSql({ sql, type }: LoweredArgument): string {
  switch (type.kind) {
    case "text":
    case "decfloat":
      return sql;
    case "date":
      return `CAST(epoch_ms(CAST(${sql} AS TIMESTAMP)) AS VARCHAR)`;
    case "timestamp": {
      const moment = type.flavor === "tz" ? `(${sql}).instant` : sql;
      return `CAST(epoch_ms(${moment}) AS VARCHAR)`;
    }
    case "binary":
      return `hex(${sql})`;
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
}

/** The text that the function gives for the arguments. */
function textCall(
  routine: FunctionObject,
  values: readonly BoundExpression[],
  binder: Binder,
): BoundExpression {
  const isImmutable = routine.volatility === "IMMUTABLE";
  if (!isImmutable) binder.features.isVolatile = true;
  binder.features.usesJavaScript = true;
  const host = isImmutable ? IMMUTABLE_CALL_FUNCTION : CALL_FUNCTION;
  const args = values.map((value) => crossingValue(value, binder));
  const call = scalar(
    routine.name,
    args,
    (lowered) => `${host}(${[routine.id, ...lowered.arguments.map(crossingSql)].join(", ")})`,
  );
  return isImmutable ? call : { ...call, drawn: binder.freshAlias("draw") };
}

/** A text made by SQL of our own. */
function scalar(
  name: string,
  args: readonly BoundExpression[],
  lower: (call: LoweringCall) => string,
): BoundExpression {
  const signature: Signature = {
    parameters: [],
    returns: TEXT,
    nullability: "always",
    lower,
  };
  const entry: FunctionEntry = {
    name,
    aliases: [],
    kind: "scalar",
    category: "user",
    doc: "",
    summary: "",
    signatures: [signature],
    examples: [],
    // DuckDB calls it for each row all the same; here one and the same call may be grouped by.
    volatile: false,
    host: [],
  };
  return {
    kind: "call",
    entry,
    signature,
    arguments: args,
    distinct: false,
    orderBy: [],
    fromLast: false,
    type: TEXT,
    nullable: true,
  };
}

function fromText(text: BoundExpression, type: SnowType, binder: Binder): BoundExpression {
  switch (type.kind) {
    case "variant":
    case "object":
    case "array":
    case "map":
      return castTo(callByName("PARSE_JSON", [text], binder, NOWHERE), type, binder);
    case "geography":
    case "geometry":
      return callByName(`TO_${type.kind.toUpperCase()}`, [text], binder, NOWHERE);
    case "binary":
      return castTo(
        callByName("TO_BINARY", [text, textConstant("HEX")], binder, NOWHERE),
        type,
        binder,
      );
    default:
      return castTo(text, type, binder);
  }
}

/** A call of a scalar function on values of its parameters' types. */
export function bindScalarCall(
  routine: FunctionObject,
  values: readonly BoundExpression[],
  type: SnowType,
  binder: Binder,
): BoundExpression {
  return fromText(textCall(routine, values, binder), type, binder);
}

/** How the rows of a table function are asked for. */
export function rowsOf(
  routine: FunctionObject,
): Pick<Extract<UserTableFunction, { kind: "rows" }>, "texts" | "single" | "results"> {
  const texts = (values: readonly BoundExpression[], binder: Binder) =>
    values.map((value) =>
      scalar(routine.name, [crossingValue(value, binder)], (call) =>
        call.arguments.map(crossingSql).join(""),
      ),
    );
  return {
    texts,
    single: (values, binder) =>
      scalar(routine.name, texts(values, binder), (call) => {
        const list = call.arguments.map(({ sql }) => sql).join(", ");
        return `CAST(to_json([CAST([${list}] AS VARCHAR[])]) AS VARCHAR)`;
      }),
    results: (flags, rows, binder) =>
      callByName("PARSE_JSON", [textCall(routine, [flags, rows], binder)], binder, NOWHERE),
  };
}
