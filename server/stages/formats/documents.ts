/** Semi-structured files: each document is one row with one value, its canonical VARIANT text. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { FileProblem } from "./problem.ts";

export type DocumentSink = {
  readonly document: (value: string | null, number: number) => void;
  readonly flush: () => Promise<void>;
  readonly isDone?: (() => boolean) | undefined;
};

export type DocumentsRead = {
  readonly count: number;
  /** What ended the reading: no document behind it is read. */
  readonly problem: FileProblem | undefined;
};

/** Bytes that one document may have. */
const DOCUMENT_BYTES_MAX = 134_217_728;

/** A text that hands out documents one after the other while it grows. */
export type Splitter = {
  readonly text: string;
  readonly at: number;
  readonly add: (text: string, isLast: boolean) => void;
  readonly next: () => { readonly text: string; readonly start: number } | undefined;
};

/**
 * Feeds a splitter and turns its documents into values.
 * @param parse gives the canonical text, or throws what is wrong
 * @param kind for messages: `JSON`
 */
export async function readDocuments(
  pieces: AsyncIterable<string>,
  splitter: Splitter,
  parse: (text: string) => string | null,
  sink: DocumentSink,
  kind: "JSON" | "XML",
): Promise<DocumentsRead> {
  let count = 0;
  const place = new Place(splitter);
  const take = (text: string, isLast: boolean): FileProblem | undefined => {
    place.advance();
    splitter.add(text, isLast);
    for (let found = splitter.next(); found !== undefined; found = splitter.next()) {
      count++;
      try {
        sink.document(parse(found.text), count);
      } catch (error) {
        return place.problem(error, found, count);
      }
    }
    return undefined;
  };
  for await (const piece of pieces) {
    const problem = take(piece, false) ?? place.tooLarge(kind, count + 1);
    await sink.flush();
    if (problem !== undefined || sink.isDone?.() === true) return { count, problem };
  }
  const problem = take("", true);
  await sink.flush();
  return { count, problem };
}

/** Where in the file the splitter's text begins. */
class Place {
  #line = 1;
  #bytes = 0;
  readonly #splitter: Splitter;

  constructor(splitter: Splitter) {
    this.#splitter = splitter;
  }

  /** Passes what the splitter drops with the next piece. */
  advance(): void {
    const passed = this.#splitter.text.slice(0, this.#splitter.at);
    this.#line += passed.split("\n").length - 1;
    this.#bytes += Buffer.byteLength(passed);
  }

  tooLarge(kind: string, row: number): FileProblem | undefined {
    const { text, at } = this.#splitter;
    if (text.length - at <= DOCUMENT_BYTES_MAX) return undefined;
    const reason = `document is too large, max size ${DOCUMENT_BYTES_MAX} bytes`;
    const error = snowflakeError(kind === "JSON" ? "jsonParse" : "xmlParse", { reason });
    return this.problem(error, { text: "", start: at }, row);
  }

  problem(
    error: unknown,
    found: { readonly text: string; readonly start: number },
    row: number,
  ): FileProblem {
    if (!(error instanceof Error) || !("code" in error) || !("sqlState" in error)) throw error;
    const { text } = this.#splitter;
    const line = this.#line + text.slice(0, found.start).split("\n").length - 1;
    return {
      code: String(error.code),
      sqlState: String(error.sqlState),
      message: error.message,
      category: "parsing",
      line,
      character: found.start - text.lastIndexOf("\n", found.start - 1),
      byteOffset: this.#bytes + Buffer.byteLength(text.slice(0, found.start)),
      column: 1,
      row,
      startLine: line,
      rejected: found.text,
    };
  }
}
