/** The SQL side of the `snowflake` object: statements that a procedure runs, and the rows it asks for. */

import { must } from "../../../translator/base/assert.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import { parseStatement } from "../../../translator/statements/statement.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import { bareType } from "../../catalog/routine-text.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import { PROCEDURE_ROWS_PAGE } from "../../limits.ts";
import type { StoredResult } from "../../results/stored.ts";
import type { ResultColumn } from "../../results/stream.ts";
import { type Inner, runInner } from "../scripting/inner-statement.ts";
import { RowReader } from "../scripting/row-reader.ts";
import { cellOf, type JsCell, valueOfCell } from "./values.ts";

const KINDS: Partial<Readonly<Record<SnowType["kind"], string>>> = {
  array: "Array",
  binary: "Binary",
  boolean: "Boolean",
  date: "Date",
  float: "Number",
  number: "Number",
  object: "Object",
  text: "Text",
  time: "Time",
  timestamp: "Timestamp",
  variant: "Variant",
};

const SCRIPT_TYPES: Partial<Readonly<Record<SnowType["kind"], string>>> = {
  boolean: "boolean",
  date: "date",
  float: "number",
  number: "number",
  text: "string",
  time: "string",
  timestamp: "SfDate",
};

export class ProcedureStatements {
  readonly #inner: Inner;
  readonly #readers = new Map<string, RowReader>();

  constructor(inner: Inner) {
    this.#inner = inner;
  }

  /** JSON of what a Statement and a ResultSet know, or of `{ error }`. */
  async execute(sql: string, bindsText: string): Promise<string> {
    try {
      const binds = (JSON.parse(bindsText) as JsCell[]).map(valueOfCell);
      return JSON.stringify(this.#answer(await this.#run(sql, binds)));
    } catch (error) {
      const { code, sqlState, message } = asSnowflakeError(error);
      return JSON.stringify({ error: { code: Number(code), state: sqlState, message } });
    }
  }

  /** JSON of the next rows of a result. */
  async rows(queryId: string): Promise<string> {
    const reader = must(this.#readers.get(queryId));
    const rows: JsCell[][] = [];
    while (rows.length < PROCEDURE_ROWS_PAGE) {
      const row = await reader.next();
      if (row === undefined) break;
      rows.push(row.map((value) => cellOf(value, this.#inner.outer.parameters)));
    }
    return JSON.stringify(rows);
  }

  async #run(sql: string, binds: readonly TypedValue[]): Promise<StoredResult> {
    const inner: Inner = {
      ...this.#inner,
      binds: (key) => (typeof key === "number" ? binds[key - 1] : undefined),
    };
    const result = await runInner(parseStatement(sql), sql, inner);
    this.#readers.set(result.queryId, new RowReader(result, inner.outer.session));
    return result;
  }

  #answer({ queryId, columns, rowCount, stats }: StoredResult) {
    const { inserted = 0, updated = 0, deleted = 0, duplicates = 0 } = stats ?? {};
    return {
      queryId,
      rowCount,
      columns: columns.map(columnFacts),
      affected: inserted + updated + deleted,
      inserted,
      updated,
      deleted,
      duplicates,
    };
  }
}

function columnFacts({ name, type, nullable }: ResultColumn) {
  return {
    name,
    nullable,
    kind: KINDS[type.kind] ?? "Variant",
    type: SCRIPT_TYPES[type.kind] ?? "object",
    sqlType: bareType(type),
    scale: type.kind === "number" || type.kind === "timestamp" ? type.scale : 0,
  };
}
