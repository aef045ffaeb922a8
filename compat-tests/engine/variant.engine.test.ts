import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DuckDatabase, openDatabase } from "../../server/storage/database.ts";
import { call, json } from "../../translator/variant/host-call.ts";

/** The engine's own JSON functions and text order agree with canonical text and sort keys. */
describe("canonical text in the engine", () => {
  let database: DuckDatabase;

  beforeAll(async () => {
    database = await openDatabase({ hostFunctions: [] });
  });
  afterAll(() => database.close());

  async function column(sql: string, values: string[]): Promise<unknown[]> {
    const connection = await database.connect();
    try {
      const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(",");
      const rows = await connection.rows(
        `SELECT ${sql} AS value FROM (SELECT unnest([${list}]) AS v)`,
      );
      return rows.map((row) => row.value);
    } finally {
      await connection.close();
    }
  }

  it("extracts members and elements exactly", async () => {
    const documents = [
      '{"a":123456789012345,"b":{"c":[1.5,"x\\u0001\\"y",{}]}}',
      '{"a":0.12345678901234,"b":{"c":[0.00001,[],12345678901234567890123]}}',
      '{"a":1e300,"b":{"c":[-0.5,"\u{1F600}",true]}}',
      '{"a":null,"b":{"c":[,1]}}',
    ].map(json);
    for (const [sql, path] of [
      ["json_extract(v, '$.a')", "a"],
      ["json_extract(v, '$.b')", "b"],
      ["json_extract(v, '$.b.c[1]')", "b.c[1]"],
      ["json_extract(v, '$.b.c[2]')", "b.c[2]"],
    ] as const) {
      const ours = documents.map((value) => call("_v_get_path", value, path));
      expect(await column(sql, documents)).toEqual(ours);
    }
  });

  it("orders sort keys as the values", async () => {
    const values = ["2", "10", "-1", "1.5e0", '"b"', '"a"', '"\u{1F600}"', '"\uFFFD"', "[1]"];
    values.push("[1,2]", "[]", "null", "true", "false", '{"a":1}', "100000000000000000000");
    const keys = values.map((value) => String(call("_v_sort_key", json(value))));
    const sorted = await column("v", keys);
    const connection = await database.connect();
    const list = keys.map((key) => `'${key.replaceAll("'", "''")}'`).join(",");
    const rows = await connection.rows(`SELECT k FROM (SELECT unnest([${list}]) AS k) ORDER BY k`);
    await connection.close();
    expect(sorted).toEqual(keys);
    const compare = (a: string, b: string) => Number(call("_v_compare", json(a), json(b)));
    const expected = [...values].sort(compare).map((v) => call("_v_sort_key", json(v)));
    expect(rows.map((row) => row.k)).toEqual(expected);
  });
});
