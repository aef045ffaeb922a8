/** What loading one file of a COPY works with, and what comes of it. */

import type { SnowflakeError } from "../../translator/base/errors.ts";
import type { FileProblem } from "../stages/formats/problem.ts";
import type { OnError } from "../stages/load/copy-options.ts";
import { type LoadProblem, PROBLEMS_KEPT_MAX } from "../stages/load/load-history.ts";
import { loadError } from "../stages/load-error.ts";
import type { StagedFile, StageLocation } from "../stages/staged-files.ts";

/** The rows of a file, ready for the table. */
export type ReadyRows = {
  readonly parsed: number;
  readonly rowCount: number;
  /** A DuckDB SELECT of all columns of the table, in order; undefined when there is no row. */
  readonly select: string | undefined;
  readonly close: () => Promise<void>;
};

/** Reads a file; what is wrong with its records goes to `problems`. */
export type FileLoader = (file: StagedFile, problems: Problems) => Promise<ReadyRows>;

/** What is wrong with one file. */
export class Problems {
  count = 0;
  readonly kept: LoadProblem[] = [];
  readonly #aborts: boolean;
  readonly #file: string;

  /** @param file as messages name it */
  constructor(onError: OnError | undefined, file: string) {
    this.#aborts = onError?.kind === "abort";
    this.#file = file;
  }

  /** @throws the problem itself, when the first one ends the statement */
  add(problem: FileProblem, columnText: string): void {
    if (this.#aborts) throw loadError(problem, this.#file, columnText);
    this.count++;
    if (this.kept.length < PROBLEMS_KEPT_MAX) this.kept.push({ ...problem, columnText });
  }

  /** A file that could not be read at all. @throws the error, when it ends the statement */
  addWhole(error: SnowflakeError): void {
    if (this.#aborts) throw error;
    this.count++;
    this.kept.push({
      code: error.code,
      sqlState: error.sqlState,
      message: error.message,
      category: "parsing",
      line: 1,
      character: 1,
      byteOffset: 0,
      column: 1,
      row: 1,
      startLine: 1,
      rejected: "",
      columnText: "",
    });
  }
}

/** A file's name in messages: with the stage in front where the stage is the account's own. */
export function fileInMessages({ place, object }: StageLocation, file: StagedFile): string {
  if (place.kind !== "stored") return file.path;
  if (place.stage.startsWith("user:")) return `@~/${file.path}`;
  return object === undefined ? file.path : `@${object.name}/${file.path}`;
}
