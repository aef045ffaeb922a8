/** What a driver's bind values become. */

import { expect, it } from "vitest";
import { typedValue } from "./binds.ts";

it.each([
  ["1E+3", "1000", 0],
  ["-1.25E+1", "-12.5", 1],
  ["1E-10", "0.0000000001", 10],
  ["12.50", "12.50", 2],
])("a FIXED %s, as Python prints decimals, is a NUMBER of 38 digits", (value, text, scale) => {
  expect(typedValue({ type: "FIXED", value })).toEqual({
    type: { kind: "number", precision: 38, scale },
    value: text,
  });
});

it("a DECFLOAT keeps 38 digits", () => {
  const value = "1.2345678901234567890123456789012345678E+50";
  expect(typedValue({ type: "DECFLOAT", value }).type).toEqual({ kind: "decfloat" });
  expect(() => typedValue({ type: "DECFLOAT", value: "x" })).toThrow("'x' is not recognized");
});

it("an OBJECT and an ARRAY have their types, and anything else is a VARIANT", () => {
  const kindOf = (type: string, value: string) => typedValue({ type, value }).type.kind;
  expect(kindOf("OBJECT", '{"a": 1}')).toBe("object");
  expect(kindOf("ARRAY", "[1]")).toBe("array");
  expect(kindOf("VARIANT", "[1]")).toBe("variant");
  expect(kindOf("OBJECT", "1")).toBe("variant");
});
