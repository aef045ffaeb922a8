/**
 * The properties of a JSON object, or the parameters of a URL, taken one by one. What nobody took is refused by name, so
 * nothing that a client asks for is left out in silence.
 */

import { snowflakeError } from "../../../translator/base/errors.ts";

export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #title: string;
  readonly #taken = new Set<string>();

  /**
   * @param title what the object is, for messages: "property" names its members
   * @throws 390400 when the value is no object
   */
  constructor(value: unknown, title = "property") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw refused("the request body is not a JSON object");
    }
    this.#values = value as Readonly<Record<string, unknown>>;
    this.#title = title;
  }

  /** NULL is the same as nothing: clients send it for what they do not know. */
  #take(name: string): unknown {
    this.#taken.add(name);
    return Object.hasOwn(this.#values, name) ? (this.#values[name] ?? undefined) : undefined;
  }

  text(name: string): string | undefined {
    const value = this.#take(name);
    if (value === undefined || typeof value === "string") return value;
    throw this.#wrong(name, "a text");
  }

  /** @throws 390400 when it is missing */
  needed(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw refused(`the ${this.#title} ${name} is missing`);
    return value;
  }

  /** Also from its text, as URLs have it. */
  integer(name: string): number | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isSafeInteger(number)) return number;
    throw this.#wrong(name, "an integer");
  }

  /** Also from the words true and false, which some properties have for historical reasons. */
  boolean(name: string): boolean | undefined {
    const value = this.#take(name);
    if (value === undefined || typeof value === "boolean") return value;
    const word = typeof value === "string" ? value.toLowerCase() : "";
    if (word === "true" || word === "false") return word === "true";
    throw this.#wrong(name, "true or false");
  }

  /** One of some words, in any case. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
    if (found !== undefined) return found;
    throw this.#wrong(name, `one of ${words.filter((word) => word !== "").join(", ")}`);
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    throw this.#wrong(name, "a list of texts");
  }

  record(name: string): Fields | undefined {
    const value = this.#take(name);
    return value === undefined ? undefined : this.#nested(name, value);
  }

  records(name: string): readonly Fields[] | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#nested(name, item));
    throw this.#wrong(name, "a list of objects");
  }

  /** An object as it is. */
  json(name: string): unknown {
    return this.#take(name);
  }

  #nested(name: string, value: unknown): Fields {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return new Fields(value, `property of ${name}`);
    }
    throw this.#wrong(name, "an object");
  }

  /** What an answer has and a request need not have. */
  passOver(names: readonly string[]): void {
    for (const name of names) this.#taken.add(name);
  }

  /** @throws 390400 for what nobody took */
  end(): void {
    const left = Object.entries(this.#values).find(
      ([name, value]) => value !== null && !this.#taken.has(name),
    );
    if (left !== undefined) throw refused(`the ${this.#title} ${left[0]} is not supported`);
  }

  #wrong(name: string, expected: string) {
    return refused(`the ${this.#title} ${name} has to be ${expected}`);
  }
}

export function refused(detail: string) {
  return snowflakeError("badRequest", { detail });
}
