/** The prompt of `mockhaus sql`: statements over several lines, `!` commands, history. */

import { readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { splitStatements } from "../../translator/lex/split.ts";
import { OUTPUT_FORMATS, type OutputFormat } from "../config/options.ts";
import { errorText, runStatement, type StatementAtServer } from "./run-statement.ts";
import type { WireClient } from "./wire-client.ts";

const HISTORY_FILE = ".mockhaus_history";
const HISTORY_LINES = 1_000;
/** The history can hold data: nobody else reads it. */
const PRIVATE_MODE = 0o600;

const HELP = `Statements end with ; and may take several lines.
  !help            this text
  !format <name>   how results are printed: ${OUTPUT_FORMATS.join(", ")}
  !quit            leave (also ctrl-d)
  ctrl-c           cancel the statement that runs, or drop what is typed`;

/** Talks to the user until they leave. */
export async function prompt(client: WireClient, url: string, format: OutputFormat): Promise<void> {
  console.log(`Connected to ${url}. !help for help, !quit to leave.`);
  const file = join(homedir(), HISTORY_FILE);
  const readline = createInterface({
    input: process.stdin,
    output: process.stdout,
    history: readHistory(file),
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
  });
  readline.on("history", (lines) => writeHistory(file, lines));
  await new Promise<void>((resolve) => new Prompt(client, readline, format, resolve).ask());
}

class Prompt {
  readonly #client: WireClient;
  readonly #readline: Interface;
  readonly #left: () => void;
  #format: OutputFormat;
  #typed = "";
  #running: StatementAtServer | undefined;
  /** Lines that came while a statement ran: pasted text. They wait. */
  readonly #waiting: string[] = [];
  #busy = false;
  #closed = false;

  constructor(client: WireClient, readline: Interface, format: OutputFormat, left: () => void) {
    this.#client = client;
    this.#readline = readline;
    this.#format = format;
    this.#left = left;
    readline.on("line", (line) => this.#line(line));
    readline.on("SIGINT", () => this.#interrupt());
    readline.on("close", () => {
      this.#closed = true;
      this.#running?.cancel();
      if (!this.#busy) this.#left();
    });
  }

  ask(): void {
    const { database, schema } = this.#client;
    const where = [database, database === undefined ? undefined : schema]
      .filter((part) => part !== undefined)
      .join(".");
    const first = `${where === "" ? "mockhaus" : where}> `;
    this.#readline.setPrompt(this.#typed === "" ? first : "-> ".padStart(first.length));
    this.#readline.prompt();
  }

  #interrupt(): void {
    if (this.#running !== undefined) {
      this.#running.cancel();
      return;
    }
    const nothing = this.#typed === "" && this.#readline.line === "";
    this.#typed = "";
    process.stdout.write(nothing ? "\n!quit or ctrl-d to leave\n" : "\n");
    // Ctrl-U: what stands on the line is dropped with the rest.
    this.#readline.write(null, { ctrl: true, name: "e" });
    this.#readline.write(null, { ctrl: true, name: "u" });
    this.ask();
  }

  #line(line: string): void {
    this.#waiting.push(line);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let line = this.#waiting.shift(); line !== undefined; line = this.#waiting.shift()) {
      if (this.#closed) break;
      if (this.#typed === "" && line.trim().startsWith("!")) this.#command(line.trim());
      else await this.#text(line);
    }
    this.#busy = false;
    if (this.#closed) this.#left();
    else this.ask();
  }

  #command(line: string): void {
    const [name = "", argument = ""] = line.replace(/;$/, "").split(/\s+/);
    switch (name.toLowerCase()) {
      case "!quit":
      case "!exit":
      case "!q":
        this.#readline.close();
        return;
      case "!help":
        console.log(HELP);
        return;
      case "!format": {
        const format = OUTPUT_FORMATS.find((word) => word === argument.toLowerCase());
        if (format === undefined) console.log(`formats: ${OUTPUT_FORMATS.join(", ")}`);
        else this.#format = format;
        return;
      }
      default:
        console.log(`${name} is not a command; !help lists them`);
    }
  }

  async #text(line: string): Promise<void> {
    this.#typed = this.#typed === "" ? line : `${this.#typed}\n${line}`;
    const { complete, rest } = completeStatements(this.#typed);
    this.#typed = rest;
    for (const statement of complete) {
      if (this.#closed || !(await this.#run(statement))) break;
    }
  }

  /** False when the statement failed: those behind it on the same line are not run. */
  async #run(statement: string): Promise<boolean> {
    this.#running = runStatement(this.#client, statement, this.#format);
    try {
      await this.#running.done;
      return true;
    } catch (error) {
      console.error(errorText(error));
      return false;
    } finally {
      this.#running = undefined;
    }
  }
}

/** Splits what was typed into statements that have their semicolon, and the text behind them. */
export function completeStatements(typed: string): {
  readonly complete: readonly string[];
  readonly rest: string;
} {
  const complete: string[] = [];
  let end = 0;
  try {
    for (const piece of splitStatements(typed)) {
      const behind = typed.slice(piece.end).trimStart();
      if (!behind.startsWith(";")) break;
      complete.push(piece.text);
      end = typed.indexOf(";", piece.end) + 1;
    }
  } catch {
    // A string or comment goes on in the next line.
    return { complete: [], rest: typed };
  }
  const rest = typed.slice(end);
  return { complete, rest: onlyBlanks(rest) ? "" : rest };
}

/** Also a lone semicolon: an empty statement. */
function onlyBlanks(text: string): boolean {
  return /^[\s;]*$/.test(text);
}

/** Newest first, as readline has it. */
function readHistory(file: string): string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}

function writeHistory(file: string, lines: readonly string[]): void {
  try {
    writeFileSync(file, `${lines.join("\n")}\n`, { mode: PRIVATE_MODE });
  } catch {
    // A home directory that cannot be written to only loses the history.
  }
}
