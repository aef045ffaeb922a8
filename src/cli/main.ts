#!/usr/bin/env node
/** The command line. Commands import what they need when they run, so that none waits for another's packages. */

import { Command } from "commander";
import { fail } from "./failure.ts";
import { packageVersion } from "./package-version.ts";
import { readyCommand } from "./ready.ts";
import { sqlCommand } from "./sql.ts";
import { startCommand } from "./start.ts";
import { translateCommand } from "./translate.ts";
import { versionCommand } from "./version.ts";

// `mockhaus sql … | head` closes the pipe early; that is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const program = new Command("mockhaus")
  .description("A stand-in Snowflake account on your own machine.")
  .version(packageVersion(), "-V, --version", "Print the version.")
  .helpOption("-h, --help", "Print this help.")
  .helpCommand(false)
  .showHelpAfterError(
    "`mockhaus --help` lists the commands, `mockhaus <command> --help` its options.",
  );

for (const command of [
  startCommand(),
  sqlCommand(),
  translateCommand(),
  readyCommand(),
  versionCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

try {
  await program.parseAsync(process.argv);
} catch (error) {
  fail(error);
}
