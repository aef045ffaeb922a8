/** Stored names as SQL text. */

const PLAIN = /^[A-Z_][A-Z0-9_$]*$/;

/** In double quotes when the name needs them. */
export function quoted(name: string): string {
  return PLAIN.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
