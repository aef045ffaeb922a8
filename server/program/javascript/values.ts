/**
 * Values between SQL and a JavaScript procedure, as tagged JSON.
 * https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-data-type-mapping
 */

import type { TypedValue } from "../../../translator/bind/context.ts";
import {
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
} from "../../../translator/format/convert.ts";
import { numberTypeOfText } from "../../../translator/types/arithmetic.ts";
import {
  BINARY,
  BOOLEAN,
  FLOAT,
  NULL_TYPE,
  type SnowType,
  textType,
  timestampType,
  VARIANT,
} from "../../../translator/types/types.ts";
import { parseJsonText } from "../../../translator/variant/parse-json.ts";
import { printVariant } from "../../../translator/variant/print.ts";
import { variantFormats } from "../../results/formats.ts";
import type { SessionParameters } from "../../session/parameters.ts";

type Moment = {
  readonly micros: string;
  readonly kind: "ntz" | "ltz" | "tz" | "date";
  readonly scale: number;
  /** Minutes. */
  readonly offset: number;
  readonly text?: string | undefined;
};

/** `n` number, `s` text, `b` boolean, `d` moment, `x` bytes in hexadecimal digits, `j` JSON. */
export type JsCell =
  | null
  | { readonly k: "n" | "s" | "x" | "j"; readonly v: string }
  | { readonly k: "b"; readonly v: boolean }
  | { readonly k: "d"; readonly v: Moment };

const MICROS_PER_DAY = 86_400_000_000n;
const WHOLE = /^-?\d+$/;

/** A value as the procedure sees it. */
export function cellOf({ type, value }: TypedValue, parameters: SessionParameters): JsCell {
  if (value === null) return null;
  switch (type.kind) {
    case "number":
    case "float":
      return { k: "n", v: String(value) };
    case "boolean":
      return { k: "b", v: value === true };
    case "date":
    case "timestamp":
      return { k: "d", v: momentOf(type, value, parameters) };
    case "time":
      return { k: "s", v: timeText(BigInt(String(value))) };
    case "binary":
      return { k: "x", v: String(value) };
    case "variant":
    case "object":
    case "array":
    case "map": {
      const formats = variantFormats(parameters);
      return { k: "j", v: printVariant(String(value), { formats }) };
    }
    default:
      return { k: "s", v: String(value) };
  }
}

function timeText(micros: bigint): string {
  return new Date(Number(micros / 1_000n)).toISOString().slice(11, 19);
}

function momentOf(
  type: Extract<SnowType, { readonly kind: "date" | "timestamp" }>,
  value: Exclude<TypedValue["value"], null>,
  parameters: SessionParameters,
): Moment {
  const zone = parameters.text("TIMEZONE");
  if (type.kind === "date") {
    const micros = BigInt(Number(value)) * MICROS_PER_DAY;
    const text = timestampNtzToText(micros, parameters.text("DATE_OUTPUT_FORMAT"));
    return { micros: String(micros), kind: "date", scale: 0, offset: 0, text };
  }
  const { scale, flavor: kind } = type;
  const own = parameters.text(`TIMESTAMP_${kind.toUpperCase()}_OUTPUT_FORMAT`);
  const format = own === "" ? parameters.text("TIMESTAMP_OUTPUT_FORMAT") : own;
  if (typeof value === "object") {
    const { micros, offsetMinutes: offset } = value;
    const text = timestampTzToText(micros, offset, format);
    return { micros: String(micros), kind, scale, offset, text };
  }
  const micros = BigInt(value);
  const text =
    kind === "ltz" ? timestampLtzToText(micros, zone, format) : timestampNtzToText(micros, format);
  return { micros: String(micros), kind, scale, offset: 0, text };
}

/** What a procedure gave, as a bind or as its result. */
export function valueOfCell(cell: JsCell): TypedValue {
  if (cell === null) return { type: NULL_TYPE, value: null };
  switch (cell.k) {
    case "n": {
      const type = WHOLE.test(cell.v) ? numberTypeOfText(cell.v) : undefined;
      return type === undefined
        ? { type: FLOAT, value: Number(cell.v) }
        : { type, value: String(BigInt(cell.v)) };
    }
    case "s":
      return { type: textType(Math.max(1, [...cell.v].length)), value: cell.v };
    case "b":
      return { type: BOOLEAN, value: cell.v };
    case "x":
      return { type: BINARY, value: cell.v };
    case "j":
      return { type: VARIANT, value: parseJsonText(cell.v) };
    case "d":
      return momentValue(cell.v);
  }
}

function momentValue({ micros, kind, offset }: Moment): TypedValue {
  const instant = BigInt(micros);
  switch (kind) {
    case "date":
      return { type: { kind: "date" }, value: Number(instant / MICROS_PER_DAY) };
    case "tz":
      return {
        type: timestampType("tz"),
        value: { micros: instant, offsetMinutes: offset },
      };
    default:
      return { type: timestampType(kind), value: instant };
  }
}
