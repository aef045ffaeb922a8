/**
 * The one table of options. Its names are the keys of mockhaus.toml; flag (`--log-level`) and variable
 * (`MOCKHAUS_LOG_LEVEL`) follow from them, and so do the help and docs/configuration.md.
 */

import type { LogLevel } from "../../server/observe/logging.ts";
import {
  choice,
  PORT,
  SIZE_VALUE,
  textValue,
  URL_VALUE,
  type ValueType,
  wholeNumber,
} from "./values.ts";

export type CommandName = "start" | "sql" | "ready";

export type OptionEntry<Value> = {
  readonly type: ValueType<Value>;
  /** undefined: there is none, `without` says what happens then. */
  readonly fallback: Value | undefined;
  readonly without?: string | undefined;
  readonly description: string;
  /** The commands that have it as a flag. */
  readonly commands: readonly CommandName[];
  /** False for what cannot stand in mockhaus.toml. */
  readonly inFile?: boolean | undefined;
};

/** An option that always has a value. */
type Defaulted<Value> = OptionEntry<Value> & { readonly fallback: Value };

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const;
export const OUTPUT_FORMATS = ["table", "json", "csv"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

const THREADS_MAX = 1_024;
export const DEFAULT_PORT = 8080;

function withDefault<Value>(entry: Defaulted<Value>): Defaulted<Value> {
  return entry;
}

function optional<Value>(entry: Omit<OptionEntry<Value>, "fallback">): OptionEntry<Value> {
  return { ...entry, fallback: undefined };
}

function sessionName(what: string): OptionEntry<string> {
  return optional({
    type: textValue("name", "a name"),
    without: "none",
    description: `${what} of the session.`,
    commands: ["sql"],
  });
}

export const OPTIONS = {
  host: withDefault({
    type: textValue("address", "an address of this machine"),
    fallback: "127.0.0.1",
    description:
      "Address to listen on. 0.0.0.0 is every address of the machine; any password is accepted, so think first. " +
      "The Docker image starts with 0.0.0.0.",
    commands: ["start"],
  }),
  port: withDefault({
    type: PORT,
    fallback: DEFAULT_PORT,
    description: "The one port, for drivers, health and metrics. 0 picks a free one and prints it.",
    commands: ["start"],
  }),
  data: optional({
    type: textValue("directory", "a directory"),
    without: "in memory",
    description:
      "Directory that keeps the account through restarts. Without it everything goes with the process.",
    commands: ["start"],
  }),
  local_files: optional({
    type: textValue("directory", "a directory"),
    without: "none",
    description:
      "Directory whose files stages with a file:// URL may read, write and remove. " +
      "Whoever may connect may do so.",
    commands: ["start"],
  }),
  init: optional({
    type: textValue("directory", "a directory"),
    without: "none",
    description:
      "Directory of .sql files that run once, in alphabetical order, on a new account before it listens. " +
      "A statement that fails ends the start. The Docker image has /docker-entrypoint-initdb.d.",
    commands: ["start"],
  }),
  threads: optional({
    type: wholeNumber("count", 1, THREADS_MAX),
    without: "all processors",
    description: "Threads that DuckDB uses for statements.",
    commands: ["start"],
  }),
  memory_limit: optional({
    type: SIZE_VALUE,
    without: "80% of the memory",
    description: "Memory that DuckDB may take before it spills to disk or fails a statement.",
    commands: ["start"],
  }),
  log_level: withDefault<LogLevel>({
    type: choice(LOG_LEVELS),
    fallback: "info",
    description:
      "Least severe log lines to write. Logs are JSON lines on standard error; SQL text only at debug.",
    commands: ["start"],
  }),
  url: optional({
    type: URL_VALUE,
    without: "http://127.0.0.1 with the port of `port`",
    description: "The mockhaus to talk to.",
    commands: ["sql", "ready"],
  }),
  user: withDefault({
    type: textValue("name", "a name"),
    fallback: "mockhaus",
    description: "User to log in as. Any is right.",
    commands: ["sql"],
  }),
  password: withDefault({
    type: textValue("text", "a text"),
    fallback: "mockhaus",
    description: "Password to log in with. Any is right.",
    commands: ["sql"],
  }),
  database: sessionName("Database"),
  schema: sessionName("Schema"),
  role: sessionName("Role"),
  warehouse: sessionName("Warehouse"),
  format: withDefault<OutputFormat>({
    type: choice(OUTPUT_FORMATS),
    fallback: "table",
    description: "How results are printed.",
    commands: ["sql"],
  }),
  config: optional({
    type: textValue("file", "a file"),
    without: "mockhaus.toml of the working directory, if there is one",
    description: "Configuration file.",
    commands: ["start", "sql", "ready"],
    inFile: false,
  }),
} as const satisfies Readonly<Record<string, OptionEntry<never> | OptionEntry<unknown>>>;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<Entry> = Entry extends { readonly type: ValueType<infer Value> }
  ? Entry extends { readonly fallback: Value }
    ? Value
    : Value | undefined
  : never;

/** What the loader gives: a value for every option of the table. */
export type Settings = { readonly [Name in OptionName]: ValueOf<(typeof OPTIONS)[Name]> };

export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[];

/** The entry with its value's type left open, for code that treats all options alike. */
export function optionEntry(name: OptionName): OptionEntry<unknown> {
  return OPTIONS[name];
}

export function flagOf(name: OptionName): string {
  return `--${name.replaceAll("_", "-")}`;
}

export function variableOf(name: OptionName): string {
  return `MOCKHAUS_${name.toUpperCase()}`;
}

/** The default as people read it. */
export function defaultText(name: OptionName): string {
  const { fallback, without } = optionEntry(name);
  return fallback === undefined ? (without ?? "none") : String(fallback);
}
