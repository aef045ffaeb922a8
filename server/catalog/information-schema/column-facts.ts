/** What INFORMATION_SCHEMA, SHOW and DESCRIBE say of a column's type and default. */

import { typeText } from "../../../translator/types/names.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import type { CatalogColumn, ColumnDefault, TableObject, ViewObject } from "../objects.ts";

/** Most bytes of text that a column holds before the newer, longer types. */
const TEXT_BYTES = 16_777_216;
const BYTES_PER_CHARACTER = 4;
const DECIMAL_RADIX = 10;

/** A column of a table, or of a view, which has no default and no expression. */
export type RelationColumnFacts = Pick<CatalogColumn, "name" | "type" | "nullable" | "comment"> &
  Partial<Pick<CatalogColumn, "default" | "expression" | "masking">>;

export function columnsOf(relation: TableObject | ViewObject): readonly RelationColumnFacts[] {
  return relation.columns;
}

/** The type as DESCRIBE TABLE and GET_DDL print it: with the collation. */
export function columnTypeText(type: SnowType): string {
  const text = typeText(type);
  return type.kind === "text" && type.collation !== undefined
    ? `${text} COLLATE '${type.collation}'`
    : text;
}

/** DATA_TYPE of INFORMATION_SCHEMA.COLUMNS: the family without sizes. */
export function dataTypeWord(type: SnowType): string {
  switch (type.kind) {
    case "timestamp":
      return `TIMESTAMP_${type.flavor.toUpperCase()}`;
    case "interval":
      return typeText(type);
    default:
      return type.kind.toUpperCase();
  }
}

/** Bytes of the longest text of so many characters. */
export function textBytes(length: number): number {
  return Math.max(length, Math.min(length * BYTES_PER_CHARACTER, TEXT_BYTES));
}

export type TypeSizes = {
  readonly character_maximum_length: number | null;
  readonly character_octet_length: number | null;
  readonly numeric_precision: number | null;
  readonly numeric_precision_radix: number | null;
  readonly numeric_scale: number | null;
  readonly datetime_precision: number | null;
};

const NO_SIZES: TypeSizes = {
  character_maximum_length: null,
  character_octet_length: null,
  numeric_precision: null,
  numeric_precision_radix: null,
  numeric_scale: null,
  datetime_precision: null,
};

export function typeSizes(type: SnowType): TypeSizes {
  switch (type.kind) {
    case "text":
      return {
        ...NO_SIZES,
        character_maximum_length: type.length,
        character_octet_length: textBytes(type.length),
      };
    case "binary":
      return {
        ...NO_SIZES,
        character_maximum_length: type.length,
        character_octet_length: type.length,
      };
    case "number":
      return {
        ...NO_SIZES,
        numeric_precision: type.precision,
        numeric_precision_radix: DECIMAL_RADIX,
        numeric_scale: type.scale,
      };
    case "time":
    case "timestamp":
      return { ...NO_SIZES, datetime_precision: type.scale };
    default:
      return NO_SIZES;
  }
}

/** `data_type` of SHOW COLUMNS: the driver protocol's description of the column, as JSON. */
export function dataTypeJson(type: SnowType, nullable: boolean): string {
  switch (type.kind) {
    case "number":
      return JSON.stringify({
        type: "FIXED",
        precision: type.precision,
        scale: type.scale,
        nullable,
      });
    case "float":
      return JSON.stringify({ type: "REAL", nullable });
    case "text": {
      const byteLength = textBytes(type.length);
      return JSON.stringify({
        type: "TEXT",
        length: type.length,
        byteLength,
        nullable,
        fixed: false,
        ...(type.collation === undefined ? {} : { collation: type.collation }),
      });
    }
    case "binary":
      return JSON.stringify({
        type: "BINARY",
        length: type.length,
        byteLength: type.length,
        nullable,
        fixed: true,
      });
    case "time":
    case "timestamp":
      return JSON.stringify({
        type: dataTypeWord(type),
        precision: 0,
        scale: type.scale,
        nullable,
      });
    case "vector":
      return JSON.stringify({
        type: "VECTOR",
        dimension: type.dimension,
        vectorElementType: { type: type.element === "int" ? "FIXED" : "REAL" },
        nullable,
      });
    default:
      return JSON.stringify({ type: dataTypeWord(type), nullable });
  }
}

/** `IDENTITY START 1 INCREMENT 1 NOORDER` of an identity column; undefined for others. */
export function identityText(value: ColumnDefault | undefined): string | undefined {
  if (value?.kind !== "identity") return undefined;
  const order = value.ordered ? "ORDER" : "NOORDER";
  return `IDENTITY START ${value.start} INCREMENT ${value.step} ${order}`;
}

export function expressionDefault(value: ColumnDefault | undefined): string | undefined {
  return value?.kind === "expression" ? value.text : undefined;
}

const NARROW_PRECISION = 18;
const NARROW_BYTES = 8;
const WIDE_BYTES = 16;

/**
 * About how many bytes a row takes, uncompressed: 8 for what fits a machine word, 16 for the rest. DuckDB
 * keeps no byte count per table, so BYTES here is rows times this.
 */
export function rowBytes(relation: TableObject): number {
  return relation.columns.reduce((sum, { type }) => sum + valueBytes(type), 0);
}

function valueBytes(type: SnowType): number {
  if (type.kind === "boolean") return 1;
  if (type.kind === "number") return type.precision > NARROW_PRECISION ? WIDE_BYTES : NARROW_BYTES;
  const word = ["float", "date", "time", "timestamp"].includes(type.kind);
  return word ? NARROW_BYTES : WIDE_BYTES;
}
