import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assert } from "../../translator/base/assert.ts";
import { duckType } from "../../translator/types/physical.ts";
import { arrowRowset } from "./arrow.ts";
import { arrowPart } from "./arrow-export.ts";
import { displayOptions } from "./formats.ts";
import { jsonRowset } from "./json.ts";
import { jsonPart } from "./json-export.ts";
import {
  limits,
  openResultsKit,
  type ResultsKit,
  storedResult,
  TYPE_COLUMNS,
  typeQuery,
  typeRows,
} from "./results.test-kit.ts";
import { resultScanSql } from "./scan.ts";
import type { StoredResult } from "./stored.ts";

let kit: ResultsKit;
beforeAll(async () => {
  kit = await openResultsKit();
});
afterAll(() => kit.close());

const options = () => displayOptions(kit.parameters);
const query = (sql: string, volatile = false) => ({ kind: "query" as const, sql, volatile });

async function allRows(result: StoredResult): Promise<unknown[]> {
  const rows = JSON.parse(jsonRowset(result, options())) as unknown[];
  for (const part of result.exported?.parts ?? []) {
    const text = await kit.transactions.read((connection) =>
      jsonPart(connection, result.columns, result.exported as never, part),
    );
    rows.push(...(JSON.parse(`[${Buffer.from(text)}]`) as unknown[]));
  }
  return rows;
}

describe("JSON", () => {
  it("has every type's cells as the protocol wants them", async () => {
    const result = await storedResult(kit, TYPE_COLUMNS, query(typeQuery(1)));
    expect(await allRows(result)).toEqual(typeRows(1));
  });

  it("has the same cells from a file, over several parts", async () => {
    const repeat = 20_000;
    const result = await storedResult(kit, TYPE_COLUMNS, query(typeQuery(repeat)), limits(100));
    expect(result.rowCount).toBe(repeat * 3);
    expect(result.exported?.parts.length).toBe(2);
    const rows = await allRows(result);
    expect(rows.length).toBe(repeat * 3);
    expect(rows.slice(0, 3)).toEqual(typeRows(1));
    expect(rows.slice(999, 1002)).toEqual(typeRows(1));
    expect(rows.slice(-3)).toEqual(typeRows(1));
  });
});

describe("RESULT_SCAN", () => {
  for (const [where, repeat] of [
    ["memory", 100],
    ["a file", 101],
  ] as const) {
    it(`gives the physical types and values again from ${where}`, async () => {
      const first = await storedResult(kit, TYPE_COLUMNS, query(typeQuery(repeat)), limits(300));
      const { sql } = resultScanSql(first);
      const again = await storedResult(kit, TYPE_COLUMNS, query(sql));
      expect(await allRows(again)).toEqual(typeRows(repeat));
      const types = await kit.transactions.read((connection) => connection.rows(`DESCRIBE ${sql}`));
      const normal = await kit.transactions.read((connection) =>
        connection.rows(
          `DESCRIBE SELECT ${TYPE_COLUMNS.map(({ type }, i) => `NULL::${duckType(type)} AS c${i}`).join(", ")}`,
        ),
      );
      expect(types.map((t) => t.column_type)).toEqual(normal.map((t) => t.column_type));
    });
  }

  it("reads cells that the server made", async () => {
    const columns = [
      { name: "N", type: { kind: "number", precision: 10, scale: 2 }, nullable: true },
      { name: "D", type: { kind: "date" }, nullable: true },
      { name: "Z", type: { kind: "timestamp", flavor: "tz", scale: 3 }, nullable: true },
    ] as const;
    const row = ["1.50", 3, { micros: -1_250_000n, offsetMinutes: 60 }] as const;
    const cells = await storedResult(kit, columns, {
      kind: "cells",
      rows: [row, [null, null, null]],
    });
    const scanned = await storedResult(kit, columns, query(resultScanSql(cells).sql));
    const expected = [
      ["1.50", "3", "-1.250 1500"],
      [null, null, null],
    ];
    expect(await allRows(scanned)).toEqual(expected);
  });

  it("reads a result without rows", async () => {
    const empty = await storedResult(kit, TYPE_COLUMNS, query(typeQuery(0)));
    expect(empty.rowCount).toBe(0);
    const scanned = await storedResult(kit, TYPE_COLUMNS, query(resultScanSql(empty).sql));
    expect(scanned.rowCount).toBe(0);
  });
});

describe("Arrow", () => {
  it("is empty for no rows", async () => {
    const empty = await storedResult(kit, TYPE_COLUMNS, query(typeQuery(0)));
    expect(await arrowRowset(empty, options())).toBe("");
  });

  it("reads back", async () => {
    const result = await storedResult(kit, TYPE_COLUMNS, query(typeQuery(1)));
    const table = tableFromIPC(Buffer.from(await arrowRowset(result, options()), "base64"));
    expect(table.numRows).toBe(3);
    const types = table.schema.fields.map((field) => String(field.type));
    expect(types.slice(0, 6)).toEqual([
      "Int8",
      "Decimal[38e0]",
      "Decimal[38e+37]",
      "Int16",
      "Int32",
      "Int64",
    ]);
    expect(table.schema.fields[3]?.metadata.get("scale")).toBe("2");
    expect(table.getChildAt(3)?.toArray().slice(0, 2)).toEqual(Int16Array.of(150, -5));
    for (let i = 0; i < table.numCols; i++) expect(table.getChildAt(i)?.get(2)).toBeNull();
  });
});

/** Every value of a table as text, read with Arrow's own reader. */
function arrowTexts(streams: readonly Uint8Array[]): string[][] {
  return streams.flatMap((bytes) => {
    const table = tableFromIPC(bytes);
    return Array.from({ length: table.numRows }, (_, row) =>
      table.schema.fields.map((_, i) => String(table.getChildAt(i)?.get(row))),
    );
  });
}

describe("Arrow from a file", () => {
  it("has the schema and the values of the inline rows", async () => {
    const small = await storedResult(kit, TYPE_COLUMNS, query(typeQuery(1)));
    const result = await storedResult(kit, TYPE_COLUMNS, query(typeQuery(1_000)), limits(100));
    const { exported } = result;
    assert(exported !== undefined, "the result is in a file");
    const inline = Buffer.from(await arrowRowset(result, options()), "base64");
    const parts = await Promise.all(
      exported.parts.map((part) => arrowPart(TYPE_COLUMNS, exported, part)),
    );
    const [expected] = [Buffer.from(await arrowRowset(small, options()), "base64")];
    const three = arrowTexts([expected]);
    const rows = arrowTexts([inline, ...parts]);
    expect(rows.length).toBe(3_000);
    rows.forEach((row, i) => {
      expect(row).toEqual(three[i % 3]);
    });
    for (const part of parts) {
      expect(tableFromIPC(part).schema).toEqual(tableFromIPC(inline).schema);
    }
  });
});

describe("volatile queries", () => {
  it("run once", async () => {
    await kit.transactions.read((connection) => connection.run("CREATE SEQUENCE once"));
    const columns = [
      { name: "N", type: { kind: "number", precision: 38, scale: 0 }, nullable: true },
    ] as const;
    const sql = "SELECT nextval('once')::DECIMAL(38,0) FROM range(3000)";
    const result = await storedResult(kit, columns, query(sql, true), limits(100));
    expect(result.exported).toBeDefined();
    const rows = (await allRows(result)) as string[][];
    expect(new Set(rows.map(([n]) => n)).size).toBe(3000);
    const next = await kit.transactions.read((c) => c.rows("SELECT nextval('once') AS n"));
    expect(next[0]?.n).toBe(3001);
  });
});

describe("in an open transaction", () => {
  const columns = [
    { name: "N", type: { kind: "number", precision: 18, scale: 0 }, nullable: true },
  ] as const;

  it("large and small results see its rows, and it goes on", async () => {
    const { transactions } = kit;
    await transactions.read((c) => c.run("CREATE TABLE mine (n DECIMAL(18,0))"));
    transactions.begin();
    const select = "SELECT n FROM mine";
    await transactions.read((c) => c.run("INSERT INTO mine SELECT * FROM range(5000)"));
    const small = await storedResult(kit, columns, query(select));
    expect(small.rowCount).toBe(5_000);
    await transactions.rollback();
    expect((await storedResult(kit, columns, query(select))).rowCount).toBe(0);
  });

  it("an error while writing the file leaves no file", async () => {
    const fails =
      "SELECT (CASE WHEN i = 4999 THEN error('late') ELSE i END)::DECIMAL(18,0) FROM range(5000) AS r(i)";
    await expect(storedResult(kit, columns, query(fails), limits(100))).rejects.toThrow();
    const again = await storedResult(kit, columns, query("SELECT 1::DECIMAL(18,0)"));
    expect(await allRows(again)).toEqual([["1"]]);
  });
});

describe("cells", () => {
  it("have the same Arrow as rows of the engine", async () => {
    const columns = [
      { name: "N", type: { kind: "number", precision: 10, scale: 2 }, nullable: true },
      { name: "T", type: { kind: "text", length: 10 }, nullable: true },
      { name: "B", type: { kind: "boolean" }, nullable: true },
      { name: "D", type: { kind: "date" }, nullable: true },
      { name: "L", type: { kind: "timestamp", flavor: "ltz", scale: 3 }, nullable: true },
      { name: "Z", type: { kind: "timestamp", flavor: "tz", scale: 3 }, nullable: true },
      { name: "X", type: { kind: "binary", length: 5 }, nullable: true },
    ] as const;
    const zoned = { micros: -1_250_000n, offsetMinutes: 60 };
    const row = ["-1.5", "é", true, -3, -1_500_000n, zoned, "DEAD"];
    const cells = await storedResult(kit, columns, {
      kind: "cells",
      rows: [row, row.map(() => null)],
    });
    const scanned = await storedResult(kit, columns, query(resultScanSql(cells).sql));
    const texts = async (result: StoredResult) =>
      arrowTexts([Buffer.from(await arrowRowset(result, options()), "base64")]);
    expect(await texts(cells)).toEqual(await texts(scanned));
    expect((await texts(cells))[0]?.slice(0, 3)).toEqual(["-150", "é", "true"]);
  });
});
