/** Splits a text into its JSON documents, or the elements of its outer array, while it grows. */

const BACKSLASH = 92;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const COMMA = 44;

export type JsonDocument = {
  readonly text: string;
  /** Where it begins in the splitter's text. */
  readonly start: number;
};

export class JsonSplitter {
  text = "";
  /** Behind the last document. */
  at = 0;
  #isLast = false;
  /** Whether the outer array's elements are the documents; decided by the first character. */
  #inArray = false;
  #isFirst = true;
  #scanned = 0;
  #depth = 0;
  #quote = 0;
  readonly #stripOuterArray: boolean;
  readonly #byLine: boolean;

  /** @param byLine each line is one document: MULTI_LINE = FALSE */
  constructor(stripOuterArray: boolean, byLine: boolean) {
    this.#stripOuterArray = stripOuterArray;
    this.#byLine = byLine;
  }

  add(text: string, isLast: boolean): void {
    this.#scanned -= this.at;
    this.text = this.text.slice(this.at) + text;
    this.at = 0;
    this.#isLast = isLast;
  }

  next(): JsonDocument | undefined {
    this.#skipSeparators();
    if (this.at >= this.text.length) return undefined;
    const start = this.at;
    const end = this.#byLine && !this.#inArray ? this.#lineEnd() : this.#documentEnd();
    if (end === undefined) return undefined;
    this.at = end;
    this.#scanned = end;
    return { text: this.text.slice(start, end), start };
  }

  /** Blanks, commas, and the brackets of a stripped outer array. */
  #skipSeparators(): void {
    if (this.#scanned > this.at) return;
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code <= 32 || code === 0xfeff || (code === COMMA && !this.#isFirst)) continue;
      if (code === OPEN_BRACKET && this.#stripOuterArray && !this.#inArray) {
        this.#inArray = true;
      } else if (code === CLOSE_BRACKET && this.#inArray) {
        this.#inArray = false;
      } else break;
      this.#isFirst = false;
    }
    if (this.at < this.text.length) this.#isFirst = false;
    this.#scanned = this.at;
  }

  #lineEnd(): number | undefined {
    const newline = this.text.indexOf("\n", this.at);
    if (newline >= 0) return newline;
    return this.#isLast ? this.text.length : undefined;
  }

  /** Where the document that begins here ends; what was scanned of it is not scanned again. */
  #documentEnd(): number | undefined {
    const { text } = this;
    for (let i = this.#scanned; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (this.#quote !== 0) {
        if (code === BACKSLASH) i++;
        else if (code === this.#quote) {
          this.#quote = 0;
          if (this.#depth === 0) return i + 1;
        }
      } else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
        this.#quote = code;
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        this.#depth++;
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        if (this.#depth === 0) return Math.max(i, this.at + 1);
        if (--this.#depth === 0) return i + 1;
      } else if (this.#depth === 0 && (code <= 32 || code === COMMA)) {
        return i;
      }
      this.#scanned = i + 1;
    }
    this.#scanned = Math.max(this.#scanned, text.length);
    if (!this.#isLast) return undefined;
    this.#depth = 0;
    this.#quote = 0;
    return text.length;
  }
}
