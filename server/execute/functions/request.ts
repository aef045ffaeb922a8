/** A call of a function that the server answers: its arguments as values, and answers that take time. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Binder, ServerCall } from "../../../translator/bind/binder.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { castTo } from "../../../translator/bind/coerce.ts";
import { constant } from "../../../translator/bind/fold.ts";
import { LEFT_OUT } from "../../../translator/bind/overloads.ts";
import { prequeryValue } from "../../../translator/bind/query-prequery.ts";
import { contains } from "../../../translator/bind/query-walk.ts";
import { TEXT } from "../../../translator/types/types.ts";
import type { Execution } from "../execution.ts";

/** Thrown while a statement is bound; the caller gets the answer and binds again. */
export class AnswerNeeded extends Error {
  override readonly name = "AnswerNeeded";
  readonly key: string;
  readonly answer: () => Promise<unknown>;

  constructor(key: string, answer: () => Promise<unknown>) {
    super("the server must answer before this statement can be bound");
    this.key = key;
    this.answer = answer;
  }
}

/** What the server has answered to the functions of one statement. */
export type Answers = {
  /**
   * The answer under that key; one that is not there yet is got before the statement is bound again.
   * @returns undefined where nothing may happen: the statement is only described
   */
  readonly get: <Answer>(key: string, answer: () => Promise<Answer>) => Answer | undefined;
};

/** For statements that are described, or bound only to be checked: nothing is done for them. */
export const NO_ANSWERS: Answers = { get: () => undefined };

/** Answers that are kept in a map. */
export function keptAnswers(known: ReadonlyMap<string, unknown>): Answers {
  return {
    get: <Answer>(key: string, answer: () => Promise<Answer>) => {
      if (!known.has(key)) throw new AnswerNeeded(key, answer);
      return known.get(key) as Answer;
    },
  };
}

export type ServerRequest = {
  readonly call: ServerCall;
  readonly binder: Binder;
  readonly execution: Execution;
  readonly answers: Answers;
};

/**
 * An argument's value as text; undefined for one that was left out, null for NULL.
 * @throws 001015 for one that depends on a row
 */
export function textArgument(
  { call, binder }: ServerRequest,
  index: number,
): string | null | undefined {
  const given = call.arguments[index];
  if (given === undefined || given === LEFT_OUT) return undefined;
  if (contains(given, (inner) => inner.kind === "column")) {
    const found = call.sources[index] ?? "";
    throw binder.error("constantArgument", { index: index + 1, name: call.entry.name, found });
  }
  const text = given.type.kind === "text" ? given : castTo(given, TEXT, binder);
  if (text.kind === "constant") return text.value === null ? null : String(text.value);
  const key = `${call.entry.name}:${call.span.start}:${binder.text.length}:${index}`;
  return prequeryValue(text, key, binder);
}

/** The same for an argument that must have a value. @throws 001015 when it is NULL */
export function requiredText(request: ServerRequest, index: number): string {
  const text = textArgument(request, index);
  if (typeof text === "string") return text;
  const { name } = request.call.entry;
  throw snowflakeError("constantArgument", { index: index + 1, name, found: "NULL" });
}

/** An answer that takes time, as a constant of the call's type; NULL while the statement is described. */
export function answered(
  request: ServerRequest,
  answer: () => Promise<string | boolean | null>,
): BoundExpression {
  const { call, answers } = request;
  const values = call.arguments.map((_, index) => textArgument(request, index) ?? null);
  const key = `${call.entry.name}:${JSON.stringify(values)}`;
  return constant(call.type, answers.get(key, answer) ?? null, call.span.start);
}
