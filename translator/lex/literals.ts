/** Undoing what string literals escape. */

const SINGLE_CHARACTER_ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/**
 * The value of a `'…'` literal from what stands between its quotes: doubled quotes, `\n` and its like,
 * octal `\ooo`, `\xhh` and `\uhhhh`; any other backslash is dropped.
 * Docs: data-types-text, "Escape sequences in single-quoted string constants".
 */
export function unescapeString(body: string): string {
  if (!body.includes("\\")) return body.includes("'") ? body.replaceAll("''", "'") : body;
  return body.replace(
    /''|\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3]?[0-7]{1,2})|([\s\S])|$)/g,
    (match, unicode?: string, hex?: string, octal?: string, other?: string) => {
      if (match === "''") return "'";
      const digits = unicode ?? hex;
      if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return SINGLE_CHARACTER_ESCAPES[other ?? ""] ?? other ?? "";
    },
  );
}

/** A `'…'` literal that has the given value. */
export function quoteString(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
