import { expect, it } from "vitest";
import { decfloatParts } from "./decfloat-arrow.ts";

it.each([
  ["0", 0, [0]],
  ["-0.00", 0, [0]],
  ["1", 0, [1]],
  ["127", 0, [0x7f]],
  ["128", 0, [0, 0x80]],
  ["-128", 0, [0x80]],
  ["-129", 0, [0xff, 0x7f]],
  ["1.23e5", 3, [123]],
  ["-0.5", -1, [0xfb]],
  ["1e-16000", -16000, [1]],
  ["255000", 3, [0, 0xff]],
])("%s", (text, exponent, significand) => {
  expect(decfloatParts(text)).toEqual({ exponent, significand: Uint8Array.from(significand) });
});
