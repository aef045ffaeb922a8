/** The options of CSV files in the form that the scanner works with. */

import type { FileFormat } from "../file-format.ts";

export type CsvOptions = {
  /** Undefined: the whole file is one record, or the whole record one field. */
  readonly recordDelimiter: string | undefined;
  readonly fieldDelimiter: string | undefined;
  /** `\n` stands for the logical new line, which `\r\n` is too. */
  readonly logicalNewline: boolean;
  readonly enclosedBy: string | undefined;
  /** The escape inside of enclosed fields and of others. */
  readonly escape: string | undefined;
  readonly unenclosedEscape: string | undefined;
  readonly trimSpace: boolean;
  readonly emptyFieldAsNull: boolean;
  readonly nullTexts: ReadonlySet<string>;
  readonly skipBlankLines: boolean;
  readonly multiLine: boolean;
  readonly skipLines: number;
};

/** @param skipLines lines before the first record: SKIP_HEADER */
export function csvOptions(format: FileFormat, skipLines: number): CsvOptions {
  const text = (name: string) => format.text(name) ?? undefined;
  const recordDelimiter = text("RECORD_DELIMITER");
  const anyEscape = text("ESCAPE");
  return {
    recordDelimiter,
    fieldDelimiter: text("FIELD_DELIMITER"),
    logicalNewline: recordDelimiter === "\n",
    enclosedBy: text("FIELD_OPTIONALLY_ENCLOSED_BY"),
    escape: anyEscape,
    // ESCAPE, where it is set, counts for both kinds of fields.
    unenclosedEscape: anyEscape ?? text("ESCAPE_UNENCLOSED_FIELD"),
    trimSpace: format.flag("TRIM_SPACE"),
    emptyFieldAsNull: format.flag("EMPTY_FIELD_AS_NULL"),
    nullTexts: new Set(format.texts("NULL_IF")),
    skipBlankLines: format.flag("SKIP_BLANK_LINES"),
    multiLine: format.flag("MULTI_LINE"),
    skipLines,
  };
}
