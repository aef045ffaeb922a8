/** Flags of a command, made from the table of options, and the settings that they lead to. */

import { type Command, Option } from "commander";
import { type LoadOptions, loadSettings } from "../config/load.ts";
import {
  type CommandName,
  defaultText,
  flagOf,
  OPTION_NAMES,
  type OptionName,
  optionEntry,
  type Settings,
  variableOf,
} from "../config/options.ts";

const SHORT: Readonly<Partial<Record<OptionName, string>>> = { user: "-u", database: "-d" };

/** Adds the options that the table gives to this command. Values stay text: the loader reads them. */
export function addOptions(command: Command, name: CommandName): Command {
  for (const option of OPTION_NAMES) {
    const { commands, description, type } = optionEntry(option);
    if (!commands.includes(name)) continue;
    const short = SHORT[option] === undefined ? "" : `${SHORT[option]}, `;
    const help = `${description} (default: ${defaultText(option)}; ${variableOf(option)})`;
    command.addOption(new Option(`${short}${flagOf(option)} <${type.placeholder}>`, help));
  }
  return command;
}

/** The settings of a command whose flags were parsed. */
export function settingsOf(command: Command): Settings {
  const values = command.opts<Record<string, unknown>>();
  const flags: Partial<Record<OptionName, string>> = {};
  for (const option of OPTION_NAMES) {
    const value = values[camelCase(option)];
    if (typeof value === "string") flags[option] = value;
  }
  const load: LoadOptions = { flags };
  return loadSettings(load);
}

/** Where the client commands find the server: `url`, else this machine at `port`. */
export function urlOf(settings: Settings): string {
  return settings.url ?? `http://127.0.0.1:${settings.port}`;
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
