/**
 * Scripts that fill a new account: the `.sql` files of a folder, in alphabetical order, once. As with the entrypoint folder of
 * database images, an account that has been started before is left alone.
 */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { extname, join } from "node:path";
import type { Account } from "../../server/execute/account.ts";
import { databaseFileOf } from "../../server/storage/data-directory.ts";
import { SnowflakeError } from "../../translator/base/errors.ts";
import { positionAt } from "../../translator/base/source.ts";
import { splitStatements } from "../../translator/lex/split.ts";

/** In the data directory while the scripts run: what it names was begun and not ended. */
const MARK = "INIT";
const USER = "INIT";

/** A script failed, or the folder has what cannot be run. Its message says where and what to do. */
export class InitError extends Error {
  override readonly name = "InitError";
}

/** What a start has to run, decided before the account is opened: a refusal must not leave a new account behind. */
export type InitPlan = {
  readonly folder: string;
  readonly files: readonly string[];
  /** Exists while the scripts run; undefined in memory, where nothing outlives a failed start. */
  readonly mark: string | undefined;
};

/**
 * Reads the folder and marks a data directory that has no account yet.
 * @param data the data directory; undefined for an account in memory
 * @returns undefined when the directory has an account: scripts run once
 * @throws InitError when the folder cannot be read or has other files than `.sql`, and when an earlier start was broken off in
 *   the middle of the scripts
 */
export function planInitScripts(folder: string, data: string | undefined): InitPlan | undefined {
  const files = scriptsOf(folder);
  if (data === undefined) return { folder, files, mark: undefined };
  const mark = join(data, MARK);
  refuseHalf(mark);
  if (existsSync(databaseFileOf(data))) return undefined;
  mkdirSync(data, { recursive: true });
  writeFileSync(mark, "");
  return { folder, files, mark };
}

/**
 * Runs the scripts, each in a session of its own as ACCOUNTADMIN.
 * @throws InitError when a statement fails: file, line, code and message
 */
export async function runInitScripts(account: Account, plan: InitPlan): Promise<void> {
  for (const file of plan.files) {
    if (plan.mark !== undefined) writeFileSync(plan.mark, `${file}\n`);
    await runScript(account, file, readFileSync(join(plan.folder, file), "utf8"));
  }
  if (plan.mark !== undefined) rmSync(plan.mark, { force: true });
}

function refuseHalf(mark: string): void {
  if (!existsSync(mark)) return;
  const file = readFileSync(mark, "utf8").trim();
  const where =
    file === "" ? "before its init scripts" : `in the middle of the init script ${file}`;
  throw new InitError(
    `the first start ended ${where}; empty the data directory and start again, ` +
      `or remove ${mark} to keep what there is`,
  );
}

function scriptsOf(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InitError(`cannot read the folder of init scripts: ${reason}`);
  }
  const other = names.find(
    (name) => extname(name) !== ".sql" || !statSync(join(folder, name)).isFile(),
  );
  if (other !== undefined) {
    throw new InitError(`init scripts are .sql files; ${join(folder, other)} is not one`);
  }
  return names.sort();
}

async function runScript(account: Account, file: string, text: string): Promise<void> {
  const session = await account.login({
    user: USER,
    account: "MOCKHAUS",
    client: { application: "mockhaus init", version: "", environment: {} },
  });
  try {
    for (const piece of piecesOf(file, text)) {
      await account.submit(session, { text: piece.text }).done.catch((error: unknown) => {
        throw failure(file, positionAt(text, piece.start).line, error);
      });
    }
  } finally {
    await account.closeSession(session);
  }
}

function piecesOf(file: string, text: string): ReturnType<typeof splitStatements> {
  try {
    return splitStatements(text);
  } catch (error) {
    throw failure(file, 1, error);
  }
}

function failure(file: string, line: number, error: unknown): unknown {
  if (!(error instanceof SnowflakeError)) return error;
  return new InitError(
    `init script ${file}, statement at line ${line}: ${error.code} (${error.sqlState}): ${error.message}`,
  );
}
