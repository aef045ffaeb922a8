/**
 * BINARY values against text, in the formats HEX, BASE64 and UTF-8.
 * https://docs.snowflake.com/en/sql-reference/functions/to_binary
 * https://docs.snowflake.com/en/sql-reference/binary-input-output
 */

import { snowflakeError } from "../base/errors.ts";

export type BinaryFormat = "HEX" | "BASE64" | "UTF-8";

/** The format that a name means (any case, UTF8 and UTF-8), undefined when none. */
export function binaryFormat(name: string): BinaryFormat | undefined {
  const upper = name.toUpperCase();
  if (upper === "HEX" || upper === "BASE64") return upper;
  return upper === "UTF-8" || upper === "UTF8" ? "UTF-8" : undefined;
}

const HEX_TEXT = /^(?:[0-9a-fA-F]{2})*$/;
const BASE64_TEXT = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const HEX_PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * BINARY from text (TO_BINARY).
 * @throws 100115 when the text is not in the format
 */
export function textToBinary(text: string, format: BinaryFormat): Uint8Array {
  if (format === "UTF-8") return encoder.encode(text);
  return format === "HEX" ? hexToBytes(text) : base64ToBytes(text);
}

/**
 * BINARY as text (TO_VARCHAR, casts); hex digits are upper case.
 * @throws 100144 for bytes that are no UTF-8
 */
export function binaryToText(bytes: Uint8Array, format: BinaryFormat): string {
  if (format === "HEX") return bytesToHex(bytes).toUpperCase();
  return format === "BASE64" ? bytesToBase64(bytes) : bytesToUtf8(bytes);
}

/** Hex digits in lower case. */
export function bytesToHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX_PAIRS[byte];
  return text;
}

/** Bytes of hex digits in any case. Throws 100115. */
export function hexToBytes(text: string): Uint8Array {
  if (!HEX_TEXT.test(text)) throw snowflakeError("notHex", { value: text });
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** Bytes of base64 text; line breaks are skipped. Throws 100115. */
export function base64ToBytes(text: string): Uint8Array {
  const joined = text.replace(/[\r\n]/g, "");
  if (!BASE64_TEXT.test(joined)) throw snowflakeError("notBase64", { value: text });
  return Uint8Array.from(atob(joined), (character) => character.charCodeAt(0));
}

/** Base64 with padding, in one line. */
export function bytesToBase64(bytes: Uint8Array): string {
  let characters = "";
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}

/** The text of UTF-8 bytes. Throws 100144. */
export function bytesToUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw snowflakeError("invalidUtf8", { value: bytesToHex(bytes).toUpperCase() });
  }
}
