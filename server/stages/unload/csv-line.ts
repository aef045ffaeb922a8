/**
 * Rows as lines of CSV files, as Snowflake unloads them.
 * https://docs.snowflake.com/en/user-guide/data-unload-considerations
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { FileFormat } from "../file-format.ts";

export type CsvLine = {
  /** The field's text; `enclosed` for values of types that are enclosed where anything is. */
  readonly field: (value: string | null, enclosed: boolean) => string;
  readonly line: (fields: readonly string[]) => string;
};

/** @throws 100062 (by `field`) for an empty text where nothing tells it from NULL */
export function csvLine(format: FileFormat): CsvLine {
  const fieldDelimiter = format.text("FIELD_DELIMITER") ?? "";
  const recordDelimiter = format.text("RECORD_DELIMITER") ?? "";
  const quote = format.text("FIELD_OPTIONALLY_ENCLOSED_BY");
  const anyEscape = format.text("ESCAPE");
  const nullText = format.texts("NULL_IF")[0] ?? "";
  const emptyIsNull = format.flag("EMPTY_FIELD_AS_NULL");
  const mark = anyEscape ?? format.text("ESCAPE_UNENCLOSED_FIELD");
  const plain = mark === null ? undefined : escaper(mark, [fieldDelimiter, recordDelimiter]);
  const enclose = quote === null ? undefined : encloser(quote, anyEscape);
  return {
    field: (value, enclosed) => {
      if (value === null) return nullText;
      if (enclosed && enclose !== undefined) return enclose(value);
      if (value === "" && emptyIsNull) throw snowflakeError("unloadEmptyText");
      return plain === undefined ? value : plain(value);
    },
    line: (fields) => fields.join(fieldDelimiter) + recordDelimiter,
  };
}

/** Enclosed texts double what encloses them, or escape it where there is an escape. */
function encloser(quote: string, mark: string | null): (value: string) => string {
  return (value) => {
    const escaped = mark === null ? value : value.replaceAll(mark, mark + mark);
    return quote + escaped.replaceAll(quote, mark === null ? quote + quote : mark + quote) + quote;
  };
}

/** Others escape delimiters and the escape itself. */
function escaper(mark: string, delimiters: readonly string[]): (value: string) => string {
  const special = [mark, ...delimiters].filter((text) => text !== "");
  const first = new Set(special.map((text) => text.charAt(0)));
  return (value) => {
    let isPlain = true;
    for (const character of first) if (value.includes(character)) isPlain = false;
    if (isPlain) return value;
    return special.reduce((text, part) => text.replaceAll(part, mark + part), value);
  };
}
