import { expect, it } from "vitest";
import { openDatabase } from "./database.ts";
import { Spool } from "./spool.ts";

it("has its rows for every connection, in the middle of a transaction too, until it is closed", async () => {
  const database = await openDatabase({ hostFunctions: [] });
  try {
    const reader = await database.connect();
    await reader.run("CREATE TABLE t (a INTEGER); BEGIN; INSERT INTO t VALUES (1)");
    const spool = await Spool.create(database, [
      { name: "a", duckType: "INTEGER" },
      { name: "b", duckType: "VARCHAR" },
    ]);
    await spool.append([
      [1, 2],
      ["x", null],
    ]);
    await spool.append([[3], ["z"]]);
    expect(spool.rowCount).toBe(3);
    const rows = await reader.rows(`SELECT a, b FROM ${spool.relation} ORDER BY a`);
    expect(rows).toEqual([
      { a: 1, b: "x" },
      { a: 2, b: null },
      { a: 3, b: "z" },
    ]);
    await spool.close();
    await reader.run("COMMIT");
    await expect(reader.rows(`SELECT a FROM ${spool.relation}`)).rejects.toThrow();
  } finally {
    await database.close();
  }
});
