/**
 * SHOW and DESCRIBE as a page prints them. Snowflake says that their columns grow from release to release and are to be read by
 * name; so the columns that the page has are compared. And it prints what its author's account had: times, owner, place and size
 * of storage. Of these, only the kind of value is compared.
 * https://docs.snowflake.com/en/sql-reference/sql/show
 */

import type { Printed } from "./printed.ts";

/** Cells that hang on who ran the page's statements, where and when, by column name. */
const OF_THE_AUTHOR = new Set(["owner", "database_name", "schema_name", "catalog_name", "bytes"]);
const TIME = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{4} \d\d:\d\d:\d\d/;
/** What a page prints for columns that it leaves out. */
const LEFT_OUT = "...";

/**
 * Both tables cut to the columns that the page prints, with the author's own cells made alike; undefined when the statement is not
 * SHOW or DESCRIBE, or the page has a column that we do not.
 */
export function showOutput(
  sql: string,
  actual: Printed,
  expected: Printed,
): { readonly actual: Printed; readonly expected: Printed } | undefined {
  if (!/^\s*(show|desc|describe)\s/i.test(sql)) return undefined;
  const columns = expected.columns.map((name, index) => ({ name, index }));
  const kept = columns.filter(({ name }) => name !== LEFT_OUT);
  const places = kept.map(({ name }) => actual.columns.indexOf(name));
  if (places.includes(-1)) return undefined;
  return {
    actual: {
      columns: places.map((place) => actual.columns[place] ?? ""),
      rows: actual.rows.map((row) =>
        places.map((place, at) => alike(kept[at]?.name ?? "", row[place] ?? "")),
      ),
    },
    expected: {
      columns: kept.map(({ name }) => name),
      rows: expected.rows.map((row) =>
        kept.map(({ name, index }) => alike(name, row[index] ?? "")),
      ),
    },
  };
}

function alike(column: string, cell: string): string {
  if (column.endsWith("_on") && TIME.test(cell)) return "<time>";
  if (!OF_THE_AUTHOR.has(column) || cell === "" || cell === "NULL") return cell;
  return `<${column}>`;
}
