/** Reads `.slt` files: statements and queries with their expected rows. */

export type SltRecord = {
  /** 1-based line of the directive. */
  readonly line: number;
  readonly kind: "ok" | "error" | "query";
  readonly sql: string;
  /** Expected lines: rows of a query (cells parted by tabs), or the words of an error. Undefined: not stated. */
  readonly expected: readonly string[] | undefined;
  /** `query T` with `names`: the first expected line holds the column names. */
  readonly withNames: boolean;
};

const DIRECTIVE = /^(query|statement)\s+(\S+)(?:\s+(.*))?$/;

/**
 * @param text a file's content; lines that begin with # are comments
 * @throws Error that names the line of a directive it does not know
 */
export function parseSlt(text: string): SltRecord[] {
  const lines = text.split(/\r?\n/);
  const records: SltRecord[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "" || line.startsWith("#")) {
      at++;
      continue;
    }
    const directive = DIRECTIVE.exec(line);
    if (directive === null) throw new Error(`line ${at + 1}: not a directive: ${line}`);
    const start = at + 1;
    at++;
    const sql: string[] = [];
    while (at < lines.length && lines[at] !== "----" && !endsRecord(lines, at)) {
      sql.push(lines[at] ?? "");
      at++;
    }
    let expected: string[] | undefined;
    if (lines[at] === "----") {
      at++;
      expected = [];
      while (at < lines.length && (lines[at] ?? "").trim() !== "") {
        expected.push(lines[at] ?? "");
        at++;
      }
    }
    const [, verb, word, options = ""] = directive;
    records.push({
      line: start,
      kind: verb === "query" ? "query" : word === "error" ? "error" : "ok",
      sql: sql.join("\n").trim(),
      expected,
      withNames: options.split(/\s+/).includes("names"),
    });
  }
  return records;
}

/** A statement may hold blank lines: only a blank line before a directive (or the end) ends it. */
function endsRecord(lines: readonly string[], at: number): boolean {
  if ((lines[at] ?? "").trim() !== "") return false;
  let next = at + 1;
  while (next < lines.length && (lines[next] ?? "").trim() === "") next++;
  const following = lines[next];
  return following === undefined || DIRECTIVE.test(following) || following.startsWith("#");
}
