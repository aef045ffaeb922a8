/** Reads a CSV file record by record, without holding more of it than a piece. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { FileFormat } from "../file-format.ts";
import { readBytes } from "./bytes.ts";
import { type CsvOptions, csvOptions } from "./csv-options.ts";
import { type CsvRecord, CsvScanner } from "./csv-scanner.ts";
import type { FileProblem } from "./problem.ts";
import type { SourceFile } from "./source-file.ts";
import { hasInvalidBytes, readText, replaceInvalidBytes, showInvalidBytes } from "./text.ts";

/** Takes the records of a file. */
export type CsvSink = {
  /** A record, only valid during the call. */
  readonly record: (row: CsvRow) => void;
  /** Called between pieces of the file: the place to write what was gathered. */
  readonly flush: () => Promise<void>;
  /** True ends the reading early. */
  readonly isDone?: (() => boolean) | undefined;
};

/**
 * Reads all records of a file.
 * @param skipLines lines before the first record
 * @returns the number of records
 * @throws 000002 for an encoding or compression that is not supported
 */
export async function readCsv(
  file: SourceFile,
  format: FileFormat,
  skipLines: number,
  sink: CsvSink,
): Promise<number> {
  const reader = new CsvReader(csvOptions(format, skipLines), sink);
  const bytes = readBytes(file.localPath, file.name, format.text("COMPRESSION") ?? "AUTO");
  const encoding = format.text("ENCODING") ?? "UTF8";
  const replace = format.flag("REPLACE_INVALID_CHARACTERS") || !format.flag("VALIDATE_UTF8");
  for await (const piece of readText(bytes, encoding, format.flag("SKIP_BYTE_ORDER_MARK"))) {
    reader.add(replace ? replaceInvalidBytes(piece) : piece, false);
    await sink.flush();
    if (sink.isDone?.() === true) return reader.row.number;
  }
  reader.add("", true);
  await sink.flush();
  return reader.row.number;
}

/**
 * The names in a file's first line: PARSE_HEADER.
 * @returns an empty list for an empty file
 */
export async function readCsvHeader(file: SourceFile, format: FileFormat): Promise<string[]> {
  let header: string[] | undefined;
  await readCsv(file, format, 0, {
    record: ({ values }) => {
      header ??= values.map((value) => value ?? "");
    },
    flush: async () => undefined,
    isDone: () => header !== undefined,
  });
  return header ?? [];
}

class CsvReader {
  readonly row: CsvRow;
  readonly #scanner: CsvScanner;
  readonly #sink: CsvSink;

  constructor(options: CsvOptions, sink: CsvSink) {
    this.#scanner = new CsvScanner(options);
    this.row = new CsvRow(this.#scanner, options);
    this.#sink = sink;
  }

  add(text: string, isLast: boolean): void {
    const scanner = this.#scanner;
    this.row.bytesBefore += Buffer.byteLength(scanner.text.slice(0, scanner.at));
    this.row.scanned = 0;
    scanner.add(text, isLast);
    for (let record = scanner.next(); record !== undefined; record = scanner.next()) {
      this.row.take(record);
      this.#sink.record(this.row);
    }
    this.row.passLines(scanner.at);
  }
}

/** The record that is being looked at. */
export class CsvRow {
  /** From 1; header lines do not count. */
  number = 0;
  values: readonly (string | null)[] = [];
  bytesBefore = 0;
  /** The line that the record begins on. */
  get line(): number {
    return this.#line;
  }

  /** How far into the scanner's text lines were counted, and the line there. */
  scanned = 0;
  #line = 1;
  #record: CsvRecord = { values: [], starts: [], start: 0, end: 0, fault: undefined };
  readonly #scanner: CsvScanner;
  readonly #options: CsvOptions;

  constructor(scanner: CsvScanner, options: CsvOptions) {
    this.#scanner = scanner;
    this.#options = options;
  }

  take(record: CsvRecord): void {
    this.passLines(record.start);
    this.#record = record;
    this.values = record.values;
    this.number++;
  }

  passLines(to: number): void {
    this.#line += newlines(this.#scanner.text, this.scanned, to);
    this.scanned = to;
  }

  /**
   * What keeps the record from being read.
   * @param columns how many fields are expected
   */
  fault(columns: number): FileProblem | undefined {
    const { fault, start, end } = this.#record;
    if (fault !== undefined) {
      const { kind, at, column, found } = fault;
      if (kind === "unterminated") {
        return this.problem(snowflakeError("csvUnterminated"), at, column);
      }
      const isLast = column >= columns;
      const delimiter = isLast ? this.#options.recordDelimiter : this.#options.fieldDelimiter;
      const expected = isLast ? "record" : "field";
      const values = { found: escaped(found), expected, delimiter: escaped(delimiter ?? "") };
      return this.problem(snowflakeError("csvUnexpectedCharacter", values), at, column);
    }
    // Only a record with bytes that are not of the encoding costs more than the look.
    const text = this.#scanner.text.slice(start, end);
    if (!hasInvalidBytes(text)) return undefined;
    const column = this.values.findIndex((value) => value !== null && hasInvalidBytes(value));
    const value = showInvalidBytes(this.values[column] ?? text);
    const at = this.#record.starts[column] ?? start;
    return this.problem(snowflakeError("invalidUtf8", { value }), at, column + 1);
  }

  /**
   * What is wrong with the number of fields, where it has to be that of the columns. What a file's first
   * record has too many or too few says that the file is another table's.
   */
  countProblem(columns: number, columnText: string): FileProblem | undefined {
    const count = this.values.length;
    if (count === columns) return undefined;
    const { end, starts } = this.#record;
    if (this.number === 1) {
      const error = snowflakeError("csvColumnCount", { actual: count, expected: columns });
      // The whole record was read when that was found: the place is the next one's.
      return this.problem(error, this.#scanner.at, Math.max(count, columns));
    }
    const { fieldDelimiter = "", recordDelimiter = "" } = this.#options;
    if (count < columns) {
      return this.problem(snowflakeError("csvEndOfRecord", { column: columnText }), end, count + 1);
    }
    const at = (starts[columns] ?? end) - fieldDelimiter.length;
    const delimiters = { field: escaped(fieldDelimiter), record: escaped(recordDelimiter) };
    return this.problem(snowflakeError("csvFieldDelimiter", delimiters), at, columns);
  }

  /** A value that its column does not take. */
  conversionProblem(error: Error & ErrorParts, index: number): FileProblem {
    const at = this.#record.starts[index] ?? this.#record.end;
    return { ...this.problem(error, at, index + 1), category: "conversion" };
  }

  problem(error: Error & ErrorParts, at: number, column: number): FileProblem {
    const { text } = this.#scanner;
    const { start, end } = this.#record;
    return {
      code: error.code,
      sqlState: error.sqlState,
      message: error.message,
      category: "parsing",
      line: this.#line + newlines(text, start, at),
      character: at - text.lastIndexOf("\n", at - 1),
      byteOffset: this.bytesBefore + Buffer.byteLength(text.slice(0, at)),
      column,
      row: this.number,
      startLine: this.#line,
      rejected: showInvalidBytes(text.slice(start, end)),
    };
  }
}

type ErrorParts = { readonly code: string; readonly sqlState: string };

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) {
    count++;
  }
  return count;
}

/** A delimiter as messages show it. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}
