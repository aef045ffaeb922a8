import { describe, expect, test } from "vitest";
import { must } from "../base/assert.ts";
import { intervalOfQualifier, intervalQualifier } from "../types/intervals.ts";
import type { IntervalType } from "../types/types.ts";
import { fitInterval, intervalToText, numberToInterval, textToInterval } from "./interval.ts";

function type(qualifier: string): IntervalType {
  return must(intervalOfQualifier(qualifier), qualifier);
}

function roundTrip(text: string, qualifier: string): string {
  return intervalToText(textToInterval(text, type(qualifier)), type(qualifier));
}

// https://docs.snowflake.com/en/sql-reference/data-types-datetime#examples-of-interval-values
describe("values of the documentation's table", () => {
  test.each([
    ["5", "YEAR(2)", "+5"],
    ["1-08", "YEAR(3) TO MONTH", "+1-08"],
    ["-5", "MONTH(2)", "-5"],
    ["14", "MONTH(2)", "+14"],
    ["-44-11", "YEAR(2) TO MONTH", "-44-11"],
    ["11 10:09", "DAY(2) TO MINUTE", "+11 10:09"],
    ["02 23:08:23.275", "DAY(2) TO SECOND(3)", "+2 23:08:23.275"],
    ["4.3", "SECOND(5, 6)", "+4.300000"],
    ["00:00:30", "HOUR(2) TO SECOND(0)", "+0:00:30"],
    ["-54 16:15:14.123", "DAY(2) TO SECOND(3)", "-54 16:15:14.123"],
  ])("%s as %s is %s", (text, qualifier, expected) => {
    expect(roundTrip(text, qualifier)).toBe(expected);
  });
});

test("a value is one whole number: months, or nanoseconds", () => {
  expect(textToInterval("14-4", type("YEAR(2) TO MONTH"))).toBe(172n);
  expect(textToInterval("1 00:00:00.000000001", type("DAY TO SECOND"))).toBe(86_400_000_000_001n);
  expect(numberToInterval("1.5", type("SECOND"))).toBe(1_500_000_000n);
  expect(numberToInterval("-2.5", type("DAY"))).toBe(-3n * 86_400_000_000_000n);
});

test("fields that do not lead have their own limits", () => {
  for (const [text, qualifier] of [
    ["1-12", "YEAR TO MONTH"],
    ["1 24:00", "DAY TO MINUTE"],
    ["1:60", "HOUR TO MINUTE"],
    ["1:60", "MINUTE TO SECOND"],
  ] as const) {
    expect(() => textToInterval(text, type(qualifier))).toThrow("out of representable range");
  }
});

test("the leading field has at most the type's digits", () => {
  expect(() => textToInterval("100", type("DAY(2)"))).toThrow("type INTERVAL DAY(2), value +100");
  expect(textToInterval("0099", type("DAY(2)"))).toBe(99n * 86_400_000_000_000n);
  expect(fitInterval(14n, type("YEAR"))).toBe(12n);
  expect(fitInterval(-14n, type("YEAR"))).toBe(-12n);
});

test("another form is refused", () => {
  for (const text of ["", "x", "1-", "1 day", "1.5", "--1"]) {
    expect(() => textToInterval(text, type("DAY"))).toThrow(`Interval '${text}' is not recognized`);
  }
});

// https://docs.snowflake.com/en/sql-reference/data-types-datetime#syntax-of-interval-data-types
test.each([
  ["YEAR", "YEAR(9)"],
  ["year(2) to month", "YEAR(2) TO MONTH"],
  ["DAY TO SECOND", "DAY(9) TO SECOND(9)"],
  ["HOUR(2) TO SECOND(0)", "HOUR(2) TO SECOND(0)"],
  ["SECOND(5, 6)", "SECOND(5, 6)"],
  ["MINUTE TO SECOND(3)", "MINUTE(9) TO SECOND(3)"],
])("the qualifier %s is %s", (written, printed) => {
  expect(intervalQualifier(type(written))).toBe(printed);
});

test.each([
  "YEAR TO DAY",
  "MONTH TO YEAR",
  "DAY TO DAY",
  "DAY(10)",
  "DAY(0)",
  "DAY TO SECOND(10)",
  "SECOND(2, 3) TO SECOND",
  "DAY(2, 3)",
  "DAY TO HOUR(2)",
  "WEEK",
])("the qualifier %s is none", (written) => {
  expect(intervalOfQualifier(written)).toBeUndefined();
});
