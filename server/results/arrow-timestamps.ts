/**
 * Timestamps in Arrow (wire.md 2.4). Up to a scale, one integer of 10^-scale seconds since the epoch; above it, seconds and
 * nanoseconds. The Python connector's way to pandas knows only these forms, each at its own scales.
 */

import { type Data, type DataType, Field, Int32, Int64, makeData, Struct } from "apache-arrow";
import { assert, must } from "../../translator/base/assert.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { Column } from "../storage/columns.ts";
import { OFFSET_BIAS_MINUTES } from "./json-cells.ts";

export type TimestampType = SnowType & { kind: "timestamp" };
type Nulls = { readonly nullCount: number; readonly nullBitmap: Uint8Array | undefined };

const EPOCH = new Field("epoch", new Int64(), true);
const FRACTION = new Field("fraction", new Int32(), true);
const TIMEZONE = new Field("timezone", new Int32(), true);

/** The largest scale at which one integer holds the instant, with and without an offset beside it. */
const INTEGER_SCALE_MAX = 7;
const ZONED_INTEGER_SCALE_MAX = 3;
const MICROS_PER_SECOND = 1_000_000n;
const MICRO_SCALE = 6;
const NANO_SCALE = 9;

/** Whether the instant is one integer in units of the scale. */
function isWhole({ flavor, scale }: TimestampType): boolean {
  return scale <= (flavor === "tz" ? ZONED_INTEGER_SCALE_MAX : INTEGER_SCALE_MAX);
}

export function timestampArrowType(type: TimestampType): DataType {
  const whole = isWhole(type);
  if (type.flavor === "tz") {
    return new Struct(whole ? [EPOCH, TIMEZONE] : [EPOCH, FRACTION, TIMEZONE]);
  }
  return whole ? new Int64() : new Struct([EPOCH, FRACTION]);
}

/** What the field's metadata says: by it readers tell TIMESTAMP_TZ in two children from the one in three. */
export function timestampByteLength(type: TimestampType): number {
  return isWhole(type) ? 8 : 16;
}

/** A column of DuckDB's vectors as Arrow data. */
export function timestampData(column: Column, type: TimestampType, nulls: Nulls): Data {
  const { rowCount: length } = column;
  const instant = column.kind === "struct" ? column.fields[0]?.column : column;
  assert(
    instant?.kind === "timestamp" || instant?.kind === "timestamptz",
    `timestamp column came as ${column.kind}`,
  );
  const epoch = new BigInt64Array(length);
  const fraction = new Int32Array(length);
  const whole = isWhole(type);
  for (let row = 0; row < length; row++) {
    if (column.isNull(row)) continue;
    const micros = instant.values[row] ?? 0n;
    if (whole) {
      epoch[row] = scaled(micros, type.scale);
      continue;
    }
    const within = ((micros % MICROS_PER_SECOND) + MICROS_PER_SECOND) % MICROS_PER_SECOND;
    epoch[row] = (micros - within) / MICROS_PER_SECOND;
    fraction[row] = Number(within) * 1_000;
  }
  return assembled(type, length, nulls, epoch, fraction, zonesOf(column, type));
}

/** Microseconds in units of the scale, rounded down. */
function scaled(micros: bigint, scale: number): bigint {
  if (scale >= MICRO_SCALE) return micros * 10n ** BigInt(scale - MICRO_SCALE);
  const unit = 10n ** BigInt(MICRO_SCALE - scale);
  const within = ((micros % unit) + unit) % unit;
  return (micros - within) / unit;
}

function zonesOf(column: Column, type: TimestampType): Int32Array | undefined {
  if (type.flavor !== "tz") return undefined;
  assert(column.kind === "struct", "TIMESTAMP_TZ is an instant and an offset");
  const offset = column.fields[1]?.column;
  assert(offset?.kind === "int", "an offset is a number of minutes");
  return Int32Array.from(offset.values, (minutes) => minutes + OFFSET_BIAS_MINUTES);
}

/** Data of a result's file, which has seconds and nanoseconds at every scale, as the wire wants it. */
export function timestampOfFile(data: Data, type: TimestampType): Data {
  if (!isWhole(type)) return data;
  const { length, nullCount } = data;
  const [seconds, nanos, zones] = data.children;
  const epochs = (must(seconds) as { values: BigInt64Array }).values;
  const fractions = (must(nanos) as { values: Int32Array }).values;
  const one = 10n ** BigInt(type.scale);
  const unit = 10 ** (NANO_SCALE - type.scale);
  const epoch = BigInt64Array.from(
    { length },
    (_, row) => (epochs[row] ?? 0n) * one + BigInt(Math.floor((fractions[row] ?? 0) / unit)),
  );
  const bits: Uint8Array | undefined = nullCount === 0 ? undefined : data.nullBitmap;
  const offsets = (zones as { values: Int32Array } | undefined)?.values;
  const nulls = { nullCount, nullBitmap: bits };
  return assembled(type, length, nulls, epoch, new Int32Array(0), offsets);
}

function assembled(
  type: TimestampType,
  length: number,
  nulls: Nulls,
  epoch: BigInt64Array,
  fraction: Int32Array,
  zones: Int32Array | undefined,
): Data {
  const target = timestampArrowType(type);
  const instant = makeData({ type: new Int64(), length, ...nulls, data: epoch });
  if (!(target instanceof Struct)) return instant;
  const children: Data[] = [instant];
  if (!isWhole(type)) {
    children.push(makeData({ type: new Int32(), length, ...nulls, data: fraction }));
  }
  if (zones !== undefined) {
    children.push(makeData({ type: new Int32(), length, ...nulls, data: zones }));
  }
  return makeData({ type: target, length, ...nulls, children });
}
