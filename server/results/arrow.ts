/** A stored result's inline rows as one Arrow IPC stream. */

import {
  type Data,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
} from "apache-arrow";
import { must } from "../../translator/base/assert.ts";
import type { PrintOptions } from "../../translator/variant/print.ts";
import type { ColumnChunk } from "../storage/storage.ts";
import { arrowColumn } from "./arrow-columns.ts";
import { arrowSchema } from "./arrow-schema.ts";
import { cellsAsChunk } from "./cells-as-columns.ts";
import { columnWidth } from "./number-width.ts";
import type { NumberWidth, StoredResult } from "./stored.ts";

/** Base64 of the stream; empty for no rows, which is how drivers want it. */
export async function arrowRowset(result: StoredResult, options: PrintOptions): Promise<string> {
  const { inline, columns } = result;
  const chunks = inline.kind === "chunks" ? inline.chunks : [cellsAsChunk(inline.rows, columns)];
  if (chunks.every((chunk) => chunk.rowCount === 0)) return "";
  const schema = arrowSchema(columns, result.exported?.widths ?? numberWidths(result, chunks));
  const batches = chunks.map((chunk) => recordBatch(chunk, result, schema, options));
  return Buffer.from(ipcStream(schema, batches)).toString("base64");
}

/** The bytes of an IPC stream: schema, batches, end. The batches are those of `recordBatchOf`. */
export function ipcStream(schema: Schema, batches: readonly RecordBatch[]): Uint8Array {
  return new ResultWriter(schema).writeAll([...batches]).toUint8Array(true);
}

/**
 * Columns as a batch, whose fields have numbers for names: the library takes two columns of one name for one and the same,
 * and `SELECT *` of a join has many.
 */
export function recordBatchOf(schema: Schema, rowCount: number, children: Data[]): RecordBatch {
  const fields = schema.fields.map((field, i) => field.clone({ name: String(i) }));
  const type = new Struct(fields);
  const data = makeData({ type, length: rowCount, nullCount: 0, children });
  return new RecordBatch(new Schema(fields), data);
}

class ResultWriter extends RecordBatchStreamWriter {
  readonly #named: Schema;

  constructor(named: Schema) {
    super();
    this.#named = named;
  }

  /** The columns' real names. */
  protected override _writeSchema(): this {
    return super._writeSchema(this.#named);
  }

  /**
   * States each buffer's length without its padding. The library counts the padding in, and the Python connector's reader
   * takes the zeros behind a text column's last offset for an offset that goes backwards.
   */
  protected override _assembleRecordBatch(batch: RecordBatch) {
    const assembled = super._assembleRecordBatch(batch);
    assembled.bufferRegions.forEach((region, i) => {
      region.length = must(assembled.buffers[i]).byteLength;
    });
    return assembled;
  }
}

export function recordBatch(
  chunk: ColumnChunk,
  result: Pick<StoredResult, "columns">,
  schema: Schema,
  options: PrintOptions,
): RecordBatch {
  const children = result.columns.map(({ type }, i) =>
    arrowColumn(must(chunk.columns[i]), type, must(schema.fields[i]).type, options),
  );
  return recordBatchOf(schema, chunk.rowCount, children);
}

function numberWidths(result: StoredResult, chunks: readonly ColumnChunk[]): NumberWidth[] {
  return result.columns.map(({ type }, i) => {
    if (type.kind !== "number") return 0;
    let width: NumberWidth = 8;
    for (const chunk of chunks) {
      const column = must(chunk.columns[i]);
      if (column.kind === "decimal") width = Math.max(width, columnWidth(column)) as NumberWidth;
    }
    return width;
  });
}
