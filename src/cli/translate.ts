/** `mockhaus translate`: what a Snowflake statement becomes in DuckDB, without a server. */

import { Command } from "commander";
import { UserError } from "./failure.ts";
import { readFile, readStandardInput } from "./sql.ts";

type Flags = {
  readonly explain?: boolean | undefined;
  readonly ddl: readonly string[];
  readonly file?: string | undefined;
};

export function translateCommand(): Command {
  return new Command("translate")
    .description(
      "Print the DuckDB SQL of Snowflake statements: those given, else those of standard input. No server is asked.",
    )
    .argument("[statements]", "Statements, separated by semicolons. CREATE statements declare.")
    .option("-f, --file <file>", "Translate the statements of a file.")
    .option(
      "--ddl <file>",
      "Declare the tables, views and sequences of a file of CREATE statements; may be repeated.",
      (file: string, files: readonly string[]) => [...files, file],
      [],
    )
    .option("--explain", "Print the steps: tokens, the statement as parsed, columns and types.")
    .action(async (statements: string | undefined, flags: Flags) => {
      await translate(await inputOf(statements, flags), flags);
    });
}

async function inputOf(statements: string | undefined, { file }: Flags): Promise<string> {
  if (statements !== undefined && file !== undefined) {
    throw new UserError("give the statements once: as an argument or with -f");
  }
  if (file !== undefined && file !== "-") return readFile(file);
  return statements ?? (await readStandardInput());
}

async function translate(input: string, flags: Flags): Promise<void> {
  const { DeclaredCatalog } = await import("../declared-catalog.ts");
  const { explain, translated } = await import("./translate-text.ts");
  const { errorText } = await import("./run-statement.ts");
  const { splitStatements } = await import("../../translator/lex/split.ts");
  const catalog = new DeclaredCatalog();
  try {
    for (const file of flags.ddl) catalog.declareAll(readFile(file));
    const print = flags.explain === true ? explain : translated;
    for (const { text } of splitStatements(input)) console.log(print(text, catalog));
  } catch (error) {
    if (error instanceof UserError) throw error;
    console.error(errorText(error));
    process.exitCode = 1;
  }
}
