/** The Arrow integer that holds a NUMBER column's scaled values: the smallest that fits, as Snowflake sends it. */

import type { Column } from "../storage/columns.ts";
import type { NumberWidth } from "./stored.ts";

export function integerWidth(low: bigint, high: bigint): Exclude<NumberWidth, 0> {
  for (const bits of [8, 16, 32, 64] as const) {
    if (BigInt.asIntN(bits, low) === low && BigInt.asIntN(bits, high) === high) return bits;
  }
  return 128;
}

/** The smallest width for all values of a column; 8 when every row is NULL. */
export function columnWidth(column: Column & { kind: "decimal" }): Exclude<NumberWidth, 0> {
  const { rowCount, values, precision, hasNulls } = column;
  if (values instanceof BigInt64Array || precision > 18) {
    let low = 0n;
    let high = 0n;
    for (let row = 0; row < rowCount; row++) {
      if (hasNulls && column.isNull(row)) continue;
      const value = column.at(row);
      if (value < low) low = value;
      else if (value > high) high = value;
    }
    return integerWidth(low, high);
  }
  let low = 0;
  let high = 0;
  for (let row = 0; row < rowCount; row++) {
    if (hasNulls && column.isNull(row)) continue;
    const value = values[row] ?? 0;
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  return integerWidth(BigInt(low), BigInt(high));
}
