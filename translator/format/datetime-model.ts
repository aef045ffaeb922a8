/**
 * Date and time format models: text such as `YYYY-MM-DD HH24:MI:SS.FF3` compiled once into elements that
 * print and parse.
 * https://docs.snowflake.com/en/sql-reference/date-time-input-output
 */

import {
  DATETIME_ELEMENTS,
  type DateTimeElement,
  type ElementContext,
  TextScanner,
} from "./datetime-elements.ts";
import {
  type DateTimeFields,
  fieldsFromParts,
  newReadParts,
  printedParts,
  type ReadParts,
} from "./datetime-fields.ts";

type Step =
  | { readonly kind: "element"; readonly element: DateTimeElement }
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "blanks"; readonly text: string };

export type DateTimeModel = { readonly text: string; readonly steps: readonly Step[] };

const LONGEST_FIRST = [...DATETIME_ELEMENTS.keys()].sort((a, b) => b.length - a.length);
const ZONE_PAIR = /^TZH:TZM/i;
const QUOTED = /^"((?:[^"]|"")*)"/;
const WORD = /^[A-Za-z0-9]+/;
const BLANKS = /^\s+/;

/**
 * Compiles a format model. Every text is one: what is no element stands for itself, in double quotes or not.
 */
export function compileDateTimeModel(text: string): DateTimeModel {
  const steps: Step[] = [];
  let rest = text;
  while (rest !== "") {
    const taken = takeStep(rest, steps);
    rest = rest.slice(taken);
  }
  return { text, steps: mergeLiterals(steps) };
}

function takeStep(rest: string, steps: Step[]): number {
  const quoted = QUOTED.exec(rest);
  if (quoted !== null) {
    steps.push({ kind: "literal", text: (quoted[1] ?? "").replaceAll('""', '"') });
    return quoted[0].length;
  }
  const blanks = BLANKS.exec(rest)?.[0];
  if (blanks !== undefined) {
    steps.push({ kind: "blanks", text: blanks });
    return blanks.length;
  }
  const word = WORD.exec(rest)?.[0];
  if (word === undefined) {
    steps.push({ kind: "literal", text: rest.charAt(0) });
    return 1;
  }
  return takeWord(word, rest.slice(word.length - 3), steps);
}

/**
 * A run of letters and digits. It is taken as elements only; failing that, without the one-letter elements,
 * so that the words of `hh24:mi hours` stay words. `tail` starts three letters before the end of the word:
 * TZH:TZM reaches over its colon.
 */
function takeWord(word: string, tail: string, steps: Step[]): number {
  const endsInZone = ZONE_PAIR.test(tail);
  const plain = endsInZone ? word.slice(0, -3) : word;
  steps.push(...(asElements(plain) ?? asElementsAndLetters(plain)));
  if (!endsInZone) return word.length;
  steps.push(elementStep("TZH:TZM"));
  return word.length + ":TZM".length;
}

function asElements(word: string): Step[] | null {
  const steps: Step[] = [];
  let at = 0;
  while (at < word.length) {
    const name = elementAt(word, at, 1);
    if (name === undefined) return null;
    steps.push(elementStep(name));
    at += name.length;
  }
  return steps;
}

function asElementsAndLetters(word: string): Step[] {
  const steps: Step[] = [];
  let at = 0;
  while (at < word.length) {
    const name = elementAt(word, at, 2);
    steps.push(name === undefined ? { kind: "literal", text: word.charAt(at) } : elementStep(name));
    at += name?.length ?? 1;
  }
  return steps;
}

function elementAt(word: string, at: number, shortest: number): string | undefined {
  return LONGEST_FIRST.find(
    (name) => name.length >= shortest && word.slice(at, at + name.length).toUpperCase() === name,
  );
}

function elementStep(name: string): Step {
  const element = DATETIME_ELEMENTS.get(name);
  return element === undefined ? { kind: "literal", text: name } : { kind: "element", element };
}

function mergeLiterals(steps: readonly Step[]): Step[] {
  const merged: Step[] = [];
  for (const step of steps) {
    const last = merged.at(-1);
    if (step.kind === "literal" && last?.kind === "literal") {
      merged[merged.length - 1] = { kind: "literal", text: last.text + step.text };
    } else merged.push(step);
  }
  return merged;
}

const MAX_CACHED_MODELS = 500;
const models = new Map<string, DateTimeModel>();

/** The compiled model of a text, from a bounded cache. */
export function dateTimeModel(text: string): DateTimeModel {
  const known = models.get(text);
  if (known !== undefined) return known;
  if (models.size >= MAX_CACHED_MODELS) models.clear();
  const model = compileDateTimeModel(text);
  models.set(text, model);
  return model;
}

/** Prints a reading by a model. Zone elements print Z for a reading without offset. */
export function printDateTime(model: DateTimeModel, fields: DateTimeFields): string {
  const parts = printedParts(fields);
  let text = "";
  for (const step of model.steps) {
    text += step.kind === "element" ? step.element.print(parts) : step.text;
  }
  return text;
}

/**
 * Parses a text by a model. Blanks of the model must be there; blanks of the text alone are skipped between
 * elements. Letters match in any case.
 * @returns null when the text does not fit the model or names no day or time
 */
export function parseDateTime(
  model: DateTimeModel,
  text: string,
  context: ElementContext,
): DateTimeFields | null {
  const scanner = new TextScanner(text);
  const parts = newReadParts();
  for (const step of model.steps) {
    if (!takeText(step, scanner, parts, context)) return null;
  }
  scanner.skipBlanks();
  return scanner.isAtEnd ? fieldsFromParts(parts) : null;
}

function takeText(
  step: Step,
  scanner: TextScanner,
  parts: ReadParts,
  context: ElementContext,
): boolean {
  if (step.kind === "literal" && scanner.word(step.text)) return true;
  const hadBlanks = scanner.skipBlanks();
  if (step.kind === "blanks") return hadBlanks;
  if (step.kind === "literal") return scanner.word(step.text);
  return step.element.parse(scanner, parts, context);
}
