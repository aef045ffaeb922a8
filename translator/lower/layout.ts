/** Layout of lowered SQL: clauses on lines of their own, subqueries indented. */

const QUOTED_OR_LINE_END = /'[^']*'|"[^"]*"|\n/g;

/** The text with every line moved right by two blanks; lines inside quoted texts and names stay as they are. */
export function indent(sql: string): string {
  if (!sql.includes("\n")) return `  ${sql}`;
  return `  ${sql.replace(QUOTED_OR_LINE_END, (found) => (found === "\n" ? "\n  " : found))}`;
}

/** A query in parentheses, on lines of its own when it is long. */
export function parenthesize(sql: string): string {
  if (sql.length <= 60 && !sql.includes("\n")) return `(${sql})`;
  return `(\n${indent(sql)}\n)`;
}

/** Items after a keyword: on one line when they fit, else one per line. */
export function clause(keyword: string, items: readonly string[], separator = ","): string {
  const line = `${keyword} ${items.join(`${separator} `)}`;
  if (line.length <= 100 && !line.includes("\n")) return line;
  return `${keyword}\n${items.map(indent).join(`${separator}\n`)}`;
}
