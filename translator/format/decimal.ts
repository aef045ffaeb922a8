/** Exact decimals between text and value: an integer and a power of ten, rounded as Snowflake rounds. */

export type Decimal = {
  /** The digits as an integer, with the sign. The value is `unscaled / 10 ** scale`. */
  readonly unscaled: bigint;
  /** Digits after the point; negative for zeros before it. */
  readonly scale: number;
  /** The sign that the text or float had, which zero has too. */
  readonly isNegative: boolean;
};

const POWERS: readonly bigint[] = Array.from({ length: 77 }, (_, n) => 10n ** BigInt(n));

export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

/**
 * Changes the scale of an unscaled integer; digits that fall away round half away from zero.
 * https://docs.snowflake.com/en/sql-reference/functions/to_decimal
 */
export function rescale(unscaled: bigint, from: number, to: number): bigint {
  if (to >= from) return unscaled * powerOfTen(to - from);
  const divisor = powerOfTen(from - to);
  const half = unscaled < 0n ? -divisor / 2n : divisor / 2n;
  return (unscaled + half) / divisor;
}

/** Does the unscaled integer have at most `precision` digits? */
export function fitsPrecision(unscaled: bigint, precision: number): boolean {
  const limit = powerOfTen(precision);
  return unscaled < limit && unscaled > -limit;
}

/** Plain notation with exactly `scale` digits after the point (none below zero). */
export function decimalToText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return (unscaled * powerOfTen(-scale)).toString();
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  const at = digits.length - scale;
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, at)}.${digits.slice(at)}`;
}

/** More digits or zeros than this cannot fit any NUMBER (38 digits), whatever the scale. */
const MAX_MAGNITUDE = 80;

/**
 * The decimal as an unscaled integer of a scale, or null when it is far beyond 38 digits. The bound keeps
 * a text such as 1e999999999 from becoming a number of a gigabyte.
 */
export function toScale(decimal: Decimal, scale: number): bigint | null {
  const { unscaled } = decimal;
  if (unscaled === 0n) return 0n;
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().length;
  const magnitude = digits - decimal.scale;
  if (magnitude > MAX_MAGNITUDE) return null;
  if (magnitude < -MAX_MAGNITUDE) return 0n;
  return rescale(unscaled, decimal.scale, scale);
}

const LONGEST_DIGITS = 1000;

/** The decimal that sign, digits around the point and exponent spell. */
export function decimalFromParts(
  isNegative: boolean,
  integer: string,
  fraction: string,
  exponent: number,
): Decimal {
  // Beyond a thousand digits of fraction nothing can change the rounding of 38.
  const kept = fraction.slice(0, LONGEST_DIGITS);
  const significant = integer.replace(/^0+/, "");
  if (significant.length > LONGEST_DIGITS) {
    // Too large for any type: only the magnitude matters, and reading the digits would take long.
    return { unscaled: isNegative ? -1n : 1n, scale: -significant.length - exponent, isNegative };
  }
  const size = BigInt(significant + kept || "0");
  return { unscaled: isNegative ? -size : size, scale: kept.length - exponent, isNegative };
}

/** The shortest decimal that reads back as the same float. The value must be finite. */
export function decimalFromFloat(value: number): Decimal {
  const isNegative = value < 0 || Object.is(value, -0);
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential().split("e");
  const [integer = "0", fraction = ""] = mantissa.split(".");
  return decimalFromParts(isNegative, integer, fraction, Number(exponent));
}
