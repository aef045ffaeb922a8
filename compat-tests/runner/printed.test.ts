import { describe, expect, it } from "vitest";
import { comparePrinted, type Printed } from "./printed.ts";

const table = (columns: string[], ...rows: string[][]): Printed => ({ columns, rows });
const QUERY = "SELECT x FROM t";

function equal(sql: string, actual: Printed, expected: Printed): [rows: boolean, names: boolean] {
  const { rowsEqual, namesEqual } = comparePrinted(sql, actual, expected, "any");
  return [rowsEqual, namesEqual];
}

describe("comparePrinted", () => {
  it("reads a header of several lines from the rows under it", () => {
    const actual = table(["F(\n  [1],\n  2)"], ["7"]);
    expect(equal(QUERY, actual, table(["F("], ["[1],"], ["2)"], ["7"]))).toEqual([true, true]);
    expect(equal(QUERY, actual, table(["F("], ["[1],"], ["3)"], ["7"]))).toEqual([false, false]);
    expect(equal(QUERY, actual, table(["F([1], 2)"], ["7"]))).toEqual([true, true]);
  });

  it("reads a cell of several lines from as many rows", () => {
    const actual = table(["A", "B"], ["x\ny", "1"], ["z", "2"]);
    const printed = table(["A", "B"], ["x", "1"], ["y", ""], ["z", "2"]);
    expect(equal(QUERY, actual, printed)).toEqual([true, true]);
    const other = table(["A", "B"], ["x", "1"], ["y", "3"], ["z", "2"]);
    expect(equal(QUERY, actual, other)).toEqual([false, true]);
    expect(equal(QUERY, table(["A", "B"], ["x\ny", "1"]), printed)).toEqual([false, true]);
  });

  it("compares the coordinates of shapes as numbers", () => {
    const actual = table(["G"], ["POINT(1489140.09376565 -0.5)"]);
    expect(equal(QUERY, actual, table(["G"], ["POINT(1489140.093765644 -0.5)"]))).toEqual([
      true,
      true,
    ]);
    expect(equal(QUERY, actual, table(["G"], ["POINT(1489150.093765644 -0.5)"]))[0]).toBe(false);
    expect(equal(QUERY, actual, table(["G"], ["LINESTRING(1489140.09376565 -0.5)"]))[0]).toBe(
      false,
    );
  });

  it("does not take a row away, or put one in", () => {
    const actual = table(["A"], ["x"], ["y"]);
    expect(equal(QUERY, actual, table(["A"], ["x"]))).toEqual([false, true]);
    expect(equal(QUERY, actual, table(["A"], ["x"], ["y"], ["z"]))).toEqual([false, true]);
  });

  it("reads SHOW by the columns that the page has, and by kind what its author's account had", () => {
    const actual = table(
      ["created_on", "name", "owner", "rows", "budget"],
      ["2026-01-01 00:00:00.000 -0800", "T", "ACCOUNTADMIN", "1", "NULL"],
    );
    const printed = (name: string, rows: string) =>
      table(
        ["created_on", "name", "owner", "rows"],
        ["Mon, 11 Sep 2017 16:32:28 -0700", name, "PUBLIC", rows],
      );
    expect(equal("SHOW TABLES", actual, printed("T", "1"))).toEqual([true, true]);
    expect(equal("SHOW TABLES", actual, printed("U", "1"))).toEqual([false, true]);
    expect(equal("SHOW TABLES", actual, printed("T", "2"))).toEqual([false, true]);
    expect(equal(QUERY, actual, printed("T", "1"))).toEqual([false, false]);
  });

  it("wants every column that SHOW prints on the page", () => {
    const actual = table(["name"], ["T"]);
    expect(equal("SHOW TABLES", actual, table(["name", "kind"], ["T", "TABLE"]))).toEqual([
      false,
      false,
    ]);
  });
});
