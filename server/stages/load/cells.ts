/**
 * Fields of text files as values of columns: the conversion that COPY does without a SELECT.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
 */

import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { binaryFormat, bytesToHex, textToBinary } from "../../../translator/format/binary-text.ts";
import {
  type TimestampContext,
  textToDate,
  textToTime,
  textToTimestamp,
} from "../../../translator/format/convert.ts";
import {
  textToBoolean,
  textToFloat,
  textToNumber,
} from "../../../translator/format/number-text.ts";
import { duckType } from "../../../translator/types/physical.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import { variantToArray, variantToObject } from "../../../translator/variant/cast.ts";
import { parseJsonText } from "../../../translator/variant/parse-json.ts";
import type { FileFormat } from "../file-format.ts";

export type CellValue = string | Uint8Array | boolean | bigint | number | null;

export type CellType = {
  /** The types of what is appended; a TIMESTAMP_TZ takes two. */
  readonly duckTypes: readonly string[];
  /** The values of a field. @throws what the column does not take */
  readonly parse: (text: string) => CellValue;
  /** The second value, where there are two. */
  readonly second?: ((text: string) => CellValue) | undefined;
  /** The column's value from what is stored, as DuckDB SQL. */
  readonly sql: (names: readonly string[]) => string;
  /** The type of that SQL: text for a column that the engine casts itself. */
  readonly type: SnowType;
};

export type CellContext = {
  readonly format: FileFormat;
  readonly session: TimestampContext;
  /** What AUTO means for a kind: DATE_INPUT_FORMAT and its like. */
  readonly inputFormat: (parameter: string) => string;
  /** Cut what is too long. */
  readonly truncate: boolean;
};

/** How fields become values of a column. */
export function cellType(type: SnowType, context: CellContext): CellType {
  const parse = parserOf(type, context);
  if (type.kind === "timestamp" && type.flavor === "tz") return zonedCell(type, context);
  // The engine casts the types that have no reader here.
  const stored: SnowType = parse === undefined ? { kind: "text", length: TEXT_LENGTH_MAX } : type;
  return {
    duckTypes: [duckType(stored)],
    parse: parse ?? ((text) => text),
    sql: ([name]) => must(name),
    type: stored,
  };
}

const TEXT_LENGTH_MAX = 134_217_728;

function parserOf(type: SnowType, context: CellContext): ((text: string) => CellValue) | undefined {
  const { session, truncate } = context;
  switch (type.kind) {
    case "text":
      return textParser(type.length, truncate);
    case "number":
      return (text) => textToNumber(text, type.precision, type.scale);
    case "float":
      return textToFloat;
    case "boolean":
      return textToBoolean;
    case "date": {
      const format = formatOf("DATE", context);
      return (text) => textToDate(text, format, session);
    }
    case "time": {
      const format = formatOf("TIME", context);
      return (text) => textToTime(text, format, session);
    }
    case "timestamp": {
      const format = formatOf("TIMESTAMP", context);
      return (text) => textToTimestamp(text, format, type.flavor, session).micros;
    }
    case "binary":
      return binaryParser(type.length, context);
    case "variant":
      return parseJsonText;
    case "array":
      return type.element === undefined ? containerParser(variantToArray) : undefined;
    case "object":
      return type.fields === undefined ? containerParser(variantToObject) : undefined;
    default:
      return undefined;
  }
}

function formatOf(kind: "DATE" | "TIME" | "TIMESTAMP", context: CellContext): string {
  const own = context.format.text(`${kind}_FORMAT`) ?? "AUTO";
  return own === "AUTO" ? context.inputFormat(`${kind}_INPUT_FORMAT`) : own;
}

function textParser(length: number, truncate: boolean): (text: string) => CellValue {
  return (text) => {
    // No text has more characters than units.
    if (text.length <= length) return text;
    const characters = [...text];
    if (characters.length <= length) return text;
    if (truncate) return characters.slice(0, length).join("");
    throw snowflakeError("characterLimit", { limit: length, value: text });
  };
}

function binaryParser(length: number, { format }: CellContext): (text: string) => CellValue {
  const name = format.text("BINARY_FORMAT") ?? "HEX";
  const as = must(binaryFormat(name === "UTF8" ? "UTF-8" : name));
  return (text) => {
    const bytes = textToBinary(text, as);
    if (bytes.length <= length) return bytes;
    throw snowflakeError("stringTooLong", { value: bytesToHex(bytes) });
  };
}

function containerParser(convert: (text: string) => string | null): (text: string) => CellValue {
  return (text) => {
    const value = parseJsonText(text);
    return value === null ? null : convert(value);
  };
}

/** An instant and its offset, each in a column of its own. */
function zonedCell(type: SnowType, context: CellContext): CellType {
  const format = formatOf("TIMESTAMP", context);
  const read = (text: string) => textToTimestamp(text, format, "tz", context.session);
  return {
    duckTypes: ["TIMESTAMPTZ", "INTEGER"],
    parse: (text) => read(text).micros,
    second: (text) => read(text).offsetMinutes,
    sql: ([instant, offset]) =>
      `CASE WHEN ${instant} IS NOT NULL THEN struct_pack(instant := ${instant}, offset_minutes := ${offset}::SMALLINT) END`,
    type,
  };
}
