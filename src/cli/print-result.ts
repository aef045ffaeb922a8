/** Results on standard output: as a table, as JSON, as CSV. */

import type { OutputFormat } from "../config/options.ts";
import { cellPrinter } from "./cell-text.ts";
import { cellLines, displayWidth } from "./display-width.ts";
import type { WireColumn, WireResult, WireRow } from "./wire-client.ts";

export type Write = (text: string) => void;

/** Prints all rows of a result; `seconds` is what the statement took. */
export async function printResult(
  result: WireResult,
  format: OutputFormat,
  write: Write,
  milliseconds: number,
): Promise<void> {
  switch (format) {
    case "table":
      return await printTable(result, write, milliseconds);
    case "json":
      return await printJson(result, write);
    case "csv":
      return await printCsv(result, write);
  }
}

const NULL_TEXT = "NULL";
const NUMERIC = new Set(["fixed", "real", "decfloat"]);

async function printTable(result: WireResult, write: Write, milliseconds: number): Promise<void> {
  const { columns, parameters } = result;
  const printers = columns.map((column) => cellPrinter(column, parameters));
  const header = columns.map((column) => cellLines(column.name));
  const rows: string[][][] = [];
  for await (const batch of result.batches()) {
    for (const row of batch) {
      rows.push(
        row.map((cell, i) => cellLines(cell === null ? NULL_TEXT : text(printers, i, cell))),
      );
    }
  }
  const widths = columns.map((_, i) => {
    let width = 1;
    for (const row of [header, ...rows]) {
      for (const line of row[i] ?? []) width = Math.max(width, displayWidth(line));
    }
    return width;
  });
  const rule = (left: string, middle: string, right: string) =>
    `${left}${widths.map((width) => "─".repeat(width + 2)).join(middle)}${right}\n`;
  const right = columns.map(({ type }) => NUMERIC.has(type));
  write(rule("┌", "┬", "┐"));
  write(tableRow(header, widths, right));
  write(rule("├", "┼", "┤"));
  for (const row of rows) write(tableRow(row, widths, right));
  write(rule("└", "┴", "┘"));
  write(`${rows.length} ${rows.length === 1 ? "row" : "rows"} (${Math.round(milliseconds)} ms)\n`);
}

function text(
  printers: readonly ((cell: string) => string)[],
  index: number,
  cell: string,
): string {
  return printers[index]?.(cell) ?? cell;
}

/** One row; a cell of several lines makes it higher. */
function tableRow(
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  right: readonly boolean[],
): string {
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  let printed = "";
  for (let line = 0; line < height; line++) {
    const parts = widths.map((width, i) => {
      const part = cells[i]?.[line] ?? "";
      const blanks = " ".repeat(width - displayWidth(part));
      return right[i] === true ? ` ${blanks}${part} ` : ` ${part}${blanks} `;
    });
    printed += `│${parts.join("│")}│\n`;
  }
  return printed;
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SEMI_STRUCTURED = new Set(["variant", "object", "array", "map", "vector"]);

/** An array of objects, one row a line. Numbers keep all their digits; equal names get a number behind. */
async function printJson(result: WireResult, write: Write): Promise<void> {
  const { columns, parameters } = result;
  const names = distinctNames(columns).map((name) => JSON.stringify(name));
  const printers = columns.map((column) => cellPrinter(column, parameters));
  let separator = "[\n";
  for await (const batch of result.batches()) {
    for (const row of batch) {
      const members = row.map((cell, i) => {
        const { type } = columns[i] ?? { type: "text" };
        return `${names[i]}: ${cell === null ? "null" : jsonValue(type, text(printers, i, cell))}`;
      });
      write(`${separator}  {${members.join(", ")}}`);
      separator = ",\n";
    }
  }
  write(separator === "[\n" ? "[]\n" : "\n]\n");
}

function jsonValue(type: string, printed: string): string {
  if (NUMERIC.has(type) && JSON_NUMBER.test(printed)) return printed;
  if (type === "boolean") return printed;
  if (SEMI_STRUCTURED.has(type)) return compactJson(printed) ?? JSON.stringify(printed);
  return JSON.stringify(printed);
}

/** JSON on one line with its numbers as written; undefined for `undefined`, which Snowflake's arrays can hold. */
function compactJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  // Blanks between tokens only: a string is matched whole and kept.
  return text.replaceAll(
    /("(?:[^"\\]|\\.)*")|\s+/g,
    (_, string: string | undefined) => string ?? "",
  );
}

function distinctNames(columns: readonly WireColumn[]): string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let distinct = name;
    for (let number = 2; taken.has(distinct); number++) distinct = `${name}_${number}`;
    taken.add(distinct);
    return distinct;
  });
}

/** RFC 4180 with a header; NULL is empty, an empty text is `""`. */
async function printCsv(result: WireResult, write: Write): Promise<void> {
  const { columns, parameters } = result;
  const printers = columns.map((column) => cellPrinter(column, parameters));
  write(`${columns.map(({ name }) => csvField(name)).join(",")}\n`);
  for await (const batch of result.batches()) {
    for (const row of batch) write(csvRow(row, printers));
  }
}

function csvRow(row: WireRow, printers: readonly ((cell: string) => string)[]): string {
  const fields = row.map((cell, i) => (cell === null ? "" : csvField(text(printers, i, cell))));
  return `${fields.join(",")}\n`;
}

function csvField(value: string): string {
  return value === "" || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
