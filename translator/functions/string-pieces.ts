/** Pure text functions with Snowflake's rules for positions, counted in characters (code points). */

import { snowflakeError } from "../base/errors.ts";

/** True when UTF-16 units are characters, so that plain string indexes are right. */
function isSimple(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdfff) return false;
  }
  return true;
}

/** The UTF-16 index of a character position (from 0). */
export function unitIndex(text: string, position: number): number {
  if (position <= 0) return 0;
  if (isSimple(text)) return Math.min(position, text.length);
  let index = 0;
  for (let i = 0; i < position && index < text.length; i++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/** The character position (from 0) of a UTF-16 index. */
export function characterIndex(text: string, index: number): number {
  if (isSimple(text)) return index;
  let count = 0;
  for (let i = 0; i < index; i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
}

/**
 * Where SUBSTR begins and ends: 0 acts as 1, negative counts from the end, outside gives nothing.
 * https://docs.snowflake.com/en/sql-reference/functions/substr
 */
function range(length: number, start: number, count: number): readonly [number, number] {
  const from = start > 0 ? start - 1 : start === 0 ? 0 : length + start;
  if (from < 0 || from >= length || count <= 0) return [0, 0];
  return [from, Math.min(length, from + count)];
}

export function substring(text: string, start: number, count: number): string {
  if (isSimple(text)) return text.slice(...range(text.length, start, count));
  const characters = Array.from(text);
  return characters.slice(...range(characters.length, start, count)).join("");
}

export function subbytes(bytes: Uint8Array, start: number, count: number): Uint8Array {
  return bytes.slice(...range(bytes.length, start, count));
}

/** Characters in reverse order. */
export function reverseText(text: string): string {
  return Array.from(text).reverse().join("");
}

/** Position (from 1) of a text in another, from a position on; 0 when missing. */
export function positionOf(needle: string, text: string, start: number): number {
  if (start < 1) throw snowflakeError("invalidPosition", { position: start });
  const from = unitIndex(text, start - 1);
  if (start > 1 && characterIndex(text, text.length) < start - 1) return 0;
  const found = text.indexOf(needle, from);
  return found < 0 ? 0 : characterIndex(text, found) + 1;
}

/** Position (from 1) of bytes in others. */
export function positionOfBytes(needle: Uint8Array, bytes: Uint8Array, start: number): number {
  for (let at = Math.max(0, start - 1); at + needle.length <= bytes.length; at++) {
    if (needle.every((byte, i) => bytes[at + i] === byte)) return at + 1;
  }
  return 0;
}

/**
 * LPAD and RPAD: cut or filled to a length. An empty filling only cuts.
 * https://docs.snowflake.com/en/sql-reference/functions/lpad
 */
export function padText(text: string, length: number, filling: string, left: boolean): string {
  const characters = Array.from(text);
  const size = Math.max(0, length);
  if (characters.length >= size) return characters.slice(0, size).join("");
  const pattern = Array.from(filling);
  if (pattern.length === 0) return text;
  let added = "";
  for (let i = 0; i < size - characters.length; i++) added += pattern[i % pattern.length];
  return left ? added + text : text + added;
}

export function padBytes(
  bytes: Uint8Array,
  length: number,
  filling: Uint8Array,
  left: boolean,
): Uint8Array {
  const size = Math.max(0, length);
  if (bytes.length >= size || filling.length === 0) return bytes.slice(0, size);
  const missing = size - bytes.length;
  const added = Uint8Array.from({ length: missing }, (_, i) => filling[i % filling.length] ?? 0);
  const result = new Uint8Array(size);
  result.set(left ? added : bytes, 0);
  result.set(left ? bytes : added, left ? missing : bytes.length);
  return result;
}

/**
 * INSERT: a piece replaced by another text; positions from 1.
 * https://docs.snowflake.com/en/sql-reference/functions/insert
 */
export function insertText(text: string, at: number, count: number, added: string): string {
  const characters = Array.from(text);
  const from = Math.max(0, at - 1);
  const rest = characters.slice(from + Math.max(0, count));
  return characters.slice(0, from).join("") + added + rest.join("");
}

/**
 * TRANSLATE: characters exchanged one by one; those without a partner are removed.
 * @throws 100078 when the target alphabet is the longer one
 */
export function translateText(text: string, from: string, to: string): string {
  const [source, target] = [Array.from(from), Array.from(to)];
  if (target.length > source.length) {
    throw snowflakeError("stringTooLong", { value: "(target alphabet)" });
  }
  let result = "";
  for (const character of text) {
    const at = source.indexOf(character);
    result += at < 0 ? character : (target[at] ?? "");
  }
  return result;
}

/**
 * SPLIT_PART: part from 1, 0 as 1, negative from the end; outside gives an empty text.
 * https://docs.snowflake.com/en/sql-reference/functions/split_part
 */
export function splitPart(text: string, delimiter: string, part: number): string {
  return pieceAt(delimiter === "" ? [text] : text.split(delimiter), part);
}

/**
 * Cuts a text where its folded form holds a folded delimiter. A fold that changes the count of characters (a letter that
 * falls into two) leaves the text in one piece.
 */
export function splitFolded(text: string, folded: string, delimiter: string): string[] {
  const characters = [...text];
  const keys = [...folded];
  const wanted = [...delimiter];
  if (wanted.length === 0 || characters.length !== keys.length) return [text];
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at + wanted.length <= keys.length; at++) {
    if (!wanted.every((key, index) => keys[at + index] === key)) continue;
    parts.push(characters.slice(start, at).join(""));
    start = at + wanted.length;
    at = start - 1;
  }
  parts.push(characters.slice(start).join(""));
  return parts;
}

/** The piece of a number from 1, negative from the end, 0 as 1; an empty text where there is none. */
export function pieceAt(parts: readonly string[], part: number): string {
  const at = part > 0 ? part - 1 : part === 0 ? 0 : parts.length + part;
  return parts[at] ?? "";
}

/** Tokens between any of the delimiter characters, never empty; no delimiters: the whole text. */
export function tokens(text: string, delimiters: string): string[] {
  if (delimiters === "") return text === "" ? [] : [text];
  const separators = new Set(delimiters);
  const result: string[] = [];
  let token = "";
  for (const character of text) {
    if (!separators.has(character)) {
      token += character;
      continue;
    }
    if (token !== "") result.push(token);
    token = "";
  }
  if (token !== "") result.push(token);
  return result;
}

const WORD_ENDS = new Set(' \t\n\r\f\v!?@"^#$&~_,.:;+-*%/|\\[](){}<>');

/**
 * INITCAP: first letter of each word in upper case, the others in lower case.
 * https://docs.snowflake.com/en/sql-reference/functions/initcap
 * @param delimiters characters that end a word; undefined: blanks and punctuation
 */
export function capitalize(text: string, delimiters: string | undefined): string {
  const ends = delimiters === undefined ? WORD_ENDS : new Set(delimiters);
  let result = "";
  let isStart = true;
  for (const character of text) {
    if (ends.has(character)) {
      result += character;
      isStart = true;
      continue;
    }
    result += isStart ? character.toUpperCase() : character.toLowerCase();
    isStart = false;
  }
  return result;
}
