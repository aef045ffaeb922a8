/**
 * The type of a column from its values: the narrowest that takes all of them.
 * https://docs.snowflake.com/en/sql-reference/functions/infer_schema
 */

import { isObjectValue, Tagged, type VariantValue } from "../../../translator/variant/encoding.ts";

type Kind =
  | "none"
  | "boolean"
  | "number"
  | "real"
  | "date"
  | "time"
  | "timestamp"
  | "text"
  | "variant";

const NUMBER = /^[+-]?(\d+)(?:\.(\d*))?$/;
const REAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;
const PRECISION_MAX = 38;

export class ColumnGuess {
  #kind: Kind = "none";
  /** Digits before and behind the point. */
  #whole = 0;
  #scale = 0;

  /** Takes a field of a delimited file. */
  text(value: string): void {
    if (/^(?:true|false)$/i.test(value)) this.#merge("boolean");
    else if (NUMBER.test(value)) this.#number(value);
    else if (REAL.test(value)) this.#merge("real");
    else if (DATE.test(value)) this.#merge("date");
    else if (TIME.test(value)) this.#merge("time");
    else if (TIMESTAMP.test(value)) this.#merge("timestamp");
    else this.#merge("text");
  }

  /** Takes a member of a document. */
  value(value: VariantValue): void {
    if (value === null) return;
    if (typeof value === "boolean") this.#merge("boolean");
    else if (typeof value === "number") this.#number(String(value));
    else if (typeof value === "string") this.#string(value);
    else if (value instanceof Tagged) this.#tagged(value);
    else if (Array.isArray(value) || isObjectValue(value)) this.#merge("variant");
  }

  /** A text in a document is a text even if it looks like a number. */
  #string(value: string): void {
    if (DATE.test(value) || TIME.test(value) || TIMESTAMP.test(value)) this.text(value);
    else this.#merge("text");
  }

  #tagged({ tag, payload }: Tagged): void {
    if (tag === "N") this.#number(payload);
    else if (tag === "F") this.#merge("real");
  }

  #number(text: string): void {
    const [, whole = "", fraction = ""] = NUMBER.exec(text) ?? [];
    this.#whole = Math.max(this.#whole, whole.replace(/^0+(?=\d)/, "").length);
    this.#scale = Math.max(this.#scale, fraction.length);
    this.#merge("number");
  }

  #merge(kind: Kind): void {
    this.#kind = common(this.#kind, kind);
  }

  /** The type as INFER_SCHEMA writes it; a column without a value is TEXT. */
  get type(): string {
    switch (this.#kind) {
      case "number": {
        const precision = this.#whole + this.#scale;
        if (precision > PRECISION_MAX) return "REAL";
        return `NUMBER(${Math.max(1, precision)}, ${this.#scale})`;
      }
      case "timestamp":
        return "TIMESTAMP_NTZ";
      case "none":
        return "TEXT";
      default:
        return this.#kind.toUpperCase();
    }
  }
}

const WIDER: Readonly<Record<string, Kind>> = {
  "date timestamp": "timestamp",
  "number real": "real",
};

function common(a: Kind, b: Kind): Kind {
  if (a === b || b === "none") return a;
  if (a === "none") return b;
  if (a === "variant" || b === "variant") return "variant";
  return WIDER[[a, b].sort().join(" ")] ?? "text";
}
