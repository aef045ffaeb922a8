/**
 * Text in pieces of a size at most, split at the coarsest separators that do it: paragraphs before lines before words. A
 * separator stays at the head of the piece behind it; white space around a piece goes.
 * https://docs.snowflake.com/en/sql-reference/functions/split_text_recursive_character-snowflake-cortex
 */

import { snowflakeError } from "../base/errors.ts";

type Separator = string | RegExp;

export const PLAIN_SEPARATORS: readonly string[] = ["\n\n", "\n", " ", ""];

/** Headers, code blocks and tables. */
const MARKDOWN_SEPARATORS: readonly RegExp[] = [/\n#{1,6} /u, /\n```/u, /\n(?=\|)/u];

export type ChunkOptions = {
  readonly size: number;
  readonly overlap: number;
  readonly separators: readonly Separator[];
};

/** The separators of a format word. Error 100050-like for a word that is none. */
export function separatorsOf(format: string, given: readonly string[]): readonly Separator[] {
  switch (format.toLowerCase()) {
    case "none":
      return given;
    case "markdown":
      return [...MARKDOWN_SEPARATORS, ...given];
    default:
      throw snowflakeError("searchArgument", { value: format, name: "format" });
  }
}

/** @throws an error for a size below one, and an overlap that is negative or leaves no room */
export function splitText(text: string, options: ChunkOptions): string[] {
  const { size, overlap } = options;
  if (!(size >= 1)) throw snowflakeError("searchArgument", { value: size, name: "chunk_size" });
  if (!(overlap >= 0 && overlap < size)) {
    throw snowflakeError("searchArgument", { value: overlap, name: "overlap" });
  }
  return split(text, options.separators, options);
}

function length(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function split(text: string, separators: readonly Separator[], options: ChunkOptions): string[] {
  const at = separators.findIndex((separator) => occurs(separator, text));
  const separator = separators[at];
  const finer = at < 0 ? [] : separators.slice(at + 1);
  const chunks: string[] = [];
  let small: string[] = [];
  for (const piece of separator === undefined ? [text] : pieces(text, separator)) {
    if (length(piece) < options.size) {
      small.push(piece);
      continue;
    }
    chunks.push(...merged(small, options));
    small = [];
    if (finer.length === 0) chunks.push(piece);
    else chunks.push(...split(piece, finer, options));
  }
  return [...chunks, ...merged(small, options)];
}

function occurs(separator: Separator, text: string): boolean {
  return typeof separator === "string" ? text.includes(separator) : separator.test(text);
}

/** The text cut before every separator. */
function pieces(text: string, separator: Separator): string[] {
  if (separator === "") return [...text];
  const source =
    typeof separator === "string"
      ? separator.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
      : separator.source;
  return text.split(new RegExp(`(?=${source})`, "u")).filter((piece) => piece !== "");
}

/** Pieces put together as long as they fit; each chunk begins with the end of the one before, as far as the overlap goes. */
function merged(small: readonly string[], { size, overlap }: ChunkOptions): string[] {
  const chunks: string[] = [];
  const current: { readonly text: string; readonly length: number }[] = [];
  let total = 0;
  const flush = () => {
    const chunk = current
      .map(({ text }) => text)
      .join("")
      .trim();
    if (chunk !== "") chunks.push(chunk);
  };
  for (const text of small) {
    const piece = { text, length: length(text) };
    if (total + piece.length > size && current.length > 0) {
      flush();
      while (total > overlap || (total + piece.length > size && total > 0)) {
        total -= current.shift()?.length ?? total;
      }
    }
    current.push(piece);
    total += piece.length;
  }
  flush();
  return chunks;
}

export type MarkdownSection = {
  readonly text: string;
  readonly headers: ReadonlyMap<string, string>;
};

/**
 * The sections of a Markdown text under the headers around each; header lines themselves are left out, and lines in code
 * blocks are no headers.
 * @param names the field of each header's marks: `#` to `header_1`
 */
export function markdownSections(
  text: string,
  names: ReadonlyMap<string, string>,
): readonly MarkdownSection[] {
  const sections: MarkdownSection[] = [];
  let open: { readonly level: number; readonly name: string; readonly text: string }[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  const close = () => {
    const headers = new Map(open.map((header) => [header.name, header.text]));
    if (lines.some((line) => line.trim() !== ""))
      sections.push({ text: lines.join("\n").trim(), headers });
    lines = [];
  };
  for (const line of text.split("\n")) {
    const mark = /^\s*(```|~~~)/u.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark)) {
      fence = fence === undefined ? mark : undefined;
    }
    const header = fence === undefined ? /^\s*(#+)\s+(.*)$/u.exec(line) : null;
    const name = names.get(header?.[1] ?? "");
    if (header === null || name === undefined) {
      lines.push(line);
      continue;
    }
    close();
    const [, marks = "", title = ""] = header;
    open = open.filter(({ level }) => level < marks.length);
    open.push({ level: marks.length, name, text: title.trim() });
  }
  close();
  return sections;
}
