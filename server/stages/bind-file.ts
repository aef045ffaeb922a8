/**
 * Files of bind values that drivers upload before an INSERT of many rows (wire.md 3.7): comma-separated, enclosed in double
 * quotes where needed, gzip or not whatever the name says. An empty field without quotes is NULL.
 */

import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

const unzip = promisify(gunzip);

type Cell = string | null;

/** The rows of a file. */
export async function readBindFile(path: string): Promise<Cell[][]> {
  const bytes = await readFile(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return parseBindRows((isGzip ? await unzip(bytes) : bytes).toString("utf8"));
}

/** The rows of the text. The last one may end without a line break. */
export function parseBindRows(text: string): Cell[][] {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let offset = 0;
  while (offset < text.length) {
    const { value, end } = field(text, offset);
    row.push(value);
    const separator = text[end];
    offset = end + 1;
    if (separator === ",") {
      // A comma at the very end is followed by one more empty field.
      if (offset === text.length) row.push(null);
      else continue;
    }
    if (separator === "\r" && text[offset] === "\n") offset++;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

const PLAIN = /[^,\r\n]*/y;

/** The field at an offset, and where it ends. */
function field(text: string, offset: number): { readonly value: Cell; readonly end: number } {
  if (text[offset] !== '"') {
    PLAIN.lastIndex = offset;
    const plain = PLAIN.exec(text)?.[0] ?? "";
    return { value: plain === "" ? null : plain, end: offset + plain.length };
  }
  let value = "";
  let start = offset + 1;
  for (;;) {
    const quote = text.indexOf('"', start);
    if (quote < 0) return { value: value + text.slice(start), end: text.length };
    value += text.slice(start, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    start = quote + 2;
  }
}
