/** The header Range of a download: one range of bytes. */

export type ByteRange = { readonly start: number; readonly end: number };

/**
 * The bytes asked for, both ends included; undefined for the whole file, also when the header is none that is understood.
 * @param size of the file in bytes
 */
export function byteRange(
  header: string | undefined,
  size: number,
): ByteRange | "unsatisfiable" | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  const [, first = "", last = ""] = found ?? [];
  if (found === null || (first === "" && last === "")) return undefined;
  const start = first === "" ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? "unsatisfiable" : { start, end };
}
