/**
 * FORMAT_STRING_TEMPLATE: placeholders `{[index][:specification]}` filled in by the type of the value. The specification is
 * `[[fill]align][sign][#][0][width][.precision][type]`.
 * https://docs.snowflake.com/en/sql-reference/functions/format_string_template
 */

import { snowflakeError } from "../base/errors.ts";

/** What a value is: a whole number, another exact number, a FLOAT, a BOOLEAN, anything else as its text. */
export type TemplateKind = "i" | "n" | "f" | "b" | "s";

export type TemplateValue = { readonly kind: TemplateKind; readonly text: string };

type Specification = {
  readonly fill: string;
  readonly align: "<" | ">" | "^" | undefined;
  readonly sign: "+" | "-" | " ";
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
};

const SPECIFICATION =
  /^(?:(.)?([<>^]))?([-+ ])?(#)?(0)?(\d{1,5})?(?:\.(\d{1,5}))?([bBcdoxXeEfFgGs%])?$/su;
const PLACEHOLDER = /\{\{|\}\}|\{(\d{0,5})(?::([^{}]*))?\}|[{}]/gu;

/** The types that each kind of value can be printed with. */
const TYPES: Readonly<Record<TemplateKind, string>> = {
  i: "bBcdoxXeEfFgG%",
  n: "eEfFgG%",
  f: "eEfFgG%",
  b: "sd",
  s: "s",
};

const RADIX: Readonly<Record<string, readonly [radix: number, prefix: string]>> = {
  b: [2, "0b"],
  o: [8, "0"],
  x: [16, "0x"],
};

/** @throws 100060 for a placeholder that cannot be read, or when there are not as many values as placeholders */
export function formatTemplate(template: string, values: readonly TemplateValue[]): string {
  const bad = (): Error => snowflakeError("badFormatModel", { format: template });
  let next = 0;
  let isNumbered: boolean | undefined;
  const used = new Set<number>();
  const result = template.replace(PLACEHOLDER, (whole, index?: string, written?: string) => {
    if (whole === "{{" || whole === "}}") return whole.slice(1);
    if (index === undefined) throw bad();
    // Numbers by hand and by order do not mix.
    if (isNumbered !== undefined && isNumbered !== (index !== "")) throw bad();
    isNumbered = index !== "";
    const at = isNumbered ? Number(index) : next++;
    const value = values[at];
    const specification = parse(written ?? "");
    if (value === undefined || specification === undefined) throw bad();
    if (specification.type !== "" && !TYPES[value.kind].includes(specification.type)) throw bad();
    used.add(at);
    return print(value, specification);
  });
  if (used.size !== values.length) throw bad();
  return result;
}

function parse(text: string): Specification | undefined {
  const found = SPECIFICATION.exec(text);
  if (found === null) return undefined;
  const [, fill, align, sign, alternate, zero, width, precision, type] = found;
  return {
    fill: fill ?? " ",
    align: align as Specification["align"],
    sign: (sign ?? "-") as Specification["sign"],
    alternate: alternate !== undefined,
    zero: zero !== undefined,
    width: Number(width ?? 0),
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? "",
  };
}

function print(value: TemplateValue, specification: Specification): string {
  const isNumber = value.kind !== "s" && !(value.kind === "b" && specification.type !== "d");
  if (!isNumber) {
    const { precision } = specification;
    const text =
      precision === undefined ? value.text : [...value.text].slice(0, precision).join("");
    return padded("", text, specification, "<");
  }
  const number = value.kind === "b" ? String(Number(value.text === "true")) : value.text;
  const isNegative = number.startsWith("-");
  const digits = numberText(number.replace("-", ""), value.kind, specification);
  if (specification.type === "c") return padded("", digits, specification, "<");
  const plus = specification.sign === "-" ? "" : specification.sign;
  return padded(isNegative ? "-" : plus, digits, specification, ">");
}

function padded(
  sign: string,
  text: string,
  { fill, align, zero, width }: Specification,
  natural: "<" | ">",
): string {
  const missing = Math.max(0, width - [...sign].length - [...text].length);
  if (zero && align === undefined && natural === ">") return sign + "0".repeat(missing) + text;
  const whole = sign + text;
  switch (align ?? natural) {
    case "<":
      return whole + fill.repeat(missing);
    case ">":
      return fill.repeat(missing) + whole;
    case "^": {
      const before = Math.floor(missing / 2);
      return fill.repeat(before) + whole + fill.repeat(missing - before);
    }
  }
}

/** A number without its sign. */
function numberText(text: string, kind: TemplateKind, specification: Specification): string {
  const { type, precision, alternate } = specification;
  if (!/^\d/.test(text)) return text;
  const radix = RADIX[type.toLowerCase()];
  if (radix !== undefined) {
    const digits = (alternate ? radix[1] : "") + BigInt(text).toString(radix[0]);
    return type === type.toUpperCase() ? digits.toUpperCase() : digits;
  }
  switch (type) {
    case "c":
      return String.fromCodePoint(Number(text));
    case "f":
    case "F":
      return fixed(text, precision ?? DEFAULT_PRECISION);
    case "%":
      return `${fixed(shifted(text), precision ?? DEFAULT_PRECISION)}%`;
    case "e":
    case "E":
      return cased(exponent(Number(text), precision ?? DEFAULT_PRECISION), type);
    case "g":
    case "G":
      return cased(general(Number(text), precision ?? DEFAULT_PRECISION), type);
    default:
      return precision === undefined || kind === "i" || kind === "b"
        ? text
        : general(Number(text), precision);
  }
}

const DEFAULT_PRECISION = 6;

function cased(text: string, type: string): string {
  return type === type.toUpperCase() ? text.toUpperCase() : text;
}

/** Whole number and places of a plain or exponential decimal text. */
function decimalOf(text: string): { readonly unscaled: bigint; readonly scale: number } {
  const [mantissa = "", power = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(power);
  const unscaled = BigInt(whole + fraction);
  return scale >= 0
    ? { unscaled, scale }
    : { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 };
}

/** With so many places, rounded half away from zero. */
function fixed(text: string, places: number): string {
  const { unscaled, scale } = decimalOf(text);
  const rounded =
    scale <= places
      ? unscaled * 10n ** BigInt(places - scale)
      : (unscaled + 5n * 10n ** BigInt(scale - places - 1)) / 10n ** BigInt(scale - places);
  const digits = String(rounded).padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A hundred times the number. */
function shifted(text: string): string {
  const { unscaled, scale } = decimalOf(text);
  return fixed(String(unscaled * 100n) + (scale > 0 ? `e-${scale}` : ""), scale);
}

/** As `1.5e+01`: the exponent has two digits at least. */
function exponent(value: number, places: number): string {
  return value.toExponential(Math.min(places, 100)).replace(/e([-+])(\d)$/, "e$10$2");
}

/** The shorter of fixed and exponential with so many significant digits, without zeros at the end. */
function general(value: number, precision: number): string {
  const significant = Math.min(Math.max(precision, 1), 100);
  const power = value === 0 ? 0 : Number(value.toExponential(significant - 1).split("e")[1]);
  if (power < -4 || power >= significant) {
    return exponent(value, significant - 1).replace(/\.?0+(?=e)/, "");
  }
  const text = value.toFixed(Math.min(100, Math.max(0, significant - 1 - power)));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
