/** Expressions bound, lowered and run: values, types and errors as Snowflake's documentation states them. */

import { beforeAll, describe, expect, test } from "vitest";
import { type Engine, openEngine, typeOfText } from "./expression-kit.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});

type Row = readonly [expression: string, printed: string | null, type?: string];

function printed(rows: readonly Row[]): void {
  for (const [expression, value, type] of rows) {
    test(`${expression} is ${value}`, async () => {
      expect(await engine.print(expression)).toBe(value);
      if (type !== undefined) expect(typeOfText(expression)).toBe(type);
    });
  }
}

// https://docs.snowflake.com/en/sql-reference/operators-arithmetic
describe("arithmetic", () => {
  printed([
    ["1 + 1", "2", "NUMBER(2,0)"],
    ["1 / 3", "0.333333", "NUMBER(7,6)"],
    ["1.0 / 3.0", "0.3333333", "NUMBER(9,7)"],
    ["10::INT / 3::INT", "3.333333", "NUMBER(38,6)"],
    ["-7 / 2", "-3.500000"],
    ["2::INT / 3", "0.666667"],
    ["-2::INT / 3", "-0.666667"],
    ["2.5 * 1.25", "3.125", "NUMBER(5,3)"],
    ["1.5::NUMBER(38,12) * 2.5::NUMBER(38,12)", "3.750000000000"],
    ["-7 % 3", "-1"],
    ["1 / 0", "error 100051: Division by zero"],
    ["1e0 / 0", "error 100051: Division by zero"],
    ["'12.5' + 1", "13.5"],
    ["NULL + 1", null],
    ["99999999999999999999999999999999999998 + 1", "99999999999999999999999999999999999999"],
    ["1::DECFLOAT / 3", "0.33333333333333333333333333333333333333", "DECFLOAT"],
  ]);
  test("overflow is an error", async () => {
    expect(await engine.print("99999999999999999999999999999999999999 + 1")).toMatch(
      /^error 100046/,
    );
  });
  test("types that do not add up are refused", () => {
    expect(() => typeOfText("DATE '2024-01-01' + DATE '2024-01-01'")).toThrow(
      "Invalid argument types for function '+': (DATE, DATE)",
    );
  });
});

// https://docs.snowflake.com/en/sql-reference/data-type-conversion
describe("casts", () => {
  printed([
    ["12.3456::NUMBER(4,2)", "12.35", "NUMBER(4,2)"],
    ["'abc'::NUMBER", "error 100038: Numeric value 'abc' is not recognized"],
    ["'12345'::NUMBER(3,0)", "error 100039: Numeric value '12345' is out of range"],
    ["TRY_CAST('abc' AS NUMBER)", null],
    ["TRY_CAST('ABCD' AS CHAR(2))", null],
    ["'ABCD'::CHAR(2)", "error 100078: String 'ABCD' is too long and would be truncated"],
    ["5.000::FLOAT::VARCHAR", "5"],
    ["1.2345::VARCHAR", "1.2345"],
    ["0.5::NUMBER(2,2)", "0.50"],
    ["TRUE::VARCHAR", "true"],
    ["'yes'::BOOLEAN", "true"],
    ["'a'::BOOLEAN", "error 100037: Boolean value 'a' is not recognized"],
    ["2.5::FLOAT::INT", "3"],
    ["'0aff'::BINARY", "0AFF"],
    ["PARSE_JSON('\"x\"')::NUMBER", 'error 100071: Failed to cast variant value "x" to FIXED'],
  ]);
  test("TRY_CAST takes text only", () => {
    expect(() => typeOfText("TRY_CAST(1 AS VARCHAR)")).toThrow(
      "Function TRY_CAST cannot be used with arguments of types NUMBER(1,0) and VARCHAR(16777216)",
    );
  });
});

// https://docs.snowflake.com/en/sql-reference/data-types-datetime
describe("dates and timestamps", () => {
  printed([
    ["'2024-01-31'::DATE + 1", "2024-02-01", "DATE"],
    ["'2024-01-31'::DATE - '2024-01-01'::DATE", "30"],
    ["'2024-01-31 10:00:00'::TIMESTAMP_LTZ", "2024-01-31 10:00:00.000 -0800"],
    ["'2024-01-31 10:00:00 +02:00'::TIMESTAMP_TZ", "2024-01-31 10:00:00.000 +0200"],
    ["'2024-01-31 10:00:00 +02:00'::TIMESTAMP_TZ::TIMESTAMP_NTZ", "2024-01-31 10:00:00.000"],
    ["'2024-01-31 10:00:00 +02:00'::TIMESTAMP_TZ::TIMESTAMP_LTZ", "2024-01-31 00:00:00.000 -0800"],
    ["'2024-01-31 10:00:00'::TIMESTAMP_NTZ::TIMESTAMP_TZ", "2024-01-31 10:00:00.000 -0800"],
    ["NULL::TIMESTAMP_NTZ::TIMESTAMP_TZ", null],
    [
      "'2024-01-31 10:00:00 +02:00'::TIMESTAMP_TZ = '2024-01-31 09:00:00 +01:00'::TIMESTAMP_TZ",
      "true",
    ],
    ["'2024-01-31'::DATE + INTERVAL '1 month'", "2024-02-29", "DATE"],
    ["'2019-02-28'::DATE + INTERVAL '1 day, 1 year'", "2020-03-01"],
    ["'2019-02-28'::DATE + INTERVAL '1 year, 1 day'", "2020-02-29"],
    ["'foo'::DATE", "error 100040: Date 'foo' is not recognized"],
    ["31536001::TIMESTAMP_NTZ", "1971-01-01 00:00:01.000"],
    ["SYSDATE()", "2024-06-01 12:00:00.000"],
    ["CURRENT_DATE", "2024-06-01", "DATE"],
  ]);
});

// https://docs.snowflake.com/en/sql-reference/data-type-conversion (common types)
describe("predicates and common types", () => {
  printed([
    ["COALESCE('17', 1)", "17"],
    ["COALESCE('foo', 1)", "error 100038: Numeric value 'foo' is not recognized"],
    ["IFNULL(12.3, 0)", "12.3", "NUMBER(3,1)"],
    ["CASE WHEN TRUE THEN 1 ELSE 2.5 END", "1.0", "NUMBER(2,1)"],
    ["1 = '1'", "true"],
    ["5 = '5.4'", "false"],
    ["1 IN ('1', 2.5)", "true"],
    ["(1, 2) IN ((1, 2), (3, 4))", "true"],
    ["1 IS DISTINCT FROM NULL", "true"],
    ["'abc' LIKE ANY ('x%', 'a%')", "true"],
    ["'100%' LIKE '100\\\\%' ESCAPE '\\\\'", "true"],
    ["'abcd' RLIKE 'bc'", "false"],
    ["1 IN (SELECT '1')", "true"],
    ["5 > ALL (SELECT 1)", "true"],
    ["'x' COLLATE 'en-ci' = 'X'", "true"],
  ]);
});

// https://docs.snowflake.com/en/user-guide/querying-semistructured
describe("semi-structured values", () => {
  printed([
    ["{'b': 1, 'a': [1, 2]}", '{"a":[1,2],"b":1}', "OBJECT"],
    ['PARSE_JSON(\'{"a": [1,{"b":"c d"}]}\'):a[1].b', "c d", "VARIANT"],
    ["PARSE_JSON('{\"a\": null}'):a IS NULL", "false"],
    ["PARSE_JSON('{\"a\": null}'):a::VARCHAR", null],
    ["PARSE_JSON('{\"a\": 1}'):zz", null],
    ["PARSE_JSON('[1,2]')[1-2]", null],
    ["PARSE_JSON('5') = 5", "true"],
    ["PARSE_JSON('{\"a\": 1.5}'):a * 2", "3"],
    ["FILTER([1, 2, 3], x -> x > 1)", "[2,3]"],
    ["TRANSFORM([1, 2, 3], x INT -> x * 2)", "[2,4,6]"],
    ["REDUCE([1, 2, 3], 0, (acc, val) -> acc + val)", "6"],
    ["{'a': 1}::OBJECT(a INT):a", "1", "NUMBER(38,0)"],
  ]);
});

describe("names and calls", () => {
  test.each([
    ["nope", "error line 1 at position 0\ninvalid identifier 'NOPE'"],
    ['1 + "noPe".x', "error line 1 at position 4\ninvalid identifier '\"noPe\".X'"],
    ["FOO(1)", "Unknown function FOO"],
    ["$NOPE", "Session variable '$NOPE' does not exist"],
    ["ABS()", "not enough arguments for function [ABS()], expected 1, got 0"],
    ["ABS('2024-01-01'::DATE)", "Invalid argument types for function 'ABS': (DATE)"],
    ["DATE '2024-01-01'::NUMBER", "invalid type [DATE '2024-01-01'] for parameter 'TO_NUMBER'"],
  ])("%s is refused", (expression, message) => {
    expect(() => typeOfText(expression)).toThrow(message);
  });
});
