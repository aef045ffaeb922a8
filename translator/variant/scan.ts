/**
 * Reading canonical text in place. Canonical text (encoding.ts) has no blanks and sorted keys, so
 * members and elements are found by skipping values, without building a tree.
 */

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** The index just past the string literal that starts at `from`. */
export function stringEnd(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) return i + 1;
    if (c === BACKSLASH) i++;
  }
  return text.length;
}

/** The index just past the value that starts at `from`. */
export function valueEnd(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return stringEnd(text, from);
  if (first === OPEN_ARRAY || first === OPEN_OBJECT) return containerEnd(text, from);
  let i = from;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === COMMA || c === CLOSE_ARRAY || c === CLOSE_OBJECT) break;
  }
  return i;
}

function containerEnd(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) i = stringEnd(text, i) - 1;
    else if (c === OPEN_ARRAY || c === OPEN_OBJECT) depth++;
    else if (c === CLOSE_ARRAY || c === CLOSE_OBJECT) {
      depth--;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

export function isArrayText(text: string): boolean {
  return text.charCodeAt(0) === OPEN_ARRAY;
}

export function isObjectText(text: string): boolean {
  return text.charCodeAt(0) === OPEN_OBJECT;
}

/** The canonical texts of an array's elements; nothing when the value is no array. */
export function elementTexts(text: string): string[] | undefined {
  if (!isArrayText(text)) return undefined;
  const elements: string[] = [];
  let i = 1;
  while (text.charCodeAt(i) !== CLOSE_ARRAY && i < text.length) {
    const end = valueEnd(text, i);
    elements.push(text.slice(i, end));
    i = text.charCodeAt(end) === COMMA ? end + 1 : end;
  }
  return elements;
}

/** One member of an object: its key as a JSON string literal and its value's canonical text. */
export type MemberText = { readonly keyLiteral: string; readonly value: string };

/** An object's members in key order; nothing when the value is no object. */
export function memberTexts(text: string): MemberText[] | undefined {
  if (!isObjectText(text)) return undefined;
  const members: MemberText[] = [];
  let i = 1;
  while (text.charCodeAt(i) === QUOTE) {
    const keyEnd = stringEnd(text, i);
    const end = valueEnd(text, keyEnd + 1);
    members.push({ keyLiteral: text.slice(i, keyEnd), value: text.slice(keyEnd + 1, end) });
    i = end + 1;
  }
  return members;
}

/** The text behind a JSON string literal. */
export function literalText(literal: string): string {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  return String(JSON.parse(literal));
}

/** The canonical text of an object's member; nothing when absent or the value is no object. */
export function memberValue(text: string, key: string): string | undefined {
  if (!isObjectText(text)) return undefined;
  const head = `${JSON.stringify(key)}:`;
  let i = 1;
  while (text.charCodeAt(i) === QUOTE) {
    if (text.startsWith(head, i)) {
      const start = i + head.length;
      return text.slice(start, valueEnd(text, start));
    }
    i = valueEnd(text, stringEnd(text, i) + 1) + 1;
  }
  return undefined;
}

/** The canonical text of an array's element; nothing when outside or the value is no array. */
export function elementValue(text: string, index: number): string | undefined {
  if (!isArrayText(text) || index < 0) return undefined;
  let i = 1;
  for (let at = 0; i < text.length && text.charCodeAt(i) !== CLOSE_ARRAY; at++) {
    const end = valueEnd(text, i);
    if (at === index) return text.slice(i, end);
    i = text.charCodeAt(end) === COMMA ? end + 1 : end;
  }
  return undefined;
}

/** The number of elements; nothing when the value is no array. */
export function elementCount(text: string): number | undefined {
  if (!isArrayText(text)) return undefined;
  let count = 0;
  let i = 1;
  while (i < text.length && text.charCodeAt(i) !== CLOSE_ARRAY) {
    const end = valueEnd(text, i);
    count++;
    i = text.charCodeAt(end) === COMMA ? end + 1 : end;
  }
  return count;
}
