import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE search_shop");
  await session.run(
    "CREATE TABLE goods (id INT, name VARCHAR(20), facts VARIANT, place GEOGRAPHY, weight FLOAT)",
  );
});

afterAll(async () => {
  await session.close();
});

const alter = (clause: string) => session.run(`ALTER TABLE goods ${clause}`);
const listed = async () =>
  (await session.result("DESCRIBE SEARCH OPTIMIZATION ON goods")).rows.map((row) => row.join(" "));

describe("search optimization", () => {
  it("lists what was added, each once", async () => {
    await alter("ADD SEARCH OPTIMIZATION ON EQUALITY(id, facts:size), SUBSTRING(*), GEO(place)");
    await alter("ADD SEARCH OPTIMIZATION ON EQUALITY(id)");
    expect(await listed()).toEqual([
      "1 EQUALITY ID NUMBER(38,0) true",
      '2 EQUALITY FACTS:"size" VARIANT true',
      "3 SUBSTRING NAME VARCHAR(20) true",
      "4 GEO PLACE GEOGRAPHY true",
    ]);
  });

  it("drops by method, by column and by id", async () => {
    await alter("DROP SEARCH OPTIMIZATION ON SUBSTRING(name), place, 2");
    expect(await listed()).toEqual(["1 EQUALITY ID NUMBER(38,0) true"]);
    await alter("DROP SEARCH OPTIMIZATION");
    expect(await listed()).toEqual([]);
  });

  it("keeps only a column's first analyzer active", async () => {
    await alter("ADD SEARCH OPTIMIZATION ON FULL_TEXT(name, ANALYZER => 'UNICODE_ANALYZER')");
    await alter("ADD SEARCH OPTIMIZATION ON FULL_TEXT(name)");
    expect(await listed()).toEqual([
      "1 FULL_TEXT UNICODE_ANALYZER NAME VARCHAR(20) true",
      "2 FULL_TEXT DEFAULT_ANALYZER NAME VARCHAR(20) false",
    ]);
  });

  it("refuses what cannot be searched by", async () => {
    await expect(alter("ADD SEARCH OPTIMIZATION ON EQUALITY(weight)")).rejects.toThrow(
      "cannot be used in search optimization",
    );
    await expect(alter("ADD SEARCH OPTIMIZATION ON EQUALITY(nothing)")).rejects.toThrow(
      "invalid identifier 'NOTHING'",
    );
  });
});
