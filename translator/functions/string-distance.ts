/** How alike two texts are: edit distance, Jaro-Winkler, Soundex. */

/**
 * Levenshtein distance in characters, at most `limit`.
 * https://docs.snowflake.com/en/sql-reference/functions/editdistance
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (limit <= 0) return 0;
  const [a, b] = [Array.from(left), Array.from(right)];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(limit, row[b.length] ?? 0);
}

function matches(a: readonly string[], b: readonly string[]): readonly [string[], string[]] {
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const usedA = a.map(() => false);
  const usedB = b.map(() => false);
  a.forEach((character, i) => {
    for (let j = Math.max(0, i - window); j <= Math.min(b.length - 1, i + window); j++) {
      if (usedB[j] === true || b[j] !== character) continue;
      usedA[i] = true;
      usedB[j] = true;
      return;
    }
  });
  return [a.filter((_, i) => usedA[i]), b.filter((_, j) => usedB[j])];
}

const PREFIX_LIMIT = 4;
const PREFIX_WEIGHT = 0.1;

/**
 * Jaro-Winkler similarity from 0 to 100, letter case ignored.
 * https://docs.snowflake.com/en/sql-reference/functions/jarowinkler_similarity
 */
export function jaroWinkler(left: string, right: string): number {
  const a = Array.from(left.toLowerCase());
  const b = Array.from(right.toLowerCase());
  const [inA, inB] = matches(a, b);
  const count = inA.length;
  if (count === 0) return 0;
  const transposed = inA.filter((character, i) => character !== inB[i]).length;
  const moves = Math.floor(transposed / 2);
  const jaro = (count / a.length + count / b.length + (count - moves) / count) / 3;
  let prefix = 0;
  while (prefix < PREFIX_LIMIT && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return Math.floor((jaro + prefix * PREFIX_WEIGHT * (1 - jaro)) * 100);
}

const CODES: Readonly<Record<string, string>> = {};
for (const [letters, code] of [
  ["BFPV", "1"],
  ["CGJKQSXZ", "2"],
  ["DT", "3"],
  ["L", "4"],
  ["MN", "5"],
  ["R", "6"],
] as const) {
  for (const letter of letters) (CODES as Record<string, string>)[letter] = code;
}

/**
 * Soundex: a letter and three digits; empty for a text without letters.
 * @param keepFirst the first two letters count one by one even when they have one code (SOUNDEX_P123)
 * https://docs.snowflake.com/en/sql-reference/functions/soundex
 */
export function soundex(text: string, keepFirst: boolean): string {
  const letters = Array.from(text.toUpperCase()).filter((letter) => /[A-Z]/.test(letter));
  const [first] = letters;
  if (first === undefined) return "";
  let result = first;
  let previous = keepFirst ? "" : (CODES[first] ?? "");
  for (const letter of letters.slice(1)) {
    const code = CODES[letter] ?? "";
    if (code !== "" && code !== previous) result += code;
    // H and W do not part letters of one code, vowels do.
    if (letter !== "H" && letter !== "W") previous = code;
    if (result.length === 4) break;
  }
  return result.padEnd(4, "0");
}
