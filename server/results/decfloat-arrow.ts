/** DECFLOAT on the wire: exponent, and significand as a big-endian two's complement integer. */

export type DecfloatParts = { readonly exponent: number; readonly significand: Uint8Array };

/** The parts of decimal text such as `-12.5` or `1.23e-5`; trailing zeros go into the exponent. */
export function decfloatParts(text: string): DecfloatParts {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  const [, sign = "", whole = "", fraction = "", power = "0"] = match ?? [];
  let digits = whole + fraction;
  let exponent = Number(power) - fraction.length;
  const kept = digits.replace(/0+$/, "");
  exponent += digits.length - kept.length;
  digits = kept;
  if (digits === "") return { exponent: 0, significand: Uint8Array.of(0) };
  const value = BigInt(digits) * (sign === "-" ? -1n : 1n);
  return { exponent, significand: bigEndian(value) };
}

/** The shortest two's complement bytes of a value, most significant first. */
function bigEndian(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (rest !== 0n && rest !== -1n);
  const negative = value < 0n;
  const top = bytes.at(-1) ?? 0;
  // The top bit says the sign.
  if (negative !== top >= 0x80) bytes.push(negative ? 0xff : 0);
  return Uint8Array.from(bytes.reverse());
}
