/**
 * Forms: the fixed phrases of Snowflake's DDL as data. A form is a text such as
 * `ADD TABLES ( <names> )`: words and punctuation stand for themselves, `<name>` for a piece of grammar,
 * `[…]` for a part that may be missing, `{a|b}` for a choice. A clause is one match of a form.
 */

import { must } from "../base/assert.ts";
import { SnowflakeError } from "../base/errors.ts";
import type { Cursor } from "../parse/cursor.ts";
import {
  type ClauseArgument,
  type Placeholder,
  parsePlaceholder,
  placeholder,
  printClauseArgument,
} from "./placeholders.ts";

/** A match of a form: the form itself (its optional parts and choices resolved) and what filled it. */
export type Clause = { readonly form: string; readonly arguments: readonly ClauseArgument[] };

type Element =
  | { readonly kind: "word" | "punctuation"; readonly text: string }
  | { readonly kind: "placeholder"; readonly placeholder: Placeholder };

type CompiledForm = {
  readonly form: string;
  /** The words and punctuation before the first placeholder. */
  readonly head: readonly Element[];
  readonly tail: readonly Element[];
};

export type Forms = readonly CompiledForm[];

/** Forms ready for matching, those with the longest fixed beginning first. One form per line. */
export function compileForms(text: string): Forms {
  const forms = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .flatMap(expand)
    .map(compile);
  return forms.sort((a, b) => b.head.length - a.head.length || b.tail.length - a.tail.length);
}

/** All texts that the optional parts and choices of a form allow. */
function expand(form: string): string[] {
  const match = /\[([^[\]{}]*)\]|\{([^[\]{}]*)\}/.exec(form);
  if (match === null) return [form.replace(/\s+/g, " ").trim()];
  const choices = match[1] !== undefined ? [match[1], ""] : must(match[2]).split("|");
  const before = form.slice(0, match.index);
  const after = form.slice(match.index + match[0].length);
  return choices.flatMap((choice) => expand(`${before} ${choice} ${after}`));
}

function compile(form: string): CompiledForm {
  const elements = form.split(" ").map(toElement);
  const first = elements.findIndex(({ kind }) => kind === "placeholder");
  const split = first < 0 ? elements.length : first;
  return { form, head: elements.slice(0, split), tail: elements.slice(split) };
}

function toElement(text: string): Element {
  if (/^[A-Z_0-9$]+$/.test(text)) return { kind: "word", text };
  if (text.startsWith("<") && text.endsWith(">") && text.length > 2) {
    return { kind: "placeholder", placeholder: placeholder(text.slice(1, -1)) };
  }
  return { kind: "punctuation", text };
}

/**
 * Takes the longest form that comes next; undefined (and nothing taken) when none begins here.
 * @throws a syntax error when one begins but does not go on
 */
export function acceptForm(cursor: Cursor, forms: Forms): Clause | undefined {
  const mark = cursor.mark();
  let failure: unknown;
  for (const candidate of forms) {
    if (!candidate.head.every((element, i) => atElement(cursor, element, i))) continue;
    try {
      return takeForm(cursor, candidate);
    } catch (error) {
      if (!(error instanceof SnowflakeError)) throw error;
      // A form without fixed words at its beginning has not begun when it fails.
      if (candidate.head.length > 0) failure ??= error;
      cursor.reset(mark);
    }
  }
  if (failure !== undefined) throw failure;
  return undefined;
}

function takeForm(cursor: Cursor, { form, head, tail }: CompiledForm): Clause {
  for (let i = 0; i < head.length; i++) cursor.next();
  const args: ClauseArgument[] = [];
  for (const element of tail) {
    if (element.kind === "placeholder") args.push(parsePlaceholder(cursor, element.placeholder));
    else if (atElement(cursor, element, 0)) cursor.next();
    else cursor.unexpected();
  }
  return { form, arguments: args };
}

function atElement(cursor: Cursor, element: Element, ahead: number): boolean {
  if (element.kind === "placeholder") return false;
  const token = cursor.peek(ahead);
  return token.kind === element.kind && token.value === element.text;
}

/** The words of a clause up to what fills it, for error messages. */
export function phraseOf({ form }: Clause): string {
  return form.replace(/ ?[(<=].*$/, "");
}

export function printClause(clause: Clause): string {
  let next = 0;
  return clause.form
    .split(" ")
    .map((part) => {
      if (!part.startsWith("<") || part.length < 3) return part;
      return printClauseArgument(must(clause.arguments[next++]));
    })
    .join(" ");
}
