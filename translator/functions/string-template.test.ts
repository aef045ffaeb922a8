/** Formats of FORMAT_STRING_TEMPLATE. */

import { describe, expect, it } from "vitest";
import { formatTemplate, type TemplateKind } from "./string-template.ts";

/** Worked out with Python's format(), whose specification C++ shares; NUMBER rounds half away from zero. */
const CASES: readonly (readonly [
  template: string,
  TemplateKind,
  value: string,
  printed: string,
])[] = [
  ["{:*^9d}", "i", "0", "****0****"],
  ["{:.3e}", "f", "123456.789", "1.235e+05"],
  ["{:+.2f}", "f", "123456.789", "+123456.79"],
  ["{:+d}", "i", "1234567", "+1234567"],
  ["{:.2f}", "i", "-42", "-42.00"],
  ["{:g}", "f", "0.5", "0.5"],
  ["{:.3f}", "f", "123456.789", "123456.789"],
  ["{:.4g}", "f", "0.5", "0.5"],
  ["{:.3e}", "f", "0.5", "5.000e-01"],
  ["{:#x}", "i", "7", "0x7"],
  ["{:g}", "f", "2.75", "2.75"],
  ["{:d}", "i", "1234567", "1234567"],
  ["{:.3f}", "f", "-1.25", "-1.250"],
  ["{:+09d}", "i", "7", "+00000007"],
  ["{:+.2f}", "f", "1e+20", "+100000000000000000000.00"],
  ["{:^6d}", "i", "-42", " -42  "],
  ["{:<6d}", "i", "-42", "-42   "],
  ["{:.1%}", "f", "-1.25", "-125.0%"],
  ["{:+.2f}", "f", "-1.25", "-1.25"],
  ["{:+.2f}", "f", "0.00012345", "+0.00"],
  ["{:<6}", "s", "héllo", "héllo "],
  ["{:.1%}", "i", "7", "700.0%"],
  ["{:.4g}", "f", "123456.789", "1.235e+05"],
  ["{: d}", "i", "1234567", " 1234567"],
  ["{:E}", "f", "1e+20", "1.000000E+20"],
  ["{:.4g}", "f", "-1.25", "-1.25"],
  ["{:G}", "f", "123456.789", "123457"],
  ["{:<10.2f}", "f", "123456.789", "123456.79 "],
  ["{:%}", "i", "-42", "-4200.000000%"],
  ["{:.1%}", "f", "123456.789", "12345678.9%"],
  ["{:.1%}", "f", "1e+20", "10000000000000000000000.0%"],
  ["{:08d}", "i", "0", "00000000"],
  ["{:8.3}", "s", "héllo", "hél     "],
  ["{:X}", "i", "0", "0"],
  ["{:.2e}", "i", "65", "6.50e+01"],
  ["{:x}", "i", "65", "41"],
  ["{:+09d}", "i", "1234567", "+01234567"],
  ["{:E}", "f", "0.5", "5.000000E-01"],
  ["{:.3e}", "f", "0.00012345", "1.234e-04"],
  ["{:.4g}", "f", "0.00012345", "0.0001234"],
  ["{:.0f}", "f", "123456.789", "123457"],
  ["{:G}", "f", "1e+20", "1E+20"],
  ["{:e}", "f", "1e+20", "1.000000e+20"],
  ["{:.1f}", "f", "2.75", "2.8"],
  ["{:+d}", "i", "-42", "-42"],
  ["{:.2f}", "i", "1234567", "1234567.00"],
  ["{:b}", "i", "-42", "-101010"],
  ["{:x}", "i", "-42", "-2a"],
  ["{:.1f}", "f", "0.15", "0.1"],
  ["{:.0f}", "f", "0.5", "0"],
  ["{:.0f}", "f", "1.5", "2"],
  ["{:.1f}", "n", "0.15", "0.2"],
  ["{:.0f}", "n", "0.5", "1"],
];

describe("formatTemplate", () => {
  it.each(CASES)("%s of %s %s", (template, kind, text, printed) => {
    expect(formatTemplate(template, [{ kind, text }])).toBe(printed);
  });

  it("takes values by order or by number, not both", () => {
    const values = ["a", "b"].map((text) => ({ kind: "s" as const, text }));
    expect(formatTemplate("{} {}", values)).toBe("a b");
    expect(formatTemplate("{1} {0} {1}", values)).toBe("b a b");
    expect(() => formatTemplate("{0} {}", values)).toThrow("Bad input format model");
    expect(() => formatTemplate("{2}", values)).toThrow("Bad input format model");
  });

  it.each(["{", "}", "{:L}", "{:d", "{:5.}", "{:zz}", "{-1}"])("refuses %s", (template) => {
    expect(() => formatTemplate(template, [{ kind: "i", text: "1" }])).toThrow("Bad input");
  });
});
