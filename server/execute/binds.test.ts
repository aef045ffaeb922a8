import { describe, expect, it } from "vitest";
import { numberType } from "../../translator/types/types.ts";
import { typedValue } from "./binds.ts";

describe("a FIXED binding", () => {
  it.each([
    ["42", 2, 0, "42"],
    ["-1.50", 3, 2, "-1.50"],
    ["1e+21", 22, 0, "1000000000000000000000"],
    ["-12.5E-3", 4, 4, "-0.0125"],
  ])("%s is a number", (value, precision, scale, text) => {
    expect(typedValue({ type: "FIXED", value })).toEqual({
      type: numberType(precision, scale),
      value: text,
    });
  });

  it.each(["1e38", "1e999999999", "123456789012345678901234567890123456789"])(
    "%s has more digits than a NUMBER, and stays text",
    (value) => {
      expect(typedValue({ type: "FIXED", value })).toMatchObject({ type: { kind: "text" }, value });
    },
  );

  it("is refused when it is no number", () => {
    expect(() => typedValue({ type: "FIXED", value: "1e" })).toThrow(
      "Numeric value '1e' is not recognized",
    );
  });
});
