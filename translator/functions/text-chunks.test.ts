/** Texts in chunks: nothing gets lost, nothing is too long. */

import { describe, expect, it } from "vitest";
import { markdownSections, PLAIN_SEPARATORS, splitText } from "./text-chunks.ts";

const TEXT = [
  "One paragraph with several words,",
  "in two lines.",
  "",
  "Anotherparagraphwithoutanyblankinitatall.",
  "",
  "Short.",
].join("\n");

function options(size: number, overlap = 0) {
  return { size, overlap, separators: PLAIN_SEPARATORS };
}

describe("splitText", () => {
  it.each([1, 2, 3, 5, 8, 13, 21, 34, 55, 200])(
    "keeps within %i and loses nothing but white space",
    (size) => {
      const chunks = splitText(TEXT, options(size));
      for (const chunk of chunks) expect([...chunk].length).toBeLessThanOrEqual(size);
      expect(chunks.join("").replaceAll(/\s/g, "")).toBe(TEXT.replaceAll(/\s/g, ""));
    },
  );

  it("counts characters, not their parts", () => {
    expect(splitText("😀😀😀😀", options(2))).toEqual(["😀😀", "😀😀"]);
  });

  it("repeats the end of a chunk as far as the overlap goes; the blank before a piece counts", () => {
    expect(splitText("a b c d e", options(5, 2))).toEqual(["a b c", "c d", "d e"]);
  });

  it("prefers paragraphs to lines and lines to words", () => {
    expect(splitText("a b\nc d\n\ne f", options(8))).toEqual(["a b\nc d", "e f"]);
    expect(splitText("a b\nc d\n\ne f", options(5))).toEqual(["a b", "c d", "e f"]);
  });
});

describe("markdownSections", () => {
  const NAMES = new Map([
    ["#", "one"],
    ["##", "two"],
  ]);

  it("puts the headers above a section with it, and forgets those below a new one", () => {
    const sections = markdownSections("# A\n## B\nx\n# C\ny", NAMES);
    expect(sections.map(({ text, headers }) => [text, Object.fromEntries(headers)])).toEqual([
      ["x", { one: "A", two: "B" }],
      ["y", { one: "C" }],
    ]);
  });

  it("takes marks in code for text, and marks without a blank too", () => {
    const sections = markdownSections("~~~\n# no\n~~~\n#no\n# yes\nz", NAMES);
    expect(sections.map(({ text }) => text)).toEqual(["~~~\n# no\n~~~\n#no", "z"]);
  });
});
