/** Compares a result with the table that a documentation page prints. */

import { sameCell, sameRows } from "./compare.ts";
import type { RowOrder } from "./order.ts";
import { showOutput } from "./show-output.ts";

export type Printed = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

export type Comparison = {
  readonly rowsEqual: boolean;
  readonly namesEqual: boolean;
  readonly detail: string;
};

/**
 * @param sql the statement @param actual what came, cells printed as the page prints them
 * @param expected the page's table @param order in which order rows must come
 */
export function comparePrinted(
  sql: string,
  actual: Printed,
  expected: Printed,
  order: RowOrder,
): Comparison {
  const plain = { ...expected, rows: expected.rows.map((row) => row.map(plainNull)) };
  const show = showOutput(sql, actual, plain);
  const { columns, rows } = show?.actual ?? actual;
  const wanted = wholeHeader(show?.expected ?? plain, columns);
  const rowsEqual =
    sameRows(rows, wanted.rows, order) || sameLines(rows, wanted.rows, order === "any");
  const namesEqual =
    columns.length === wanted.columns.length &&
    columns.every((name, index) => sameName(name, wanted.columns[index] ?? ""));
  const text = (table: Printed["rows"]) => table.map((row) => row.join("\t")).join("\n");
  const detail = rowsEqual
    ? `names: ${columns.join(" | ")} wanted ${wanted.columns.join(" | ")}`
    : `got:\n${text(rows)}\nwanted:\n${text(wanted.rows)}`;
  return { rowsEqual, namesEqual, detail };
}

/** Some pages print NULL in brackets. */
function plainNull(cell: string): string {
  return cell === "[NULL]" ? "NULL" : cell;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A name of several lines is printed on one, sometimes without the blanks that its line ends leave. */
function sameName(name: string, printed: string): boolean {
  if (oneLine(name) === oneLine(printed)) return true;
  return name.includes("\n") && name.replaceAll(/\s/g, "") === printed.replaceAll(/\s/g, "");
}

/** A single column's header that the page prints over several lines: the lines after the first stand in the first rows. */
function wholeHeader(expected: Printed, names: readonly string[]): Printed {
  const [name, ...more] = names;
  const [header = ""] = expected.columns;
  if (name === undefined || more.length > 0 || expected.columns.length !== 1) return expected;
  if (oneLine(header) === oneLine(name) || !oneLine(name).startsWith(oneLine(header))) {
    return expected;
  }
  let read = header;
  for (const [index, row] of expected.rows.entries()) {
    const lines = (row[0] ?? "").split("\n");
    for (const at of lines.keys()) {
      read += `\n${lines[at]}`;
      if (oneLine(read) !== oneLine(name)) continue;
      const cells = lines.slice(at + 1);
      const rest = expected.rows.slice(index + 1);
      return { columns: [name], rows: cells.length > 0 ? [[cells.join("\n")], ...rest] : rest };
    }
  }
  return expected;
}

/**
 * Whether the rows are equal when a cell of several lines is printed over as many rows of the page's table, the other
 * cells of these rows being empty.
 * @param anyOrder whether rows may come in any order
 */
function sameLines(actual: Printed["rows"], printed: Printed["rows"], anyOrder: boolean): boolean {
  if (printed.length <= actual.length) return false;
  const rest = [...actual];
  let at = 0;
  while (at < printed.length) {
    const candidates = anyOrder ? rest : rest.slice(0, 1);
    const found = candidates.findIndex((row) => rowsTaken(row, printed, at) !== undefined);
    const row = rest[found];
    if (row === undefined) return false;
    at += rowsTaken(row, printed, at) ?? 0;
    rest.splice(found, 1);
  }
  return rest.length === 0;
}

/** How many printed rows from `at` on make up a row; undefined when they do not. */
function rowsTaken(
  row: readonly string[],
  printed: Printed["rows"],
  at: number,
): number | undefined {
  const height = Math.max(...row.map((cell) => cell.split("\n").length));
  let joined: readonly string[] = printed[at] ?? [];
  let taken = 1;
  const lines = () => Math.max(...joined.map((cell) => cell.split("\n").length));
  while (lines() < height && at + taken < printed.length) {
    const next = printed[at + taken] ?? [];
    joined = joined.map((cell, index) => `${cell}\n${next[index] ?? ""}`);
    taken++;
  }
  const same =
    joined.length === row.length &&
    row.every((cell, index) => sameCell(cell, (joined[index] ?? "").replace(/\n+$/, "")));
  return same ? taken : undefined;
}
