import { describe, expect, test } from "vitest";
import type { TypeName } from "../ast/expressions.ts";
import {
  additionType,
  averageType,
  divisionType,
  multiplicationType,
  type NumberType,
  numberTypeOfText,
} from "./arithmetic.ts";
import { castability } from "./coercion.ts";
import { commonType, comparisonType } from "./common.ts";
import { resolveTypeName, typeText } from "./names.ts";
import {
  ARRAY,
  BOOLEAN,
  DATE,
  FLOAT,
  INTEGER,
  NULL_TYPE,
  numberType,
  type SnowType,
  TEXT,
  TIME,
  timestampType,
  VARIANT,
} from "./types.ts";

function name(text: string, ...parameters: number[]): TypeName {
  return { name: text, parameters, elements: [], fields: [], span: { start: 0, end: 0 } };
}

function resolved(text: string, ...parameters: number[]): string {
  const type = resolveTypeName(name(text, ...parameters), { timestampMapping: "TIMESTAMP_LTZ" });
  return typeText(type);
}

function number(precision: number, scale: number): NumberType {
  return numberType(precision, scale) as NumberType;
}

// https://docs.snowflake.com/en/sql-reference/data-types-numeric
test.each([
  ["NUMBER", [], "NUMBER(38,0)"],
  ["decimal", [10], "NUMBER(10,0)"],
  ["BIGINT", [], "NUMBER(38,0)"],
  ["DOUBLE PRECISION", [], "FLOAT"],
  ["STRING", [], "VARCHAR(16777216)"],
  ["CHAR", [], "VARCHAR(1)"],
  ["BINARY", [], "BINARY(8388608)"],
  ["DATETIME", [], "TIMESTAMP_NTZ(9)"],
  ["TIMESTAMP", [3], "TIMESTAMP_LTZ(3)"],
  ["TIME", [], "TIME(9)"],
])("%s %j is %s", (text, parameters, expected) => {
  expect(resolved(text, ...parameters)).toBe(expected);
});

test("a name that is no type is refused", () => {
  expect(() => resolved("XYZ")).toThrow("Unsupported data type 'XYZ'.");
  expect(() => resolved("NUMBER", 39)).toThrow("Unsupported data type 'NUMBER(39)'.");
});

// https://docs.snowflake.com/en/sql-reference/operators-arithmetic
describe("result types of arithmetic", () => {
  test("addition, multiplication, division", () => {
    expect(additionType(number(3, 1), number(1, 0))).toEqual(number(4, 1));
    expect(multiplicationType(number(38, 0), number(5, 2))).toEqual(number(38, 2));
    expect(multiplicationType(number(20, 10), number(20, 10))).toEqual(number(32, 12));
    expect(divisionType(number(1, 0), number(1, 0))).toEqual(number(7, 6));
    expect(divisionType(number(10, 9), number(5, 2))).toEqual(number(15, 12));
  });
  test("AVG as an aggregate and over a window", () => {
    expect(averageType(number(38, 0), false)).toEqual(number(38, 6));
    expect(averageType(number(10, 5), false)).toEqual(number(38, 11));
    expect(averageType(number(38, 0), true)).toEqual(number(38, 3));
  });
  test("the NUMBER of a text", () => {
    expect(numberTypeOfText("12.30")).toEqual(number(4, 2));
    expect(numberTypeOfText("0")).toEqual(number(1, 0));
    expect(numberTypeOfText("1e5")).toBeUndefined();
  });
});

// https://docs.snowflake.com/en/sql-reference/data-type-conversion
describe("common types", () => {
  test.each<[SnowType, SnowType, string | undefined]>([
    [numberType(3, 1), numberType(1, 0), "NUMBER(3,1)"],
    [numberType(5, 0), numberType(5, 3), "NUMBER(8,3)"],
    [NULL_TYPE, numberType(1, 0), "NUMBER(1,0)"],
    [numberType(5, 2), FLOAT, "FLOAT"],
    [TEXT, DATE, "DATE"],
    [BOOLEAN, TEXT, "VARCHAR(16777216)"],
    [DATE, timestampType("ltz"), "TIMESTAMP_LTZ(9)"],
    [ARRAY, VARIANT, "VARIANT"],
    [TIME, DATE, undefined],
    [ARRAY, INTEGER, undefined],
  ])("%j with %j", (a, b, expected) => {
    const [there, back] = [commonType(a, b), commonType(b, a)];
    expect(there && typeText(there)).toBe(expected);
    expect(back && typeText(back)).toBe(expected);
  });
  test("comparisons: VARIANT takes the other's type, TIMESTAMP_TZ compares as an instant", () => {
    expect(comparisonType(VARIANT, DATE)).toEqual(DATE);
    expect(comparisonType(timestampType("tz"), timestampType("tz"))).toEqual(timestampType("ltz"));
  });
});

test("casts that exist, and those that are inserted", () => {
  expect(castability(TEXT, INTEGER)).toBe("implicit");
  expect(castability(BOOLEAN, INTEGER)).toBe("explicit");
  expect(castability(DATE, INTEGER)).toBe("none");
  expect(castability(TIME, timestampType("ntz"))).toBe("none");
  expect(castability(NULL_TYPE, ARRAY)).toBe("implicit");
});
