import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalToText } from "./decimal.ts";
import { textToFloatWithModel, textToNumberWithModel } from "./number-parse.ts";
import { numberToTextWithModel } from "./number-print.ts";

function parse(text: string, model: string, precision = 38, scale = 0): string {
  return decimalToText(textToNumberWithModel(text, model, precision, scale), scale);
}

// Documentation of TO_DECIMAL.
test.each([
  ["1.0", "1", "1.00000"],
  ["-12.3", "-12", "-12.30000"],
  ["0.0", "0", "0.00000"],
  ["- 0.1", "0", "-0.10000"],
])("TO_DECIMAL of %s", (text, whole, fraction) => {
  expect(parse(text, "99.9")).toBe(whole);
  expect(parse(text, "99.9", 9, 5)).toBe(fraction);
  expect(parse(text, "TM9", 9, 5)).toBe(fraction);
});

test("groups, currency, hex", () => {
  expect(parse("3,741.72", "9,999.99", 6, 2)).toBe("3741.72");
  expect(parse("3741.72", "9,999.99", 6, 2)).toBe("3741.72");
  expect(parse("$3,741.72", "$9,999.99", 6, 2)).toBe("3741.72");
  expect(parse("$7,543.21", "$9,999.00")).toBe("7543");
  expect(parse("ae5", "XXX")).toBe("2789");
});

test("alternatives, signs, percent, exponents, AUTO", () => {
  expect(parse("-5", "MI999|999MI")).toBe("-5");
  expect(parse("5-", "MI999|999MI")).toBe("-5");
  expect(parse("5+", "999S")).toBe("5");
  expect(parse("25%", "99%", 10, 2)).toBe("0.25");
  expect(parse("1.5E3", "9.9EEEE")).toBe("1500");
  expect(parse("E", "TME")).toBe("0");
  expect(parse("12", "AUTO|XX")).toBe("12");
  expect(parse("FF", "AUTO|XX")).toBe("255");
  expect(textToFloatWithModel("1.25E-3", "TME")).toBe(0.00125);
});

test("what does not fit", () => {
  const cases = [
    ["ae5", "XX"],
    ["123", "99"],
    ["1", "00"],
    ["1.5", "99"],
    ["1.25", "99.9"],
    ["37,41", "9,999"],
    ["5", "$99"],
    ["1E2", "TM9"],
    ["1", "TME"],
    ["", "99"],
    ["12", "FX999"],
  ] as const;
  for (const [text, model] of cases) {
    expect(() => parse(text, model), `${text} ${model}`).toThrow(
      `Can't parse '${text}' as number with format '${model}'`,
    );
  }
  expect(() => parse("345.123", "999.999", 4, 2)).toThrow(
    "Numeric value '345.123' is out of range",
  );
});

test("an exact model takes what it prints", () => {
  expect(parse("  12", "FX999")).toBe("12");
  expect(parse("12", "FXFM999")).toBe("12");
});

test("what a model prints it parses back", () => {
  const models = [
    "999,999,990.000",
    "S000,000,000.999",
    "$999999999.000MI",
    "TM9",
    "TME",
    "TM",
    "FM999999999.999",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...models),
      fc.bigInt({ min: -(10n ** 12n) + 1n, max: 10n ** 12n - 1n }),
      (model, unscaled) => {
        const text = numberToTextWithModel(unscaled, 3, model);
        expect(textToNumberWithModel(text, model, 38, 3)).toBe(unscaled);
      },
    ),
  );
});
