/**
 * The rows of a file that a SELECT takes without an error. A SELECT fails as a whole, so rows that fail are found by
 * halving: each costs as many runs over ever fewer rows as the file's rows can be halved.
 */

import { SnowflakeError } from "../../translator/base/errors.ts";
import type { FileProblem } from "../stages/formats/problem.ts";
import { columnText, QUERIED_FILES } from "../stages/load-error.ts";
import { isSemiStructured, type StagedRows } from "../stages/staged-rows.ts";
import { Spool } from "../storage/spool.ts";
import type { Problems } from "./copy-context.ts";
import type { CopyPlan } from "./copy-plan.ts";
import type { Execution } from "./execution.ts";
import { storageTable } from "./physical-table.ts";

type SelectOf = (condition: string) => string;

export type GoodRows = {
  readonly rowCount: number;
  readonly select: string;
  readonly close: () => Promise<void>;
};

/**
 * Runs the SELECT outside of the session's transaction.
 * @throws the error of a row with its place, where an error ends the statement: always for the values of
 *   semi-structured files
 */
export async function goodRows(
  selectOf: SelectOf,
  rows: StagedRows,
  problems: Problems,
  plan: CopyPlan,
  execution: Execution,
): Promise<GoodRows> {
  const columns = storageTable(plan.table).columns.map(({ duckType }, index) => ({
    name: `c${index + 1}`,
    duckType,
  }));
  const timeZone = execution.parameters.text("TIMEZONE");
  const spool = await Spool.forQueries(execution.account.database, columns, timeZone);
  const { connection } = execution.session;
  connection.onInterrupt = () => spool.interrupt();
  try {
    await spool.insert(selectOf("")).catch(async (error: unknown) => {
      if (isSemiStructured(plan.format) || !isOfData(error)) throw error;
      await new Search(selectOf, spool, rows, problems).range(1, rows.parsed);
    });
    return ready(spool);
  } catch (error) {
    await spool.close();
    throw error;
  } finally {
    connection.onInterrupt = undefined;
  }
}

function ready(spool: Spool): GoodRows {
  return {
    rowCount: spool.rowCount,
    select: `SELECT * FROM ${spool.relation}`,
    close: () => spool.close(),
  };
}

const INTERNAL = "370001";
const CANCELED = "000604";

/** Whether the error is one of the data, not of the engine or of somebody who stopped it. */
function isOfData(error: unknown): boolean {
  return error instanceof SnowflakeError && error.code !== INTERNAL && error.code !== CANCELED;
}

class Search {
  readonly #selectOf: SelectOf;
  readonly #spool: Spool;
  readonly #rows: StagedRows;
  readonly #problems: Problems;

  constructor(selectOf: SelectOf, spool: Spool, rows: StagedRows, problems: Problems) {
    this.#selectOf = selectOf;
    this.#spool = spool;
    this.#rows = rows;
    this.#problems = problems;
  }

  /** Takes the good rows of a range of row numbers, both ends included. */
  async range(first: number, last: number): Promise<void> {
    if (first > last) return;
    try {
      await this.#spool.insert(this.#selectOf(`_row BETWEEN ${first} AND ${last}`));
    } catch (error) {
      if (!isOfData(error)) throw error;
      if (first < last) {
        const middle = Math.floor((first + last) / 2);
        await this.range(first, middle);
        await this.range(middle + 1, last);
        return;
      }
      const problem = await this.#problem(error as SnowflakeError, first);
      this.#problems.add(problem, columnText(QUERIED_FILES, "$1", 1));
    }
  }

  async #problem(error: SnowflakeError, row: number): Promise<FileProblem> {
    const found = await this.#spool.rows(
      `SELECT _line FROM ${this.#rows.sql} AS staged WHERE _row = ${row}`,
    );
    const line = Number(found[0]?._line ?? row);
    return {
      code: error.code,
      sqlState: error.sqlState,
      message: error.message,
      category: "conversion",
      line,
      character: 1,
      byteOffset: 0,
      column: 1,
      row,
      startLine: line,
      rejected: "",
    };
  }
}
