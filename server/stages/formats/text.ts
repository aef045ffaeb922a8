/**
 * Bytes of a file as text. A byte that is not UTF-8 becomes one character of a range of its own, so that the reader can say
 * which byte it was, or replace it.
 */

import { isUtf8 } from "node:buffer";
import { snowflakeError } from "../../../translator/base/errors.ts";

/** Lone surrogates: no text has them, as UTF-8 does not. The byte is added. */
const INVALID_BASE = 0xdc00;
const INVALID = /[\udc80-\udcff]/;
const PAIRS_OR_INVALID = /[\ud800-\udbff][\udc00-\udfff]|[\udc80-\udcff]/g;
const REPLACEMENT = "\ufffd";
const BYTE_ORDER_MARK = "\ufeff";

/** The option's words by the names that TextDecoder has for them. */
const LABELS: Readonly<Record<string, string>> = {
  BIG5: "big5",
  EUCJP: "euc-jp",
  EUCKR: "euc-kr",
  GB18030: "gb18030",
  IBM949: "euc-kr",
  ISO2022JP: "iso-2022-jp",
  ISO88592: "iso-8859-2",
  ISO88595: "iso-8859-5",
  ISO88596: "iso-8859-6",
  ISO88597: "iso-8859-7",
  ISO88598: "iso-8859-8",
  ISO885915: "iso-8859-15",
  ISO88599: "windows-1254",
  KOI8R: "koi8-r",
  SHIFTJIS: "shift_jis",
  UTF16BE: "utf-16be",
  UTF16LE: "utf-16le",
  WINDOWS874: "windows-874",
  WINDOWS949: "euc-kr",
  WINDOWS1250: "windows-1250",
  WINDOWS1251: "windows-1251",
  WINDOWS1252: "windows-1252",
  WINDOWS1253: "windows-1253",
  WINDOWS1254: "windows-1254",
  WINDOWS1255: "windows-1255",
  WINDOWS1256: "windows-1256",
};

/** Turns the chunks of one file into text; the last call takes an empty chunk. */
export type ChunkDecoder = (chunk: Buffer, last: boolean) => string;

/**
 * @param encoding the ENCODING option
 * @throws 000002 for an encoding that there is no decoder for
 */
export function chunkDecoder(encoding: string): ChunkDecoder {
  if (encoding === "UTF8") return utf8Decoder();
  if (encoding === "ISO88591") return (chunk) => chunk.toString("latin1");
  if (encoding.startsWith("UTF32")) return utf32Decoder(encoding);
  if (encoding === "UTF16") return markedUtf16Decoder();
  const label = LABELS[encoding];
  if (label === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `ENCODING = ${encoding}` });
  }
  return labelled(label);
}

function labelled(label: string): ChunkDecoder {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return (chunk, last) => decoder.decode(chunk, { stream: !last });
}

/** UTF-16 whose first two bytes say the byte order; big endian without them. */
function markedUtf16Decoder(): ChunkDecoder {
  let inner: ChunkDecoder | undefined;
  return (chunk, last) => {
    if (chunk.length === 0 && inner === undefined) return "";
    inner ??= labelled(chunk[0] === 0xff && chunk[1] === 0xfe ? "utf-16le" : "utf-16be");
    return inner(chunk, last);
  };
}

const UTF32_BYTES = 4;
const MAX_CODE_POINT = 0x10ffff;

function utf32Decoder(encoding: string): ChunkDecoder {
  let rest = Buffer.alloc(0);
  let isLittle = encoding === "UTF32LE";
  let isFirst = encoding === "UTF32";
  return (chunk) => {
    const all = Buffer.concat([rest, chunk]);
    const whole = all.length - (all.length % UTF32_BYTES);
    if (isFirst && whole > 0) {
      isLittle = all.readUInt32LE(0) === 0xfeff;
      isFirst = false;
    }
    rest = all.subarray(whole);
    let text = "";
    for (let at = 0; at < whole; at += UTF32_BYTES) {
      const point = isLittle ? all.readUInt32LE(at) : all.readUInt32BE(at);
      text += point > MAX_CODE_POINT ? REPLACEMENT : String.fromCodePoint(point);
    }
    return text;
  };
}

function utf8Decoder(): ChunkDecoder {
  let rest = Buffer.alloc(0);
  return (chunk, last) => {
    const joined = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = last ? joined.length : wholeCharacters(joined);
    const part = joined.subarray(0, cut);
    rest = Buffer.from(joined.subarray(cut));
    return isUtf8(part) ? part.toString("utf8") : markInvalid(part);
  };
}

/** How many bytes end with a whole character. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Decodes line by line, so that only the lines with invalid bytes are looked at byte by byte. */
function markInvalid(bytes: Buffer): string {
  let text = "";
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(10, from);
    const to = newline < 0 ? bytes.length : newline + 1;
    const line = bytes.subarray(from, to);
    text += isUtf8(line) ? line.toString("utf8") : markLine(line);
    from = to;
  }
  return text;
}

function markLine(bytes: Buffer): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const character = bytes.subarray(at, at + length);
    if (character.length === length && isUtf8(character)) {
      text += character.toString("utf8");
      at += length;
    } else {
      text += String.fromCharCode(INVALID_BASE + first);
      at++;
    }
  }
  return text;
}

/** Whether the text has bytes that were not UTF-8. */
export function hasInvalidBytes(text: string): boolean {
  if (!INVALID.test(text)) return false;
  // The second half of a pair is of the same range: only a lone one stands for a byte.
  for (const match of text.matchAll(PAIRS_OR_INVALID)) if (match[0].length === 1) return true;
  return false;
}

/** REPLACE_INVALID_CHARACTERS: each byte that is not UTF-8 becomes U+FFFD. */
export function replaceInvalidBytes(text: string): string {
  return text.replace(PAIRS_OR_INVALID, (found) => (found.length === 1 ? REPLACEMENT : found));
}

/** The text as messages show it: `Qu0xE9bec`. */
export function showInvalidBytes(text: string): string {
  return text.replace(PAIRS_OR_INVALID, (found) => {
    if (found.length > 1) return found;
    return `0x${(found.charCodeAt(0) - INVALID_BASE).toString(16).toUpperCase()}`;
  });
}

/** Text of a file in pieces. */
export async function* readText(
  bytes: AsyncIterable<Buffer>,
  encoding: string,
  skipMark: boolean,
): AsyncGenerator<string> {
  const decode = chunkDecoder(encoding);
  let isFirst = true;
  const cut = (text: string) => {
    if (!isFirst || text === "") return text;
    isFirst = false;
    return skipMark && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  };
  for await (const chunk of bytes) {
    const text = cut(decode(chunk, false));
    if (text !== "") yield text;
  }
  const rest = cut(decode(Buffer.alloc(0), true));
  if (rest !== "") yield rest;
}
