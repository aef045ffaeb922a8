/** `mockhaus sql`: statements against any mockhaus, in one go or at a prompt. */

import { readFileSync } from "node:fs";
import { Command } from "commander";
import type { Settings } from "../config/options.ts";
import { UserError } from "./failure.ts";
import { addOptions, settingsOf, urlOf } from "./options.ts";
import { packageVersion } from "./package-version.ts";
import type { WireClient } from "./wire-client.ts";

type Flags = { readonly query?: string | undefined; readonly file?: string | undefined };

export function sqlCommand(): Command {
  const command = new Command("sql")
    .description(
      "Run SQL against a running mockhaus: the statements given, else those of standard input, else a prompt.",
    )
    .argument("[statements]", "Statements, separated by semicolons.")
    .option("-q, --query <statements>", "The same as an option.")
    .option("-f, --file <file>", "Run the statements of a file.");
  return addOptions(command, "sql").action(async (statements: string | undefined, flags: Flags) => {
    await sql(settingsOf(command), await inputOf(statements, flags));
  });
}

/** The statements to run; undefined for a prompt. */
async function inputOf(statements: string | undefined, flags: Flags): Promise<string | undefined> {
  const given = [statements, flags.query, flags.file].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw new UserError("give the statements once: as an argument, with -q, or with -f");
  }
  if (flags.file !== undefined && flags.file !== "-") return readFile(flags.file);
  const text = statements ?? flags.query;
  if (text !== undefined) return text;
  if (process.stdin.isTTY && flags.file === undefined) return undefined;
  return readStandardInput();
}

export function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function sql(settings: Settings, input: string | undefined): Promise<void> {
  const { WireClient } = await import("./wire-client.ts");
  const { user, password, database, schema, role, warehouse } = settings;
  const url = urlOf(settings);
  const version = packageVersion();
  const names = { database, schema, role, warehouse };
  const client = await WireClient.login({ url, user, password, version, ...names });
  try {
    if (input === undefined) {
      const { prompt } = await import("./prompt.ts");
      await prompt(client, url, settings.format);
    } else {
      await runAll(client, input, settings);
    }
  } finally {
    // The statements are done; a server that has gone meanwhile is no failure of theirs.
    await client.close().catch(() => undefined);
  }
}

/** Runs statement by statement and stops at the first error. Ctrl-C cancels the one that runs. */
async function runAll(client: WireClient, input: string, { format }: Settings): Promise<void> {
  const { splitStatements } = await import("../../translator/lex/split.ts");
  const { errorText, runStatement } = await import("./run-statement.ts");
  try {
    for (const { text } of splitStatements(input)) {
      const run = runStatement(client, text, format);
      const cancel = () => run.cancel();
      process.on("SIGINT", cancel);
      await run.done.finally(() => process.off("SIGINT", cancel));
    }
  } catch (error) {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}
