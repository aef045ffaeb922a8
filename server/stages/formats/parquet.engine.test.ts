import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allHostFunctions } from "../../../translator/functions/registry.ts";
import { type DuckDatabase, openDatabase } from "../../storage/database.ts";
import { FileFormat } from "../file-format.ts";
import type { FormatValues } from "../format-options.ts";
import { parseDuckType } from "./engine-type.ts";
import { parquetColumns, parquetRows, rowVariant } from "./parquet.ts";

let database: DuckDatabase;
let directory: string;
beforeAll(async () => {
  database = await openDatabase({ hostFunctions: allHostFunctions() });
  directory = mkdtempSync(join(tmpdir(), "mockhaus-parquet-test-"));
});
afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The canonical VARIANT texts of a file with the rows of a query. */
async function variants(query: string, options: FormatValues = {}): Promise<string[]> {
  const localPath = join(directory, "x.parquet");
  const { scratch } = database;
  await scratch.run(`COPY (${query}) TO '${localPath}' (FORMAT parquet)`);
  const file = { name: "x.parquet", localPath };
  const format = new FileFormat("PARQUET", options);
  const columns = await parquetColumns(scratch, file, format);
  const variant = rowVariant(columns, format.flag("BINARY_AS_TEXT"));
  const rows = await scratch.rows(`SELECT ${variant} AS v FROM ${parquetRows(file)}`);
  return rows.map(({ v }) => String(v));
}

describe("a row's VARIANT", () => {
  it("has numbers, texts, booleans and NULL", async () => {
    expect(
      await variants("SELECT 1 AS i, 2.50::DECIMAL(5,2) AS n, 'x' AS s, TRUE AS b, NULL::INT AS z"),
    ).toEqual(['{"b":true,"i":1,"n":2.5,"s":"x","z":null}']);
  });

  it("has lists, structs and maps, in one another too", async () => {
    expect(
      await variants(
        "SELECT [1, NULL, 3] AS l, {'a': 1, 'b': ['x', 'y']} AS s, MAP {'k': [1, 2]} AS m, [{'d': [1]}] AS d, NULL::INT[] AS z",
      ),
    ).toEqual([
      '{"d":[{"d":[1]}],"l":[1,null,3],"m":{"k":[1,2]},"s":{"a":1,"b":["x","y"]},"z":null}',
    ]);
  });

  it("has dates, times and timestamps as such", async () => {
    const [text = ""] = await variants(
      "SELECT DATE '2024-01-02' AS d, TIME '03:04:05' AS t, TIMESTAMP '2024-01-02 03:04:05' AS ts",
    );
    expect(JSON.parse(text)).toEqual({
      d: "\uf8ffD2024-01-02",
      t: "\uf8ffT03:04:05.000000",
      ts: "\uf8ffZ2024-01-02T03:04:05.000000",
    });
  });

  it("has nanosecond timestamps as numbers, unless logical types are asked for", async () => {
    const query = "SELECT TIMESTAMP_NS '2024-01-02 03:04:05' AS ts";
    const [plain = ""] = await variants(query);
    expect(plain).toContain("1704164645000000000");
    const [logical = ""] = await variants(query, { USE_LOGICAL_TYPE: true });
    expect(JSON.parse(logical)).toEqual({ ts: "\uf8ffZ2024-01-02T03:04:05.000000" });
  });

  it("has binary values as text, unless they are asked for", async () => {
    expect(await variants("SELECT 'ab'::BLOB AS b")).toEqual(['{"b":"ab"}']);
    await expect(variants("SELECT '\\xff'::BLOB AS b")).rejects.toMatchObject({ code: "100144" });
    const [text = ""] = await variants("SELECT 'ab'::BLOB AS b", { BINARY_AS_TEXT: false });
    expect(JSON.parse(text)).toEqual({ b: "\uf8ffB6162" });
  });

  it("has columns of any name", async () => {
    expect(await variants(`SELECT 1 AS "a ""b"" 'c'", 2 AS "ü.x"`)).toEqual([
      JSON.stringify({ "a \"b\" 'c'": 1, "ü.x": 2 }),
    ]);
  });
});

it("types of the engine are read as it prints them", () => {
  expect(parseDuckType("DECIMAL(5,2)")).toEqual({ kind: "scalar", name: "DECIMAL(5,2)" });
  const text = 'STRUCT("a, b" INTEGER, c MAP(VARCHAR, DECIMAL(5,2)[]), d STRUCT(e VARCHAR)[])';
  expect(parseDuckType(text)).toMatchObject({
    kind: "struct",
    fields: [
      { name: "a, b", type: { kind: "scalar", name: "INTEGER" } },
      { name: "c", type: { kind: "map", value: { kind: "list" } } },
      { name: "d", type: { kind: "list", element: { kind: "struct" } } },
    ],
  });
});
