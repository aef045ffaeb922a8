import { describe, expect, it } from "vitest";
import { columnNames, parseCondition, refuseForeignParts } from "./row-condition.ts";

describe("columnNames", () => {
  it("finds the names with their places", () => {
    const text = 'a + "b c" > 0';
    const places = columnNames(parseCondition(text)).map(({ name, start, end }) => [
      name,
      text.slice(start, end),
    ]);
    expect(places).toEqual([
      ["A", "a"],
      ["b c", '"b c"'],
    ]);
  });

  it("leaves words of a function's grammar out", () => {
    const names = columnNames(parseCondition("DATEDIFF(day, day, x) > 0")).map(
      ({ start }) => start,
    );
    expect(names).toEqual([14, 19]);
  });
});

// https://docs.snowflake.com/en/sql-reference/sql/create-table-constraint, "Properties (for CHECK constraints only)"
describe("refuseForeignParts", () => {
  it("takes columns, constants and functions of them", () => {
    const text = "a IN (1, 2) AND UPPER(b) LIKE 'X%' AND c BETWEEN 1 AND ABS(d) OR e IS NULL";
    expect(() => refuseForeignParts(parseCondition(text))).not.toThrow();
  });

  it.each([
    "EXISTS (SELECT 1)",
    "a = ANY (SELECT 1)",
    "a > MAX(b)",
    "LAG(a) OVER (ORDER BY a) > 1",
    "a = RANDOM()",
    "a = UUID_STRING()",
    "a < CURRENT_TIMESTAMP",
    "a < SYSDATE()",
    "a = CURRENT_ROLE()",
    "SYSTEM$CANCEL_ALL_QUERIES(1) = 'x'",
    "mine(a)",
    "db.s.mine(a)",
    "a = :1",
    "a = $v",
    "$1 > 0",
  ])("refuses %s", (text) => {
    expect(() => refuseForeignParts(parseCondition(text))).toThrow("in a CHECK constraint");
  });
});
