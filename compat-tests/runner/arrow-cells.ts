/** Arrow batches back to the protocol's JSON cells, reading the encodings that wire.md 2.4 names. */

import type { Table } from "apache-arrow";
import { must } from "../../translator/base/assert.ts";
import type { WireColumn } from "./target.ts";

const NANO_DIGITS = 9;

export function arrowCells(table: Table, columns: readonly WireColumn[]): (string | null)[][] {
  const rows: (string | null)[][] = [];
  for (let row = 0; row < table.numRows; row++) {
    rows.push(
      columns.map((column, index) => {
        const value: unknown = must(table.getChildAt(index)).get(row);
        return value === null || value === undefined ? null : cellText(value, column);
      }),
    );
  }
  return rows;
}

function scaled(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const negative = value < 0n;
  const digits = String(negative ? -value : value).padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Decimal128 comes as four 32-bit words, low word first. */
function wide(value: unknown): bigint {
  if (typeof value === "bigint" || typeof value === "number") return BigInt(value);
  const words = value as Uint32Array;
  let result = 0n;
  for (let i = words.length - 1; i >= 0; i--) result = (result << 32n) | BigInt(must(words[i]));
  return BigInt.asIntN(128, result);
}

type Moment = {
  readonly epoch: bigint;
  readonly fraction?: number | null;
  readonly timezone?: number | null;
};

function seconds(value: unknown, scale: number): string {
  if (typeof value === "bigint" || typeof value === "number") return scaled(BigInt(value), scale);
  const { epoch, fraction } = value as Moment;
  const nanos = BigInt(epoch) * 10n ** BigInt(NANO_DIGITS) + BigInt(fraction ?? 0);
  return scaled(nanos / 10n ** BigInt(NANO_DIGITS - scale), scale);
}

function cellText(value: unknown, { type, scale }: WireColumn): string {
  switch (type) {
    case "fixed":
      return scaled(wide(value), scale ?? 0);
    case "boolean":
      return value === true ? "1" : "0";
    case "date":
      return String(
        value instanceof Date ? value.getTime() / 86_400_000 : Number(value) / 86_400_000,
      );
    case "time":
      return scaled(BigInt(value as bigint), scale ?? 0);
    case "timestamp_ntz":
    case "timestamp_ltz":
      return seconds(value, scale ?? 0);
    case "timestamp_tz":
      return `${seconds(value, scale ?? 0)} ${(value as Moment).timezone}`;
    case "binary":
      return Buffer.from(value as Uint8Array)
        .toString("hex")
        .toUpperCase();
    default:
      return String(value);
  }
}
