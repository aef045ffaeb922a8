/**
 * The options of each type of file, as data: their kind, their default, and where DESCRIBE lists them.
 * https://docs.snowflake.com/en/sql-reference/sql/create-file-format
 */

/** A value as it is kept: NONE and a missing text are null. */
export type FormatValue = string | number | boolean | readonly string[] | null;

/** Values that were given, by upper-case name. */
export type FormatValues = Readonly<Record<string, FormatValue>>;

export type OptionSpec = {
  readonly name: string;
  readonly kind: "word" | "text" | "integer" | "boolean" | "list";
  readonly default: FormatValue;
  /** What DESCRIBE prints as the default, where that is not the default of the type. */
  readonly shownDefault?: FormatValue | undefined;
  /** The words that a `word` may be. */
  readonly words?: readonly string[] | undefined;
  /** A `text` of one character (or its escape), of which the second alternative is NONE. */
  readonly character?: boolean | undefined;
  /** Newer options that DESCRIBE lists only when they were given. */
  readonly listed: boolean;
};

export const FILE_TYPES = ["CSV", "JSON", "AVRO", "ORC", "PARQUET", "XML"] as const;
export type FileType = (typeof FILE_TYPES)[number];

const COMPRESSIONS = [
  "AUTO",
  "GZIP",
  "BZ2",
  "BROTLI",
  "ZSTD",
  "DEFLATE",
  "RAW_DEFLATE",
  "NONE",
] as const;

/** https://docs.snowflake.com/en/sql-reference/sql/copy-into-table (table of supported encodings) */
const ENCODINGS = `
  BIG5 EUCJP EUCKR GB18030 IBM420 IBM424 IBM949 ISO2022CN ISO2022JP ISO2022KR ISO88591 ISO88592
  ISO88595 ISO88596 ISO88597 ISO88598 ISO88599 ISO885915 KOI8R SHIFTJIS UTF8 UTF16 UTF16BE UTF16LE
  UTF32 UTF32BE UTF32LE WINDOWS874 WINDOWS949 WINDOWS1250 WINDOWS1251 WINDOWS1252 WINDOWS1253
  WINDOWS1254 WINDOWS1255 WINDOWS1256
`
  .trim()
  .split(/\s+/);

const NULL_TEXTS: readonly string[] = ["\\N"];

function word(name: string, given: string, words?: readonly string[]): OptionSpec {
  return { name, kind: "word", default: given, words, listed: true };
}

function text(name: string, given: string | null): OptionSpec {
  return { name, kind: "text", default: given, listed: true };
}

function character(name: string, given: string | null): OptionSpec {
  return { ...text(name, given), character: true };
}

function flag(name: string, given: boolean): OptionSpec {
  return { name, kind: "boolean", default: given, listed: true };
}

function unlisted(spec: OptionSpec): OptionSpec {
  return { ...spec, listed: false };
}

const FILE_EXTENSION = text("FILE_EXTENSION", null);
const TEMPORAL = [
  text("DATE_FORMAT", "AUTO"),
  text("TIME_FORMAT", "AUTO"),
  text("TIMESTAMP_FORMAT", "AUTO"),
  word("BINARY_FORMAT", "HEX", ["HEX", "BASE64", "UTF8", "UTF-8"]),
];
const TRIM_SPACE = flag("TRIM_SPACE", false);
const NULL_IF: OptionSpec = {
  name: "NULL_IF",
  kind: "list",
  default: [],
  shownDefault: NULL_TEXTS,
  listed: true,
};
const COMPRESSION = word("COMPRESSION", "AUTO", COMPRESSIONS);
const REPLACE_INVALID = flag("REPLACE_INVALID_CHARACTERS", false);
const IGNORE_UTF8 = flag("IGNORE_UTF8_ERRORS", false);
const SKIP_MARK = flag("SKIP_BYTE_ORDER_MARK", true);

const CSV: readonly OptionSpec[] = [
  text("RECORD_DELIMITER", "\n"),
  text("FIELD_DELIMITER", ","),
  FILE_EXTENSION,
  { name: "SKIP_HEADER", kind: "integer", default: 0, listed: true },
  flag("PARSE_HEADER", false),
  ...TEMPORAL,
  character("ESCAPE", null),
  character("ESCAPE_UNENCLOSED_FIELD", "\\"),
  TRIM_SPACE,
  character("FIELD_OPTIONALLY_ENCLOSED_BY", null),
  { name: "NULL_IF", kind: "list", default: NULL_TEXTS, listed: true },
  COMPRESSION,
  flag("ERROR_ON_COLUMN_COUNT_MISMATCH", true),
  flag("VALIDATE_UTF8", true),
  flag("SKIP_BLANK_LINES", false),
  REPLACE_INVALID,
  flag("EMPTY_FIELD_AS_NULL", true),
  SKIP_MARK,
  word("ENCODING", "UTF8", ENCODINGS),
  unlisted(flag("MULTI_LINE", true)),
];

const JSON_OPTIONS: readonly OptionSpec[] = [
  FILE_EXTENSION,
  ...TEMPORAL,
  TRIM_SPACE,
  NULL_IF,
  COMPRESSION,
  flag("ENABLE_OCTAL", false),
  flag("ALLOW_DUPLICATE", false),
  flag("STRIP_OUTER_ARRAY", false),
  flag("STRIP_NULL_VALUES", false),
  IGNORE_UTF8,
  REPLACE_INVALID,
  SKIP_MARK,
  unlisted(flag("MULTI_LINE", true)),
];

/** GZIP and its like are not documented for Parquet, but the Python connector's write_pandas asks for GZIP. */
const PARQUET_COMPRESSIONS = [...COMPRESSIONS, "LZO", "SNAPPY"];

const PARQUET: readonly OptionSpec[] = [
  TRIM_SPACE,
  NULL_IF,
  {
    ...word("COMPRESSION", "SNAPPY", PARQUET_COMPRESSIONS),
    shownDefault: "AUTO",
  },
  flag("BINARY_AS_TEXT", true),
  unlisted(flag("SNAPPY_COMPRESSION", true)),
  unlisted(flag("USE_LOGICAL_TYPE", false)),
  unlisted(flag("USE_VECTORIZED_SCANNER", false)),
  unlisted(REPLACE_INVALID),
];

const XML: readonly OptionSpec[] = [
  COMPRESSION,
  IGNORE_UTF8,
  flag("PRESERVE_SPACE", false),
  flag("STRIP_OUTER_ELEMENT", false),
  flag("DISABLE_SNOWFLAKE_DATA", false),
  flag("DISABLE_AUTO_CONVERT", false),
  REPLACE_INVALID,
  SKIP_MARK,
];

/** By type, in the order in which DESCRIBE lists them. */
export const FORMAT_OPTIONS: Readonly<Record<FileType, readonly OptionSpec[]>> = {
  CSV,
  JSON: JSON_OPTIONS,
  AVRO: [TRIM_SPACE, NULL_IF, COMPRESSION, unlisted(REPLACE_INVALID)],
  ORC: [TRIM_SPACE, NULL_IF, unlisted(REPLACE_INVALID)],
  PARQUET,
  XML,
};
