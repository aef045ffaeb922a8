import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalToText, fitsPrecision, rescale } from "./decimal.ts";
import {
  floatToJsonText,
  floatToText,
  textToBoolean,
  textToFloat,
  textToNumber,
} from "./number-text.ts";

function number(text: string, precision = 38, scale = 0): string {
  return decimalToText(textToNumber(text, precision, scale), scale);
}

test("TO_NUMBER of the documentation", () => {
  expect(number("12.3456")).toBe("12");
  expect(number("98.76546")).toBe("99");
  expect(number("12.3456", 10, 1)).toBe("12.3");
  expect(number("98.76546", 10, 8)).toBe("98.76546000");
  expect(number("345.123", 10, 2)).toBe("345.12");
  expect(() => number("345.123", 4, 2)).toThrow("Numeric value '345.123' is out of range");
});

test("forms of numbers", () => {
  expect(number(" +12 ")).toBe("12");
  expect(number("-.5", 5, 1)).toBe("-0.5");
  expect(number("5.")).toBe("5");
  expect(number("1.5e3")).toBe("1500");
  expect(number("15E-1", 5, 2)).toBe("1.50");
  expect(number("E")).toBe("0");
  expect(number("0e999999999")).toBe("0");
  expect(number("1e-999999999")).toBe("0");
  expect(number("99999999999999999999999999999999999999")).toBe("9".repeat(38));
  for (const text of ["", " ", "x", "1 2", "- 1", ".", "-", "1,000", "0x10", "NaN"]) {
    expect(() => number(text), text).toThrow(`Numeric value '${text}' is not recognized`);
  }
  for (const text of ["1e38", "1e999999999", "9".repeat(39), "9".repeat(100_000)]) {
    expect(() => number(text)).toThrow("is out of range");
  }
});

test("halves round away from zero", () => {
  expect(number("2.5")).toBe("3");
  expect(number("-2.5")).toBe("-3");
  expect(number("-2.4999")).toBe("-2");
  expect(rescale(-25n, 1, 0)).toBe(-3n);
  expect(rescale(5n, 0, 2)).toBe(500n);
});

test("decimal text and bigint agree", () => {
  const limit = 10n ** 38n - 1n;
  fc.assert(
    fc.property(
      fc.bigInt({ min: -limit, max: limit }),
      fc.integer({ min: 0, max: 37 }),
      (unscaled, scale) => {
        const text = decimalToText(unscaled, scale);
        expect(textToNumber(text, 38, scale)).toBe(unscaled);
        expect(text).toMatch(scale === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${scale}}$`));
        expect(fitsPrecision(unscaled, 38)).toBe(true);
      },
    ),
  );
});

test("FLOAT from text", () => {
  expect(textToFloat("2.5e2")).toBe(250);
  expect(textToFloat(" -1e-3 ")).toBe(-0.001);
  expect(textToFloat("E")).toBe(0);
  expect(textToFloat("nan")).toBeNaN();
  expect(textToFloat("INF")).toBe(Number.POSITIVE_INFINITY);
  expect(textToFloat("-Inf")).toBe(Number.NEGATIVE_INFINITY);
  expect(() => textToFloat("Invalid")).toThrow("Numeric value 'Invalid' is not recognized");
  expect(() => textToFloat("1e400")).toThrow("Numeric value '1e400' is out of range");
});

test("FLOAT from text is JavaScript's nearest double", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      // The text of -0 has no sign, so zeros compare by ==.
      expect(textToFloat(String(value)) === value).toBe(true);
    }),
  );
});

test("FLOAT to text has 10 digits", () => {
  expect(floatToText(5)).toBe("5");
  expect(floatToText(0.1)).toBe("0.1");
  expect(floatToText(Math.log(4) / Math.log(3))).toBe("1.261859507");
  expect(floatToText(0.08072205302271099)).toBe("0.08072205302");
  expect(floatToText(1e300)).toBe("1e+300");
  expect(floatToText(1.23e-7)).toBe("1.23e-07");
  expect(floatToText(0.0001)).toBe("0.0001");
  expect(floatToText(9_999_999_999)).toBe("9999999999");
  expect(floatToText(12_345_678_901)).toBe("1.23456789e+10");
  expect(floatToText(100)).toBe("100");
  expect(floatToText(0)).toBe("0");
  expect(floatToText(-123.456)).toBe("-123.456");
  expect(floatToText(Number.NaN)).toBe("NaN");
  expect(floatToText(Number.NEGATIVE_INFINITY)).toBe("-inf");
});

test("FLOAT in JSON", () => {
  expect(floatToJsonText(1.23)).toBe("1.230000000000000e+00");
  expect(floatToJsonText(191.2)).toBe("1.912000000000000e+02");
  expect(floatToJsonText(94_402)).toBe("9.440200000000000e+04");
  expect(floatToJsonText(Number("22257e111"))).toBe("2.225700000000000e+115");
});

test("BOOLEAN from text", () => {
  for (const text of ["true", "T", "yes", "Y", "on", "1"]) expect(textToBoolean(text)).toBe(true);
  for (const text of ["False", "f", "no", "n", "OFF", "0"]) expect(textToBoolean(text)).toBe(false);
  expect(() => textToBoolean("a")).toThrow("Boolean value 'a' is not recognized");
});
