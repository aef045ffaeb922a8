/**
 * Numeric format models: text such as `$99,990.00MI` compiled into elements. `number-print.ts` prints by them,
 * `number-parse.ts` parses.
 * https://docs.snowflake.com/en/sql-reference/sql-format-models
 */

import { snowflakeError } from "../base/errors.ts";

export type NumberElement =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "digit"; readonly isZero: boolean }
  | { readonly kind: "hex"; readonly isUpper: boolean }
  | { readonly kind: "exponent"; readonly width: number; readonly letter: string }
  | {
      readonly kind: "minimal";
      readonly form: "any" | "positional" | "scientific";
      readonly letter: string;
      /** TM9(digits,group): most digits after the point and the size of a group. */
      readonly maxDecimals: number | null;
      readonly groupSize: number | null;
    }
  | { readonly kind: "blank" | "fill" | "exact" | "sign" | "minus" | "dollar" | "percent" }
  | { readonly kind: "blankZero" | "group" | "point" | "auto" };

export type NumberElementKind = NumberElement["kind"];

/** One of the formats that `|` separates. */
export type NumberFormat = {
  readonly elements: readonly NumberElement[];
  /** Digit positions before and after the point. */
  readonly integerPlaces: number;
  readonly fractionPlaces: number;
  readonly isHex: boolean;
  readonly kinds: ReadonlySet<NumberElementKind>;
};

export type NumberModel = { readonly text: string; readonly formats: readonly NumberFormat[] };

type Rule = {
  readonly pattern: RegExp;
  readonly make: (found: RegExpExecArray) => NumberElement;
  /** `.` and `,` are elements only behind a digit position, else literals. */
  readonly isAfterDigit?: true;
};

type PlainKind = Exclude<
  NumberElementKind,
  "literal" | "digit" | "hex" | "exponent" | "minimal" | "auto"
>;

function simple(pattern: RegExp, kind: PlainKind): Rule {
  return { pattern, make: () => ({ kind }) };
}

/** Longer elements stand before shorter ones with the same beginning. */
const RULES: readonly Rule[] = [
  {
    pattern: /^"((?:[^"]|"")*)"/,
    make: (found) => ({ kind: "literal", text: (found[1] ?? "").replaceAll('""', '"') }),
  },
  { pattern: /^[tT][mM]9\((\d+|ALL),(\d+)\)/i, make: (found) => groupedMinimal(found) },
  { pattern: /^TM([9E]?)/i, make: (found) => minimal(found) },
  simple(/^FM/i, "fill"),
  simple(/^FX/i, "exact"),
  simple(/^MI/i, "minus"),
  simple(/^S/i, "sign"),
  simple(/^\$/, "dollar"),
  simple(/^%/, "percent"),
  simple(/^B/i, "blankZero"),
  simple(/^_/, "blank"),
  { pattern: /^[09]/, make: (found) => ({ kind: "digit", isZero: found[0] === "0" }) },
  { pattern: /^[xX]/, make: (found) => ({ kind: "hex", isUpper: found[0] === "X" }) },
  {
    pattern: /^E{2,7}/i,
    make: ([text]) => ({ kind: "exponent", width: text.length, letter: text.charAt(0) }),
  },
  simple(/^D/i, "point"),
  simple(/^G/i, "group"),
  { ...simple(/^\./, "point"), isAfterDigit: true },
  { ...simple(/^,/, "group"), isAfterDigit: true },
  { pattern: /^[ .,;:\-=/()]/, make: ([text]) => ({ kind: "literal", text }) },
];

function minimal(found: RegExpExecArray): NumberElement {
  const suffix = found[1]?.toUpperCase();
  return {
    kind: "minimal",
    form: suffix === "9" ? "positional" : suffix === "E" ? "scientific" : "any",
    letter: found[0].startsWith("t") ? "e" : "E",
    maxDecimals: null,
    groupSize: null,
  };
}

function groupedMinimal(found: RegExpExecArray): NumberElement {
  const decimals = Number(found[1]);
  return {
    kind: "minimal",
    form: "positional",
    letter: found[0].startsWith("t") ? "e" : "E",
    maxDecimals: Number.isNaN(decimals) ? null : decimals,
    groupSize: Number(found[2]) || null,
  };
}

/** Elements that may stand more than once. */
const REPEATABLE: ReadonlySet<NumberElementKind> = new Set<NumberElementKind>([
  "literal",
  "digit",
  "hex",
  "group",
  "blank",
  "fill",
  "exact",
]);

/**
 * Compiles a numeric format model.
 * @throws 100060 when it holds something that is no element, or one element twice
 */
export function compileNumberModel(text: string): NumberModel {
  const formats = splitAlternatives(text).map((part) => compileFormat(part, text));
  return { text, formats };
}

function splitAlternatives(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"]|"")*"|[^|"]|")+/g) ?? [];
  return parts.length === 0 ? [""] : parts;
}

function compileFormat(text: string, whole: string): NumberFormat {
  if (text.trim().toUpperCase() === "AUTO") return format([{ kind: "auto" }]);
  const elements: NumberElement[] = [];
  let rest = text;
  while (rest !== "") {
    const last = elements.at(-1)?.kind;
    const isAfterDigit = last === "digit" || last === "hex";
    const rule = RULES.find(
      (one) => one.pattern.test(rest) && (one.isAfterDigit !== true || isAfterDigit),
    );
    const found = rule?.pattern.exec(rest);
    if (rule === undefined || !found) throw snowflakeError("badFormatModel", { format: whole });
    elements.push(rule.make(found));
    rest = rest.slice(found[0].length);
  }
  if (isMalformed(elements)) throw snowflakeError("badFormatModel", { format: whole });
  return format(elements);
}

function isMalformed(elements: readonly NumberElement[]): boolean {
  const kinds = elements.map((element) => element.kind);
  const isRepeated = kinds.some(
    (kind, index) => !REPEATABLE.has(kind) && kinds.indexOf(kind) !== index,
  );
  const isFixed = kinds.includes("digit") || kinds.includes("hex");
  const hasTwoSigns = kinds.includes("sign") && kinds.includes("minus");
  return isRepeated || hasTwoSigns || (isFixed && kinds.includes("minimal"));
}

function format(elements: readonly NumberElement[]): NumberFormat {
  const point = elements.findIndex((element) => element.kind === "point");
  const isPlace = (element: NumberElement) => element.kind === "digit" || element.kind === "hex";
  const places = elements.filter(isPlace).length;
  const integerPlaces = point < 0 ? places : elements.slice(0, point).filter(isPlace).length;
  return {
    elements,
    integerPlaces,
    fractionPlaces: places - integerPlaces,
    isHex: elements.some((element) => element.kind === "hex"),
    kinds: new Set(elements.map((element) => element.kind)),
  };
}

const MAX_CACHED_MODELS = 500;
const models = new Map<string, NumberModel>();

/** The compiled model of a text, from a bounded cache. */
export function numberModel(text: string): NumberModel {
  const known = models.get(text);
  if (known !== undefined) return known;
  if (models.size >= MAX_CACHED_MODELS) models.clear();
  const model = compileNumberModel(text);
  models.set(text, model);
  return model;
}
