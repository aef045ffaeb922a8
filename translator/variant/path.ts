/**
 * Extraction from a value: GET, GET_PATH, GET_IGNORE_CASE. A missing key, an index outside, a key of an array
 * and an undefined element all give null (SQL NULL); JSON null gives its text.
 * https://docs.snowflake.com/en/sql-reference/functions/get_path
 */
import { snowflakeError } from "../base/errors.ts";
import { UNDEFINED_TEXT, XML_KEY } from "./encoding.ts";
import { elementValue, literalText, memberTexts, memberValue } from "./scan.ts";

export type PathStep = string | number;

function defined(text: string | undefined): string | null {
  return text === undefined || text === UNDEFINED_TEXT ? null : text;
}

/** The member of a key, verbatim. */
export function getByKey(text: string, key: string): string | null {
  return key === XML_KEY ? null : defined(memberValue(text, key));
}

/** The element of an index from 0. */
export function getByIndex(text: string, index: number): string | null {
  return defined(elementValue(text, index));
}

/** The member of a key: an exact match first, else the first that matches without regard to case. */
export function getIgnoreCase(text: string, key: string): string | null {
  const exact = getByKey(text, key);
  if (exact !== null) return exact;
  const folded = key.toLowerCase();
  for (const member of memberTexts(text) ?? []) {
    if (literalText(member.keyLiteral).toLowerCase() === folded) return defined(member.value);
  }
  return null;
}

const BARE_KEY = /[^.:[\]"']+/y;
const INDEX = /\s*(\d+)\s*\]/y;

/**
 * The steps of a path text: `a.b`, `a:b`, `a[0]`, `a["k"]`, `a['k']`, `"k"."l"`.
 * @throws invalidExtractionPath when it is none
 */
export function parsePath(path: string): readonly PathStep[] {
  const steps: PathStep[] = [];
  let at = 0;
  const fail = () => snowflakeError("invalidExtractionPath", { path });
  const quoted = (quote: string): string => {
    let key = "";
    for (at++; ; at++) {
      const c = path.charAt(at);
      if (c === "") throw fail();
      if (c === "\\" && path.charAt(at + 1) !== "") key += path.charAt(++at);
      else if (c === quote && path.charAt(at + 1) === quote) key += path.charAt(++at);
      else if (c === quote) break;
      else key += c;
    }
    at++;
    return key;
  };
  const bracket = (): PathStep => {
    at++;
    const quote = path.charAt(at);
    if (quote === '"' || quote === "'") {
      const key = quoted(quote);
      if (path.charAt(at) !== "]") throw fail();
      at++;
      return key;
    }
    INDEX.lastIndex = at;
    const match = INDEX.exec(path);
    if (match === null) throw fail();
    at = INDEX.lastIndex;
    return Number(match[1]);
  };
  while (at < path.length) {
    const c = path.charAt(at);
    if (c === "[") {
      steps.push(bracket());
      continue;
    }
    if (c === "." || c === ":") {
      at++;
      if (at === 1 && c === ".") throw fail();
    } else if (steps.length > 0) throw fail();
    const next = path.charAt(at);
    if (next === '"') {
      steps.push(quoted('"'));
      continue;
    }
    BARE_KEY.lastIndex = at;
    const match = BARE_KEY.exec(path);
    if (match === null) throw fail();
    at = BARE_KEY.lastIndex;
    steps.push(match[0]);
  }
  return steps;
}

const parsed = new Map<string, readonly PathStep[]>();
const MAX_PARSED = 1000;

function pathSteps(path: string): readonly PathStep[] {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  const steps = parsePath(path);
  parsed.set(path, steps);
  return steps;
}

/** GET_PATH. Errors as parsePath. */
export function getPath(text: string, path: string): string | null {
  let value: string | null = text;
  for (const step of pathSteps(path)) {
    value = typeof step === "number" ? getByIndex(value, step) : getByKey(value, step);
    if (value === null) return null;
  }
  return value;
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_$]*$/;

/** A path one key longer, as FLATTEN prints it: `a.b`, and `a['b c']` for a key that is no identifier. */
export function pathWithKey(path: string, key: string): string {
  if (!IDENTIFIER.test(key)) return `${path}['${key}']`;
  return path === "" ? key : `${path}.${key}`;
}

/** A path one index longer: `a[0]`. */
export function pathWithIndex(path: string, index: number): string {
  return `${path}[${index}]`;
}
