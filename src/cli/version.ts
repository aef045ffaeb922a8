/** `mockhaus version`: what runs here. */

import { Command } from "commander";
import { packageVersion } from "./package-version.ts";

export function versionCommand(): Command {
  return new Command("version")
    .description("Print the versions of mockhaus, Node and DuckDB.")
    .action(async () => {
      console.log(`mockhaus ${packageVersion()}`);
      console.log(`node     ${process.version.slice(1)}`);
      console.log(`duckdb   ${await engineVersion()}`);
    });
}

/** Asked of the engine itself: the package's version says little of the library that was loaded. */
async function engineVersion(): Promise<string> {
  const { openDatabase } = await import("../../server/storage/database.ts");
  const database = await openDatabase({ hostFunctions: [], threads: 1 });
  try {
    const [row] = await database.scratch.rows("SELECT version() AS version");
    return String(Object.values(row ?? {})[0] ?? "unknown").replace(/^v/, "");
  } finally {
    await database.close();
  }
}
