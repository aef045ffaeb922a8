/**
 * What a collation specification compares: a key whose order and equality are those of the texts.
 * Locales use ICU's sort keys: hexadecimal bytes in levels (letters, accents, case) that the byte 01 parts.
 * https://docs.snowflake.com/en/sql-reference/collation
 */

import type { SnowType } from "../types/types.ts";

const OPTIONS = new Set([
  "cs",
  "ci",
  "as",
  "ai",
  "ps",
  "pi",
  "fl",
  "fu",
  "upper",
  "lower",
  "trim",
  "ltrim",
  "rtrim",
  "utf8",
  "bin",
]);
const FIRST_LEVEL = "^(?:..)*?01";
const TWO_LEVELS = "^(?:..)*?01(?:..)*?01";

type Collation = { readonly locale: string | undefined; readonly options: ReadonlySet<string> };

function collationOf(type: SnowType | undefined): Collation {
  const text = type?.kind === "text" ? (type.collation ?? "") : "";
  const parts = text.toLowerCase().split("-");
  const locale = parts.find((part) => /^[a-z]+(_[a-z]+)*$/.test(part) && !OPTIONS.has(part));
  return { locale, options: new Set(parts) };
}

/** Blanks at the ends, and punctuation, as the specification says. */
function cleaned(sql: string, { options }: Collation): string {
  let result = sql;
  for (const trim of ["trim", "ltrim", "rtrim"]) {
    if (options.has(trim)) result = `${trim}(${result})`;
  }
  return options.has("pi") ? `regexp_replace(${result}, '[\\pP\\pZ\\s]', '', 'g')` : result;
}

/** Compared texts grow where a letter has several capitals; where one is looked for in another, a letter stays one. */
function cased(sql: string, options: ReadonlySet<string>, upper: string): string {
  if (options.has("upper")) return `${upper}(${sql})`;
  return options.has("lower") ? `lower(${sql})` : sql;
}

/** Locales in which i and I are different letters. */
const DOTTED = new Set(["tr", "az"]);

/** SQL of UPPER or LOWER of a text, in the language of its collation. */
export function changeCase(sql: string, type: SnowType, to: "upper" | "lower"): string {
  const { locale } = collationOf(type);
  if (!DOTTED.has(locale?.split("_")[0] ?? "")) return `${to}(${sql})`;
  const [from, into] = to === "upper" ? ["iı", "İI"] : ["Iİ", "ıi"];
  return `${to}(translate(${sql}, '${from}', '${into}'))`;
}

/**
 * SQL of the key of a text (`sql` itself without a collation).
 * Without accents a letter that the locale counts as one of its own (ñ in Spanish) keeps apart by the first level.
 */
export function collationKey(sql: string, type: SnowType | undefined): string {
  const collation = collationOf(type);
  const { locale, options } = collation;
  const text = cased(cleaned(sql, collation), options, "_str_upper_full");
  if (locale === undefined) {
    const bare = options.has("ai") ? `strip_accents(${text})` : text;
    return options.has("ci") ? `lower(${bare})` : bare;
  }
  const key = (value: string) => `icu_sort_key(${value}, '${locale}')`;
  const levels = (pattern: string) => `regexp_extract(${key(text)}, '${pattern}')`;
  if (options.has("ai")) {
    const letters = levels(FIRST_LEVEL);
    return options.has("ci") ? letters : `(${letters} || ${key(`strip_accents(${text})`)})`;
  }
  return options.has("ci") ? levels(TWO_LEVELS) : key(text);
}

/** Whether a specification has a locale, whose order passes over some characters. */
export function hasLocale(type: SnowType | undefined): boolean {
  return collationOf(type).locale !== undefined;
}

/**
 * SQL of the text that CONTAINS and its like look in and for, by its collation. A character stays one: ß, whose upper case is SS, does
 * not contain S.
 */
export function collationText(sql: string, type: SnowType | undefined): string {
  const collation = collationOf(type);
  const { locale, options } = collation;
  const text = cased(cleaned(sql, collation), options, "upper");
  // A letter with its combining marks is one character of a locale.
  const whole = locale === undefined ? text : `nfc_normalize(${text})`;
  const bare = options.has("ai") ? `strip_accents(${whole})` : whole;
  return options.has("ci") ? `lower(${bare})` : bare;
}

/** Functions whose text has the collation of the text that it comes from; of several, the first. */
const KEEPING: ReadonlySet<string> = new Set([
  "||",
  "CONCAT",
  "CONCAT_WS",
  "INITCAP",
  "INSERT",
  "LEFT",
  "LOWER",
  "LPAD",
  "LTRIM",
  "REPEAT",
  "REPLACE",
  "REVERSE",
  "RIGHT",
  "RPAD",
  "RTRIM",
  "SPLIT_PART",
  "SUBSTR",
  "TRANSLATE",
  "TRIM",
  "UPPER",
]);

/** The type of a function's result with the collation that it takes over from its arguments. */
export function withCollation(
  name: string,
  result: SnowType,
  types: readonly SnowType[],
): SnowType {
  if (result.kind !== "text" || !KEEPING.has(name)) return result;
  const source = types.find((type) => type.kind === "text" && type.collation !== undefined);
  return source?.kind === "text" ? { ...result, collation: source.collation } : result;
}

/** SQL of a text that is looked for: control characters do not count for a locale, so that they are found nowhere. */
export function soughtText(sql: string, type: SnowType): string {
  const text = collationText(sql, type);
  const { locale } = collationOf(type);
  if (locale === undefined) return text;
  return `CASE WHEN regexp_full_match(${sql}, '\\pC+') THEN '' ELSE ${text} END`;
}

/** The collation that a function on two texts goes by. */
export function commonCollation(a: SnowType, b: SnowType): SnowType | undefined {
  return [a, b].find((type) => type.kind === "text" && type.collation !== undefined);
}
