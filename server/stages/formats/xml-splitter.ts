/** Splits a text into its XML elements: the root, or with STRIP_OUTER_ELEMENT the elements right below it. */

export type XmlDocument = { readonly text: string; readonly start: number };

/** What a `<` begins, by the characters behind it; each ends at the first such end behind it. */
const SKIPPED: readonly (readonly [string, string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
];
const LONGEST_MARK = 9;

export class XmlSplitter {
  text = "";
  at = 0;
  #isLast = false;
  #depth = 0;
  #scanned = 0;
  #start = -1;
  readonly #level: number;

  constructor(stripOuterElement: boolean) {
    this.#level = stripOuterElement ? 1 : 0;
  }

  add(text: string, isLast: boolean): void {
    this.text = this.text.slice(this.at) + text;
    this.#scanned -= this.at;
    if (this.#start >= 0) this.#start -= this.at;
    this.at = 0;
    this.#isLast = isLast;
  }

  next(): XmlDocument | undefined {
    for (;;) {
      const open = this.text.indexOf("<", this.#scanned);
      if (open < 0) return this.#rest();
      const end = this.#markupEnd(open);
      if (end === undefined) return this.#rest();
      const found = this.#pass(open, end);
      this.#scanned = end;
      if (this.#start < 0) this.at = end;
      if (found !== undefined) return found;
    }
  }

  /** What is left when no markup follows: an element that never ends is an error of the parser's. */
  #rest(): XmlDocument | undefined {
    if (!this.#isLast) return undefined;
    const from = this.#start >= 0 ? this.#start : this.at;
    const text = this.text.slice(from);
    this.at = this.text.length;
    this.#scanned = this.at;
    this.#start = -1;
    const isOver = text.trim() === "" && this.#depth <= 0;
    this.#depth = 0;
    return isOver ? undefined : { text, start: from };
  }

  /** Behind the markup that begins at `open`; undefined while the text does not have all of it. */
  #markupEnd(open: number): number | undefined {
    const head = this.text.slice(open, open + LONGEST_MARK);
    if (head.length < LONGEST_MARK && !this.#isLast && !head.includes(">")) return undefined;
    const skipped = SKIPPED.find(([mark]) => head.startsWith(mark));
    if (skipped !== undefined) {
      const end = this.text.indexOf(skipped[1], open + skipped[0].length);
      return end < 0 ? undefined : end + skipped[1].length;
    }
    let quote = "";
    for (let i = open + 1; i < this.text.length; i++) {
      const c = this.text.charAt(i);
      if (quote !== "") {
        if (c === quote) quote = "";
      } else if (c === '"' || c === "'") quote = c;
      else if (c === ">") return i + 1;
    }
    return undefined;
  }

  /** Takes one piece of markup; answers the element that ends with it. */
  #pass(open: number, end: number): XmlDocument | undefined {
    const second = this.text.charAt(open + 1);
    if (second === "!" || second === "?") return undefined;
    if (second === "/") {
      this.#depth--;
      return this.#depth === this.#level ? this.#finished(end) : undefined;
    }
    const isWhole = this.text.charAt(end - 2) === "/";
    if (this.#depth === this.#level) this.#start = open;
    if (!isWhole) {
      this.#depth++;
      return undefined;
    }
    return this.#depth === this.#level ? this.#finished(end) : undefined;
  }

  #finished(end: number): XmlDocument {
    const start = this.#start;
    this.#start = -1;
    return { text: this.text.slice(start, end), start };
  }
}
