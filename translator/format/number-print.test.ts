import { expect, test } from "vitest";
import { floatToTextWithModel, numberToTextWithModel } from "./number-print.ts";

/** The arguments of the documentation as a NUMBER of the digits written. */
function print(text: string, model: string): string {
  const [integer = "", fraction = ""] = text.split(".");
  return numberToTextWithModel(BigInt(integer + fraction), fraction.length, model);
}

// Documentation of TO_CHAR: columns of its numeric example.
test.each([
  ["-12.391", "-$12.4", "   -12.4", "-1.2391E1", "-12.391", "FFF4", "-000C"],
  ["0.000", "  $0.0", "      .0", "0E0", "0.000", "0000", "+0000"],
  ["-1.000", " -$1.0", "    -1.0", "-1E0", "-1.000", "FFFF", "-0001"],
  ["0.100", "  $0.1", "      .1", "1E-1", "0.100", "0000", "+0000"],
  ["0.010", "  $0.0", "      .0", "1E-2", "0.010", "0000", "+0000"],
  ["3987.000", " $##.#", " 3,987.0", "3.987E3", "3987.000", "0F93", "+0F93"],
  ["1.111", "  $1.1", "     1.1", "1.111E0", "1.111", "0001", "+0001"],
])("TO_CHAR of %s", (value, dollar, blankZero, tme, tm9, hex, signedHex) => {
  expect(print(value, '">"$99.0"<"')).toBe(`>${dollar}<`);
  expect(print(value, '">"B9,999.0"<"')).toBe(`>${blankZero}<`);
  expect(print(value, '">"TME"<"')).toBe(`>${tme}<`);
  expect(print(value, '">"TM9"<"')).toBe(`>${tm9}<`);
  expect(print(value, '">"0XXX"<"')).toBe(`>${hex}<`);
  expect(print(value, '">"S0XXX"<"')).toBe(`>${signedHex}<`);
});

// Format models, "Sign position for fixed-position formats".
test.each([
  ["99", " 12", " -7"],
  ["S99", "+12", " -7"],
  ["99S", "12+", " 7-"],
  ["MI99", " 12", "- 7"],
  ["99MI", "12 ", " 7-"],
  ["$99", " $12", " -$7"],
  ["FM99", "12", "-7"],
])("sign position in %s", (model, twelve, minusSeven) => {
  expect(print("12", model)).toBe(twelve);
  expect(print("-7", model)).toBe(minusSeven);
});

// Format models, "Output examples", with the blanks of the printed table.
test.each([
  [1.2, "       1.2  ", "+000,001.200", "      +1.2  ", "1.2"],
  [123.456, "     123.456", "+000,123.456", "    +123.456", "123.456"],
  [1234.56, "   1,234.56 ", "+001,234.560", "  +1,234.56 ", "1,234.56"],
  [-123456.789, "-123,456.789", "-123,456.789", "-123,456.789", "-123,456.789"],
])("groups and zeros of %d", (value, nines, zeros, signed, compact) => {
  expect(floatToTextWithModel(value, "999,999.999")).toBe(nines);
  expect(floatToTextWithModel(value, "S000,000.000")).toBe(zeros);
  expect(floatToTextWithModel(value, "S999,999.999")).toBe(signed);
  expect(floatToTextWithModel(value, "FM999,999.999")).toBe(compact);
});

test("exponents", () => {
  expect(print("1234", "FM9d999EE")).toBe("1.234E3");
  expect(print("1234", "9D999EE").trim()).toBe("1.234E3");
  expect(print("1234", "FM9.9EEE")).toBe("1.2E+3");
  expect(print("1234", "FM9.9eeee")).toBe("1.2e+03");
  expect(print("0.00012", "FM9.9EEEEE")).toBe("1.2E-004");
  expect(print("99999", "FM9.0EE")).toBe("1.0E5");
  expect(print("0", "FM9.0EE")).toBe("0.0E0");
  expect(floatToTextWithModel(1e300, "FM9.0EEEE")).toBe("1.0E+##");
});

test("percent, text-minimal parameters, literals", () => {
  expect(print("0.25", "TM9%")).toBe("25%");
  expect(print("1234567.123456789", "TM9(6,3)")).toBe("1,234,567.123457");
  expect(print("1234567.123456789", "TM9(ALL,3)")).toBe("1,234,567.123456789");
  expect(print("-12.391", "tme")).toBe("-1.2391e1");
  expect(print("12", '">"99"<"')).toBe("> 12<");
  expect(print("-123.45", "999.99MI")).toBe("123.45-");
  expect(print("100000000", "TM")).toBe("1E8");
  expect(print("97", "0XXX")).toBe("0061");
  expect(print("-5", "TM9")).toBe("-5");
  expect(print("5", "STM9")).toBe("+5");
  expect(print("255", "xx")).toBe("ff");
  expect(print("10", "XXX")).toBe("  A");
  expect(print("0", "B99")).toBe("   ");
  expect(print("0", "99")).toBe("  0");
});

test("floats that have no digits overflow", () => {
  expect(floatToTextWithModel(Number.NaN, "99.9")).toBe(" ##.#");
  expect(floatToTextWithModel(Number.NEGATIVE_INFINITY, "99.9")).toBe("-##.#");
  expect(floatToTextWithModel(Number.NEGATIVE_INFINITY, "TM9")).toBe("-inf");
  expect(floatToTextWithModel(0.1, "TM9")).toBe("0.1");
  expect(floatToTextWithModel(1e300, "TM9")).toBe("1E300");
  expect(floatToTextWithModel(1e-300, "TM9")).toBe("0");
});

test("texts that are no model", () => {
  for (const model of ["99.9.9", "hello", "TM9(6, 3)", "TM999", "S99MI"]) {
    expect(() => print("1", model), model).toThrow("Bad input format model");
  }
});
