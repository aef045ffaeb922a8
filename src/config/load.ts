/** Settings from flags, environment and mockhaus.toml, in this order of precedence, then the table's defaults. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, TomlError } from "smol-toml";
import {
  flagOf,
  OPTION_NAMES,
  type OptionName,
  optionEntry,
  type Settings,
  variableOf,
} from "./options.ts";
import { ConfigError, nearest } from "./values.ts";

/** Values as text, by option; undefined where a source has none. */
type Given = { readonly text: string; readonly from: string };
type Source = ReadonlyMap<OptionName, Given>;

export type LoadOptions = {
  /** Flags of the command line, by option name. */
  readonly flags?: Readonly<Partial<Record<OptionName, string>>> | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where mockhaus.toml is looked for. */
  readonly directory?: string | undefined;
};

const PREFIX = "MOCKHAUS_";
const FILE_SUFFIX = "_FILE";
const CONFIG_FILE = "mockhaus.toml";
/** What Kubernetes and Docker links put into the environment beside a service called mockhaus. */
const ORCHESTRATOR = /^MOCKHAUS_(?:SERVICE_(?:HOST|PORT.*)|PORT_\d+_.*|NAME|ENV_.*)$/;
const ORCHESTRATOR_PORT = /^(?:tcp|udp):\/\//;

/**
 * Every option's value.
 * @throws ConfigError for a value that is not one, an unknown variable or key, a file that cannot be read
 */
export function loadSettings(options: LoadOptions = {}): Settings {
  const { flags = {}, environment = process.env, directory = process.cwd() } = options;
  const fromFlags = flagSource(flags);
  const fromEnvironment = environmentSource(environment);
  const named = fromFlags.get("config") ?? fromEnvironment.get("config");
  const fromFile = fileSource(named, directory);
  const settings = Object.fromEntries(
    OPTION_NAMES.map((name) => {
      const given = fromFlags.get(name) ?? fromEnvironment.get(name) ?? fromFile.get(name);
      return [name, given === undefined ? optionEntry(name).fallback : settingOf(name, given)];
    }),
  );
  // Every name has the type of its own entry: settingOf reads by it.
  return settings as Settings;
}

function settingOf(name: OptionName, { text, from }: Given): unknown {
  const { type } = optionEntry(name);
  const value = type.read(text);
  if (value === undefined) {
    const shown = name === "password" ? "the value" : JSON.stringify(text);
    throw new ConfigError(`${from}: ${shown} is wrong, it must be ${type.expects}`);
  }
  return value;
}

function flagSource(flags: Readonly<Partial<Record<OptionName, string>>>): Source {
  const given = new Map<OptionName, Given>();
  for (const name of OPTION_NAMES) {
    const text = flags[name];
    if (text !== undefined) given.set(name, { text, from: flagOf(name) });
  }
  return given;
}

function environmentSource(environment: Readonly<Record<string, string | undefined>>): Source {
  const given = new Map<OptionName, Given>();
  const names = new Map(OPTION_NAMES.map((name) => [variableOf(name), name]));
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || text === undefined) continue;
    if (ORCHESTRATOR.test(variable)) continue;
    const isFile = variable.endsWith(FILE_SUFFIX) && !names.has(variable);
    const name = names.get(isFile ? variable.slice(0, -FILE_SUFFIX.length) : variable);
    if (name === undefined) throw unknown(`environment variable ${variable}`, variable, names);
    if (name === "port" && ORCHESTRATOR_PORT.test(text)) continue;
    if (given.has(name)) {
      throw new ConfigError(
        `${variableOf(name)} and ${variableOf(name)}${FILE_SUFFIX} are both set; one is enough`,
      );
    }
    given.set(name, { text: isFile ? contents(variable, text) : text, from: variable });
  }
  return given;
}

/** The text of a file that a `…_FILE` variable names, without the line end that editors leave. */
function contents(variable: string, file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    throw new ConfigError(`${variable}: ${reason(error)}`);
  }
}

function unknown(what: string, name: string, names: ReadonlyMap<string, OptionName>): ConfigError {
  const suggestion = nearest(name, [...names.keys()]);
  const hint = suggestion === undefined ? "" : `; did you mean ${suggestion}?`;
  return new ConfigError(`unknown ${what}${hint}`);
}

function fileSource(named: Given | undefined, directory: string): Source {
  const path = named === undefined ? join(directory, CONFIG_FILE) : named.text;
  if (named === undefined && !existsSync(path)) return new Map();
  const label = named === undefined ? CONFIG_FILE : path;
  const given = new Map<OptionName, Given>();
  const names = new Map(
    OPTION_NAMES.filter((name) => optionEntry(name).inFile !== false).map((name) => [name, name]),
  );
  for (const [key, value] of Object.entries(readToml(path, label, named?.from))) {
    const name = names.get(key as OptionName);
    if (name === undefined) throw unknown(`key ${key} in ${label}`, key, names);
    if (typeof value !== "string" && typeof value !== "number") {
      throw new ConfigError(`${key} in ${label} must be ${optionEntry(name).type.expects}`);
    }
    given.set(name, { text: String(value), from: `${key} in ${label}` });
  }
  return given;
}

function readToml(path: string, label: string, from: string | undefined): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError(`${from ?? label}: ${reason(error)}`);
  }
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what] = error.message.split("\n");
    throw new ConfigError(`${label} line ${error.line}: ${what}`);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
