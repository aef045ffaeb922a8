/** What is wrong with a record of a file, and where: what COPY reports of it. */

/** https://docs.snowflake.com/en/sql-reference/functions/validate */
export type FileProblem = {
  readonly code: string;
  readonly sqlState: string;
  readonly message: string;
  /** `parsing`: the file is not of its format; `conversion`: a value is not of its column's type. */
  readonly category: "parsing" | "conversion";
  /** Line and character count from 1. */
  readonly line: number;
  readonly character: number;
  /** Bytes of the decompressed file before that character. */
  readonly byteOffset: number;
  /** The field's number, from 1. */
  readonly column: number;
  /** The record's number in the file, from 1; header lines do not count. */
  readonly row: number;
  /** The line that the record begins on. */
  readonly startLine: number;
  readonly rejected: string;
};
