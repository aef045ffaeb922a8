/**
 * The OBJECT_* and MAP_* functions on canonical text. Every one gives null for an argument that is no object.
 * https://docs.snowflake.com/en/sql-reference/functions-semistructured
 */
import { snowflakeError } from "../base/errors.ts";
import { arrayText } from "./construct.ts";
import {
  compareText,
  numberText,
  stringText,
  tagOf,
  UNDEFINED_TEXT,
  unmarkXml,
} from "./encoding.ts";
import { textOf } from "./print.ts";
import { elementTexts, literalText, memberTexts, memberValue } from "./scan.ts";

/** A key and its value's canonical text. */
export type Entry = { readonly key: string; readonly value: string };

/** An object's entries in key order; nothing when it is none. */
export function objectEntries(object: string): Entry[] | undefined {
  return memberTexts(unmarkXml(object))?.map((member) => ({
    key: literalText(member.keyLiteral),
    value: member.value,
  }));
}

/** Object text of entries in any order. Throws 100104 for a repeated key. */
export function objectOf(entries: Entry[]): string {
  entries.sort((a, b) => compareText(a.key, b.key));
  let text = "{";
  let last: string | undefined;
  for (const { key, value } of entries) {
    if (key === last) throw snowflakeError("duplicateFieldKey", { key });
    text += `${last === undefined ? "" : ","}${JSON.stringify(key)}:${value}`;
    last = key;
  }
  return `${text}}`;
}

function present(value: string | null): value is string {
  return value !== null && value !== UNDEFINED_TEXT;
}

/**
 * OBJECT_CONSTRUCT of keys (plain text) and values (canonical text) in turn. A null key drops the pair; so does
 * a null value, unless `keepNull` makes it JSON null.
 * https://docs.snowflake.com/en/sql-reference/functions/object_construct
 */
export function objectConstruct(pairs: readonly (string | null)[], keepNull: boolean): string {
  const entries: Entry[] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const key = pairs[i] ?? null;
    const value = pairs[i + 1] ?? null;
    if (key === null) continue;
    if (present(value)) entries.push({ key, value });
    else if (keepNull) entries.push({ key, value: "null" });
  }
  return objectOf(entries);
}

/** OBJECT_AGG over lists of keys and values: null keys and values are left out. */
export function objectAgg(
  keys: readonly (string | null)[],
  values: readonly (string | null)[],
): string {
  return objectConstruct(
    keys.flatMap((key, i) => [key, values[i] ?? null]),
    false,
  );
}

/**
 * OBJECT_INSERT and MAP_INSERT. A null value leaves the key out.
 * @throws 100104 when the key is there and `update` is false
 */
export function objectInsert(
  object: string,
  key: string,
  value: string | null,
  update: boolean,
): string | null {
  const entries = objectEntries(object);
  if (entries === undefined) return null;
  const others = entries.filter((entry) => entry.key !== key);
  if (others.length < entries.length && !update) throw snowflakeError("duplicateFieldKey", { key });
  return objectOf(present(value) ? [...others, { key, value }] : others);
}

/** The keys meant by arguments: plain texts, or one canonical array of text values. */
export function keyArguments(keys: readonly (string | null)[]): Set<string> {
  return new Set(keys.filter((key) => key !== null));
}

/** The texts in an array of keys; other elements are ignored. */
export function keysOfArray(array: string): Set<string> {
  const keys = new Set<string>();
  for (const text of elementTexts(array) ?? []) {
    if (isText(text)) keys.add(textOf(text));
    else if (tagOf(text) === undefined) keys.add(text);
  }
  return keys;
}

function isText(text: string): boolean {
  const tag = tagOf(text);
  return text.startsWith('"') && (tag === undefined || tag === "Q");
}

/** OBJECT_DELETE, MAP_DELETE (`keep` false) and OBJECT_PICK, MAP_PICK (`keep` true). */
export function objectFilter(
  object: string,
  keys: ReadonlySet<string>,
  keep: boolean,
): string | null {
  const entries = objectEntries(object);
  if (entries === undefined) return null;
  return objectOf(entries.filter((entry) => keys.has(entry.key) === keep));
}

/**
 * OBJECT_KEYS and MAP_KEYS.
 * @param numeric the keys are numbers (a MAP with a NUMBER key)
 */
export function objectKeys(object: string, numeric: boolean): string | null {
  const entries = objectEntries(object);
  if (entries === undefined) return null;
  return arrayText(entries.map(({ key }) => (numeric ? numberText(key) : stringText(key))));
}

/** The number of members (MAP_SIZE). */
export function objectSize(object: string): number | null {
  return objectEntries(object)?.length ?? null;
}

/** MAP_CONTAINS_KEY. */
export function objectHasKey(object: string, key: string): boolean | null {
  if (memberTexts(object) === undefined) return null;
  return memberValue(object, key) !== undefined;
}

/** MAP_CAT: the second map's value wins. */
export function objectCat(a: string, b: string): string | null {
  const first = objectEntries(a);
  const second = objectEntries(b);
  if (first === undefined || second === undefined) return null;
  const keys = new Set(second.map((entry) => entry.key));
  return objectOf([...first.filter((entry) => !keys.has(entry.key)), ...second]);
}

/** MAP_ENTRIES: an array of {"key", "value"}. */
export function objectEntryArray(object: string, numeric: boolean): string | null {
  const entries = objectEntries(object);
  if (entries === undefined) return null;
  return arrayText(
    entries.map(
      ({ key, value }) => `{"key":${numeric ? numberText(key) : stringText(key)},"value":${value}}`,
    ),
  );
}

/**
 * ARRAYS_TO_OBJECT: an undefined key drops the pair, an undefined value is JSON null.
 * @throws 215001 for arrays of different lengths, 215002 for a key that is no text
 * https://docs.snowflake.com/en/sql-reference/functions/arrays_to_object
 */
export function arraysToObject(keys: string, values: string): string | null {
  const names = elementTexts(keys);
  const contents = elementTexts(values);
  if (names === undefined || contents === undefined) return null;
  if (names.length !== contents.length) throw snowflakeError("arraysToObjectLengths");
  const entries: Entry[] = [];
  for (const [i, name] of names.entries()) {
    if (name === UNDEFINED_TEXT) continue;
    if (!isText(name)) throw snowflakeError("arraysToObjectKey");
    const value = contents[i] ?? UNDEFINED_TEXT;
    entries.push({ key: textOf(name), value: value === UNDEFINED_TEXT ? "null" : value });
  }
  return objectOf(entries);
}
