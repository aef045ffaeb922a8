/**
 * A part of a large result as an Arrow IPC stream. parquet-wasm turns the file's pages into Arrow buffers, which get the
 * result's own schema here. Rewritten are only columns where wire and file differ: a NUMBER has 16 bytes in the file and
 * the smallest integer on the wire, a timestamp there may be one integer, semi-structured values are canonical in the file and printed on the wire.
 */

import { type FileHandle, open } from "node:fs/promises";
import {
  type Data,
  type DataType,
  Decimal,
  type RecordBatch,
  type Schema,
  tableFromIPC,
} from "apache-arrow";
import { ParquetFile } from "parquet-wasm";
import { assert, must } from "../../translator/base/assert.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { PrintOptions } from "../../translator/variant/print.ts";
import { variantSession } from "../../translator/variant/session.ts";
import type { Column } from "../storage/columns.ts";
import { ipcStream, recordBatchOf } from "./arrow.ts";
import { arrowColumn } from "./arrow-columns.ts";
import { arrowSchema } from "./arrow-schema.ts";
import { timestampOfFile } from "./arrow-timestamps.ts";
import type { ExportedRows } from "./stored.ts";
import type { ResultColumn } from "./stream.ts";

const WIDEST = 38;

/** Parts are read one after the other: WebAssembly's memory never shrinks, so two at a time would double it for good. */
let turn: Promise<unknown> = Promise.resolve();

/** The bytes of an IPC stream with the part's rows. */
export function arrowPart(
  columns: readonly ResultColumn[],
  exported: ExportedRows,
  part: ExportedRows["parts"][number],
): Promise<Uint8Array> {
  const result = turn.then(async () => {
    const table = tableFromIPC(await readPart(exported, part));
    const options = variantSession(exported.variantSession).display;
    const schema = arrowSchema(columns, exported.widths);
    const batches = table.batches.map((batch) => onTheWire(batch, columns, schema, options));
    return ipcStream(schema, batches);
  });
  turn = result.catch(() => undefined);
  return result;
}

async function readPart(
  exported: ExportedRows,
  part: ExportedRows["parts"][number],
): Promise<Uint8Array> {
  const handle = await open(exported.path);
  try {
    const file = await ParquetFile.fromFile(new FileBlob(handle, 0, exported.bytes));
    try {
      const { offset, rowCount } = part;
      const table = await file.read({ offset, limit: rowCount, batchSize: rowCount });
      return table.intoIPCStream();
    } finally {
      file.free();
    }
  } finally {
    await handle.close();
  }
}

/** As much of a Blob as parquet-wasm asks for, read from the disk range by range. */
class FileBlob extends Blob {
  override readonly size: number;
  readonly #handle: FileHandle;
  readonly #start: number;

  constructor(handle: FileHandle, start: number, end: number) {
    super([]);
    this.#handle = handle;
    this.#start = start;
    this.size = end - start;
  }

  override slice(start = 0, end = this.size): Blob {
    return new FileBlob(this.#handle, this.#start + start, this.#start + end);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = new Uint8Array(this.size);
    await this.#handle.read(bytes, 0, bytes.length, this.#start);
    return bytes.buffer;
  }
}

function onTheWire(
  batch: RecordBatch,
  columns: readonly ResultColumn[],
  schema: Schema,
  options: PrintOptions,
): RecordBatch {
  const children = columns.map(({ type }, i) => {
    const data = must(batch.data.children[i]);
    if (type.kind === "timestamp") return timestampOfFile(data, type);
    const target = must(schema.fields[i]).type;
    const column = rewritten(data, type);
    return column === undefined ? data : arrowColumn(column, type, target as DataType, options);
  });
  return recordBatchOf(schema, batch.numRows, children);
}

/** The data as a column to encode anew; undefined when the file has it as the wire wants it. */
function rewritten(data: Data, type: SnowType): Column | undefined {
  switch (type.kind) {
    case "number":
    case "interval":
      return decimalColumn(data);
    case "variant":
    case "object":
    case "array":
    case "map":
    case "decfloat":
    case "geography":
    case "geometry":
      return textColumn(data);
    case "vector":
      return vectorColumn(data);
    default:
      return undefined;
  }
}

function baseOf(data: Data): Pick<Column, "rowCount" | "hasNulls" | "isNull"> {
  assert(data.offset === 0, "data of a fresh stream begins at its first row");
  const bits: Uint8Array | undefined = data.nullBitmap;
  if (data.nullCount === 0 || bits === undefined) {
    return { rowCount: data.length, hasNulls: false, isNull: () => false };
  }
  const isNull = (row: number) => ((bits[row >> 3] ?? 0) & (1 << (row & 7))) === 0;
  return { rowCount: data.length, hasNulls: true, isNull };
}

function decimalColumn(data: Data): Column {
  const { values: raw } = data as { values: Uint32Array };
  const low = new BigInt64Array(raw.buffer, raw.byteOffset, data.length * 2);
  const at = (row: number) => {
    const word = low[row * 2] ?? 0n;
    const high = low[row * 2 + 1] ?? 0n;
    // Most values fit one word: then the high word only repeats the sign.
    if (high === 0n ? word >= 0n : high === -1n && word < 0n) return word;
    return (high << 64n) + BigInt.asUintN(64, word);
  };
  assert(data.type instanceof Decimal, "a NUMBER is a decimal in the file");
  const { scale } = data.type;
  // Two words a row, whatever the precision of the type.
  return { ...baseOf(data), kind: "decimal", scale, precision: WIDEST, values: low, at };
}

function textColumn(data: Data): Column {
  const { values, valueOffsets } = data as { values: Uint8Array; valueOffsets: Int32Array };
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const text = (row: number) => bytes.toString("utf8", valueOffsets[row], valueOffsets[row + 1]);
  return { ...baseOf(data), kind: "text", text };
}

function vectorColumn(data: Data): Column {
  const elements = must(data.children[0]);
  const { valueOffsets } = data as { valueOffsets: Int32Array };
  const { values } = elements as { values: Int32Array | Float32Array };
  const child: Column =
    values instanceof Int32Array
      ? { ...baseOf(elements), kind: "int", values }
      : { ...baseOf(elements), kind: "float", values };
  const start = (row: number) => valueOffsets[row] ?? 0;
  const length = (row: number) => (valueOffsets[row + 1] ?? 0) - start(row);
  return { ...baseOf(data), kind: "list", child, start, length };
}
