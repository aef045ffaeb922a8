/**
 * PARSE_XML, CHECK_XML and XMLGET. The shape of an element is described in xml-print.ts.
 * https://docs.snowflake.com/en/sql-reference/functions/parse_xml
 */
import { snowflakeError } from "../base/errors.ts";
import {
  encodeVariant,
  floatValue,
  markXml,
  newObject,
  numberValue,
  Tagged,
  type VariantObject,
  type VariantValue,
} from "./encoding.ts";
import { elementTexts, isObjectText, memberValue } from "./scan.ts";

const MAX_DEPTH = 1000;

/** What is wrong with a document, in CHECK_XML's words. */
class XmlProblem extends Error {}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

const NAME = /[\p{L}_:][\p{L}\p{N}_:.-]*/uy;

class XmlReader {
  private at = 0;
  private readonly text: string;
  private readonly convert: boolean;

  constructor(text: string, convert: boolean) {
    this.text = text;
    this.convert = convert;
  }

  document(): VariantObject {
    this.skipMisc();
    if (this.text.charAt(this.at) !== "<") {
      throw this.problem(
        this.at >= this.text.length ? "no root element" : "text outside of the root element",
      );
    }
    const root = this.element(0);
    this.skipMisc();
    if (this.at < this.text.length) throw this.problem("more than one document in the input");
    return root;
  }

  private problem(message: string): XmlProblem {
    return new XmlProblem(`${message}, pos ${this.at}`);
  }

  private starts(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  private skipBlanks(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at++;
  }

  /** Skips past `end`; the document must not stop before. */
  private skipPast(end: string, inside: string): void {
    const found = this.text.indexOf(end, this.at);
    if (found < 0) {
      this.at = this.text.length;
      throw this.problem(`prematurely terminated XML document in ${inside}`);
    }
    this.at = found + end.length;
  }

  /** Blanks, comments, processing instructions and the document type around the root. */
  private skipMisc(): void {
    for (;;) {
      this.skipBlanks();
      if (this.starts("<!--")) this.skipPast("-->", "comment");
      else if (this.starts("<?")) this.skipPast("?>", "processing instructions");
      else if (this.starts("<!DOCTYPE")) this.skipDocumentType();
      else return;
    }
  }

  private skipDocumentType(): void {
    const subset = this.text.indexOf("[", this.at);
    const end = this.text.indexOf(">", this.at);
    if (subset >= 0 && subset < end) this.skipPast("]", "document type");
    this.skipPast(">", "document type");
  }

  private name(): string {
    NAME.lastIndex = this.at;
    const match = NAME.exec(this.text);
    if (match === null) {
      if (this.at >= this.text.length) throw this.problem("prematurely terminated XML document");
      throw this.problem("invalid tag or attribute name");
    }
    this.at = NAME.lastIndex;
    return match[0];
  }

  private element(depth: number): VariantObject {
    if (depth > MAX_DEPTH) throw this.problem("document is nested too deeply");
    this.at++;
    const element = newObject();
    const name = this.name();
    element["@"] = name;
    this.attributes(element);
    if (this.starts("/>")) {
      this.at += 2;
      element.$ = "";
      return element;
    }
    this.at++;
    const items = this.content(name, depth);
    element.$ = items.length === 1 ? (items[0] ?? "") : items.length === 0 ? "" : items;
    indexChildren(element, items);
    return element;
  }

  private attributes(element: VariantObject): void {
    for (;;) {
      this.skipBlanks();
      if (this.starts(">") || this.starts("/>")) return;
      const key = `@${this.name()}`;
      if (key in element) throw this.problem(`duplicate attribute ${key.slice(1)}`);
      this.skipBlanks();
      if (!this.starts("=")) throw this.problem("missing attribute value");
      this.at++;
      this.skipBlanks();
      const quote = this.text.charAt(this.at);
      if (quote !== '"' && quote !== "'") throw this.problem("missing attribute value");
      const start = this.at + 1;
      this.at = start;
      this.skipPast(quote, "attribute value");
      element[key] = this.scalar(this.unescape(this.text.slice(start, this.at - 1), start));
    }
  }

  /** Texts (trimmed, blank ones dropped) and children up to and including the closing tag. */
  private content(name: string, depth: number): VariantValue[] {
    const items: VariantValue[] = [];
    let text = "";
    let literal = false;
    const flush = () => {
      const trimmed = literal ? text : text.trim();
      if (trimmed !== "") items.push(literal ? trimmed : this.scalar(trimmed));
      text = "";
      literal = false;
    };
    for (;;) {
      const next = this.text.indexOf("<", this.at);
      if (next < 0) {
        this.at = this.text.length;
        throw this.problem(`no closing tag for ${name}`);
      }
      text += this.unescape(this.text.slice(this.at, next), this.at);
      this.at = next;
      if (this.starts("<![CDATA[")) {
        const start = this.at + 9;
        this.skipPast("]]>", "CDATA section");
        text = text.trim() + this.text.slice(start, this.at - 3);
        literal = true;
      } else if (this.starts("<!--")) this.skipPast("-->", "comment");
      else if (this.starts("<?")) this.skipPast("?>", "processing instructions");
      else if (this.starts("</")) {
        flush();
        this.closingTag(name);
        return items;
      } else {
        flush();
        items.push(this.element(depth + 1));
      }
    }
  }

  private closingTag(name: string): void {
    this.at += 2;
    const closing = this.name();
    if (closing !== name) throw this.problem(`no opening tag for ${closing}`);
    this.skipBlanks();
    if (!this.starts(">")) throw this.problem("prematurely terminated XML document");
    this.at++;
  }

  private unescape(text: string, start: number): string {
    if (!text.includes("&")) return text;
    return text.replace(
      /&(#x[0-9a-fA-F]+|#\d+|[^;&\s]*);?/g,
      (whole, body: string, offset: number) => {
        const code = body.startsWith("#x")
          ? Number.parseInt(body.slice(2), 16)
          : body.startsWith("#")
            ? Number(body.slice(1))
            : undefined;
        if (code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
        const known = Object.hasOwn(ENTITIES, body) ? ENTITIES[body] : undefined;
        if (known !== undefined && whole.endsWith(";")) return known;
        this.at = start + offset + whole.length;
        throw this.problem(`unknown entity ${whole}`);
      },
    );
  }

  /** A number or boolean when the text says so unmistakably. */
  private scalar(text: string): VariantValue {
    if (!this.convert) return text;
    if (text === "true" || text === "false") return text === "true";
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?[eE][+-]?\d+$/.test(text)) return floatValue(Number(text));
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return text;
    if (text.replace(/[-.]/g, "").length > 38) return floatValue(Number(text));
    // Trailing zeros stay for printing as XML: <price>27.00</price> holds the number 27.
    return text.includes(".") && text.endsWith("0") ? new Tagged("N", text) : numberValue(text);
  }
}

/** Notes at which index of "$" the children of each name stand. */
function indexChildren(element: VariantObject, items: readonly VariantValue[]): void {
  for (const [index, item] of items.entries()) {
    if (
      typeof item !== "object" ||
      item === null ||
      item instanceof Tagged ||
      Array.isArray(item)
    ) {
      continue;
    }
    const name = String(item["@"]);
    if (name === "$" || name.startsWith("@")) continue;
    const known = element[name];
    if (known === undefined) element[name] = index;
    else if (Array.isArray(known)) known.push(index);
    else element[name] = [known, index];
  }
}

/**
 * PARSE_XML: canonical text of the document's root element, flagged as XML; null for blank text.
 * @param disableAutoConvert keeps numbers and booleans as texts
 * @throws 100100 with the reason and position
 */
export function parseXmlText(text: string, disableAutoConvert: boolean): string | null {
  if (text.trim() === "") return null;
  try {
    return markXml(encodeVariant(new XmlReader(text, !disableAutoConvert).document()));
  } catch (error) {
    if (error instanceof XmlProblem) throw snowflakeError("xmlParse", { reason: error.message });
    throw error;
  }
}

/** CHECK_XML: what is wrong with a document, null when it is right or blank. */
export function checkXml(text: string): string | null {
  if (text.trim() === "") return null;
  try {
    new XmlReader(text, true).document();
    return null;
  } catch (error) {
    if (error instanceof XmlProblem) return error.message;
    throw error;
  }
}

/**
 * XMLGET: the n-th (from 0) child element of a name, flagged as XML; null when there is none.
 * https://docs.snowflake.com/en/sql-reference/functions/xmlget
 */
export function xmlGet(text: string, name: string, instance: number): string | null {
  const content = memberValue(text, "$");
  if (content === undefined) return null;
  const literal = JSON.stringify(name);
  let left = instance;
  for (const item of elementTexts(content) ?? [content]) {
    if (!isObjectText(item) || memberValue(item, "@") !== literal) continue;
    if (left === 0) return markXml(item);
    left--;
  }
  return null;
}
