/** Loads a CSV file into a spool of typed columns, and gathers what is wrong with its records. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import type { DuckDatabase } from "../../storage/database.ts";
import { Spool, type SpoolColumn } from "../../storage/spool.ts";
import type { FileFormat } from "../file-format.ts";
import { type CsvRow, readCsv } from "../formats/csv.ts";
import type { FileProblem } from "../formats/problem.ts";
import type { SourceFile } from "../formats/source-file.ts";
import { columnText } from "../load-error.ts";
import { asSnowflake } from "./as-snowflake.ts";
import type { CellType, CellValue } from "./cells.ts";

export type LoadColumn = {
  readonly name: string;
  readonly type: SnowType;
  readonly nullable: boolean;
  readonly cell: CellType;
  /** Which field of a record the column gets, from 0; undefined: it gets NULL. */
  readonly field: number | undefined;
};

export type CsvLoad = {
  readonly format: FileFormat;
  readonly skipLines: number;
  /** For messages. */
  readonly table: string;
  readonly columns: readonly LoadColumn[];
  /** How many fields a record must have; undefined: as many as it likes. */
  readonly fieldCount: number | undefined;
  /** The spool has the records' numbers too, as `_row`. */
  readonly numbersRows: boolean;
  /** Asked between pieces of the file; throws when the statement is to end. */
  readonly checkRunning: () => void;
  /** Told of each record that is left out; may throw to end the load. */
  readonly onProblem: (problem: FileProblem, column: string) => void;
  /** Ends the reading when so many rows are there. */
  readonly rowLimit?: number | undefined;
};

export type CsvLoaded = {
  readonly parsed: number;
  readonly spool: Spool;
};

const BATCH_ROWS = 20_000;

/** The caller closes the spool. */
export async function loadCsv(
  database: DuckDatabase,
  file: SourceFile,
  load: CsvLoad,
): Promise<CsvLoaded> {
  const spool = await Spool.create(database, spoolColumns(load));
  const rows = new TypedRows(load, spool);
  try {
    const limit = load.rowLimit ?? Number.POSITIVE_INFINITY;
    const parsed = await readCsv(file, load.format, load.skipLines, {
      record: (row) => rows.take(row),
      flush: () => {
        load.checkRunning();
        return rows.flush();
      },
      isDone: () => rows.count >= limit,
    });
    await rows.write();
    return { parsed, spool };
  } catch (error) {
    await spool.close();
    throw error;
  }
}

function spoolColumns({ columns, numbersRows }: CsvLoad): SpoolColumn[] {
  const values = columns.flatMap(({ cell }, index) =>
    cell.duckTypes.map((duckType, part) => ({ name: spoolName(index, part), duckType })),
  );
  // A table must have a column, also where the file has none of the table's.
  const isNumbered = numbersRows || values.length === 0;
  return isNumbered ? [...values, { name: "_row", duckType: "BIGINT" }] : values;
}

function spoolName(index: number, part: number): string {
  return `s${index + 1}${part === 0 ? "" : `_${part}`}`;
}

/** The columns as DuckDB SELECT items called b1, b2, …, over the spool. */
export function spoolItems(columns: readonly Pick<LoadColumn, "cell">[]): string[] {
  return columns.map(({ cell }, index) => {
    const names = cell.duckTypes.map((_, part) => spoolName(index, part));
    return `${cell.sql(names)} AS b${index + 1}`;
  });
}

class TypedRows {
  count = 0;
  readonly #load: CsvLoad;
  readonly #spool: Spool;
  readonly #fields: number;
  /** One row's values, before it is known that all of them are good. */
  readonly #row: CellValue[] = [];
  #values: CellValue[][];

  constructor(load: CsvLoad, spool: Spool) {
    this.#load = load;
    this.#spool = spool;
    this.#fields = load.fieldCount ?? load.columns.length;
    this.#values = this.#empty();
  }

  take(row: CsvRow): void {
    const { columns, fieldCount } = this.#load;
    if (this.count >= (this.#load.rowLimit ?? Number.POSITIVE_INFINITY)) return;
    const problem =
      row.fault(this.#fields) ??
      (fieldCount === undefined ? undefined : this.#countProblem(row, fieldCount));
    if (problem !== undefined) {
      this.#report(problem);
      return;
    }
    this.#row.length = 0;
    for (const column of columns) {
      const problem = this.#convert(row, column);
      if (problem === undefined) continue;
      this.#report(problem);
      return;
    }
    if (this.#row.length < this.#values.length) this.#row.push(BigInt(row.number));
    for (let i = 0; i < this.#row.length; i++) this.#values[i]?.push(this.#row[i] ?? null);
    this.count++;
  }

  #countProblem(row: CsvRow, fieldCount: number): FileProblem | undefined {
    const missing = row.values.length + 1;
    return row.countProblem(fieldCount, this.#columnText(missing));
  }

  #convert(row: CsvRow, column: LoadColumn): FileProblem | undefined {
    const { cell, field } = column;
    const text = field === undefined ? null : (row.values[field] ?? null);
    try {
      if (text !== null) {
        this.#row.push(cell.parse(text));
        if (cell.second !== undefined) this.#row.push(cell.second(text));
        return undefined;
      }
      if (!column.nullable) throw snowflakeError("nullInNonNullable");
      for (let part = 0; part < cell.duckTypes.length; part++) this.#row.push(null);
      return undefined;
    } catch (error) {
      return row.conversionProblem(asSnowflake(error), field ?? row.values.length);
    }
  }

  #report(problem: FileProblem): void {
    this.#load.onProblem(problem, this.#columnText(problem.column));
  }

  #columnText(field: number): string {
    const { columns, table } = this.#load;
    return columnText(table, columns.find((column) => column.field === field - 1)?.name, field);
  }

  async flush(): Promise<void> {
    if ((this.#values[0]?.length ?? 0) >= BATCH_ROWS) await this.write();
  }

  async write(): Promise<void> {
    const values = this.#values;
    this.#values = this.#empty();
    if ((values[0]?.length ?? 0) > 0) await this.#spool.append(values);
  }

  #empty(): CellValue[][] {
    return spoolColumns(this.#load).map(() => []);
  }
}
