/** Exact decimals as text: what a NUMBER inside a VARIANT is made of. */

export type Decimal = {
  readonly negative: boolean;
  /** Digits without leading zeros; empty for zero. */
  readonly digits: string;
  /** The value is digits * 10^-scale; negative for texts such as 1e5. */
  readonly scale: number;
};

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Reads a decimal text (optional sign, point, exponent); nothing when it is not one. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const whole = match[2] ?? "";
  const fraction = match[3] ?? "";
  if (whole === "" && fraction === "") return undefined;
  const digits = (whole + fraction).replace(/^0+/, "");
  const scale = fraction.length - Number(match[4] ?? 0);
  return { negative: match[1] === "-" && digits !== "", digits, scale };
}

/** The same value without trailing zeros after the point. */
export function trimDecimal(value: Decimal): Decimal {
  if (value.digits === "") return { negative: false, digits: "", scale: 0 };
  let end = value.digits.length;
  let scale = value.scale;
  while (scale > 0 && value.digits.charCodeAt(end - 1) === 48) {
    end--;
    scale--;
  }
  return { negative: value.negative, digits: value.digits.slice(0, end), scale };
}

/** Plain decimal text with exactly the value's own scale. */
export function decimalText(value: Decimal): string {
  const sign = value.negative ? "-" : "";
  if (value.scale <= 0) {
    const whole = value.digits === "" ? "0" : value.digits + "0".repeat(-value.scale);
    return sign + whole;
  }
  const padded = value.digits.padStart(value.scale + 1, "0");
  const point = padded.length - value.scale;
  return `${sign}${padded.slice(0, point)}.${padded.slice(point)}`;
}

/** The value at a scale, rounded half away from zero. */
export function rescale(value: Decimal, scale: number): Decimal {
  const drop = value.scale - scale;
  if (drop <= 0) {
    const digits = value.digits === "" ? "" : value.digits + "0".repeat(-drop);
    return { negative: value.negative, digits, scale };
  }
  const cut = value.digits.length - drop;
  const kept = cut > 0 ? value.digits.slice(0, cut) : "";
  const next = cut >= 0 ? value.digits.charCodeAt(cut) : 48;
  const rounded = next >= 53 ? (BigInt(kept === "" ? "0" : kept) + 1n).toString() : kept;
  return { negative: value.negative && rounded !== "", digits: rounded, scale };
}

/**
 * Text that orders as the numbers do, by code point: zero, then by exponent and digits; negative
 * numbers have their digits complemented.
 */
export function decimalSortKey(value: Decimal): string {
  if (value.digits === "") return "2";
  const digits = value.digits.replace(/0+$/, "");
  const exponent = value.digits.length - value.scale + 50_000;
  if (!value.negative) return `3${String(exponent).padStart(6, "0")}${digits}`;
  const body = String(999_999 - exponent).padStart(6, "0");
  return `1${body}${digits.replace(/\d/g, (d) => String(9 - Number(d)))}~`;
}
