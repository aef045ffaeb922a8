import fc from "fast-check";
import { expect, test } from "vitest";
import { binaryFormat, binaryToText, bytesToHex, textToBinary } from "./binary-text.ts";

test("the documentation's examples", () => {
  expect(binaryToText(textToBinary("SNOW", "UTF-8"), "HEX")).toBe("534E4F57");
  expect(binaryToText(textToBinary("48454C50", "HEX"), "BASE64")).toBe("SEVMUA==");
  expect(binaryToText(textToBinary("SEVMUA==", "BASE64"), "UTF-8")).toBe("HELP");
  expect(bytesToHex(textToBinary("aBcD", "HEX"))).toBe("abcd");
});

test("format names", () => {
  expect(binaryFormat("utf-8")).toBe("UTF-8");
  expect(binaryFormat("UTF8")).toBe("UTF-8");
  expect(binaryFormat("hex")).toBe("HEX");
  expect(binaryFormat("base32")).toBeUndefined();
});

test("texts and bytes that do not fit", () => {
  const hex = "The following string is not a legal hex-encoded value: 'HELP'";
  expect(() => textToBinary("HELP", "HEX")).toThrow(hex);
  expect(() => textToBinary("ABC", "HEX")).toThrow("not a legal hex-encoded value");
  expect(() => textToBinary("A", "BASE64")).toThrow("not a legal base64-encoded value");
  expect(() => binaryToText(Uint8Array.of(0xff), "UTF-8")).toThrow("Invalid UTF8");
});

test("every byte string survives hex and base64", () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.constantFrom("HEX" as const, "BASE64" as const),
      (bytes, format) => {
        expect(textToBinary(binaryToText(bytes, format), format)).toEqual(Uint8Array.from(bytes));
      },
    ),
  );
});
