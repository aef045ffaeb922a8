/**
 * Errors inside a block: what a handler can catch, and what is left of them outside.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions
 */

import type { ExceptionHandler } from "../../../translator/ast/scripting.ts";
import { SnowflakeError } from "../../../translator/base/errors.ts";
import { positionAt } from "../../../translator/base/source.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import type { ExceptionVariable, Guard } from "./scope.ts";

export type RaisedType = "STATEMENT_ERROR" | "EXPRESSION_ERROR";

/** Stopped or timed out: nothing in a block can catch these. */
const STOPPED = new Set(["000604", "000630"]);

/** An error on its way to a handler. */
export class Raised extends Error {
  /** STATEMENT_ERROR, EXPRESSION_ERROR, or the exception's own name. */
  readonly type: string;
  readonly code: string;
  readonly sqlState: string;
  /** Where it happened, in the script's text. */
  readonly offset: number;
  /** Set for exceptions that the block declared. */
  readonly exception: ExceptionVariable | undefined;

  constructor(
    type: string,
    error: { readonly code: string; readonly sqlState: string; readonly message: string },
    offset: number,
    exception: ExceptionVariable | undefined,
  ) {
    super(error.message);
    this.type = type;
    this.code = error.code;
    this.sqlState = error.sqlState;
    this.offset = offset;
    this.exception = exception;
  }
}

/** The exception of RAISE. */
export function raisedException(exception: ExceptionVariable, offset: number): Raised {
  const { name, code, message } = exception;
  return new Raised(name, { code: String(code), sqlState: "P0001", message }, offset, exception);
}

/** Whatever a statement or expression threw; what is on its way already, and a stop, stays as it is. */
export function asRaised(error: unknown, type: RaisedType, offset: number): unknown {
  if (error instanceof Raised || error instanceof Caught) return error;
  const known = asSnowflakeError(error);
  if (STOPPED.has(known.code)) return known;
  const raised = new Raised(type, known, offset, undefined);
  raised.cause = known;
  return raised;
}

/** An error that has found its EXIT handler and leaves everything up to that handler's block. */
export class Caught extends Error {
  readonly guard: Guard;
  readonly handler: ExceptionHandler;
  readonly raised: Raised;

  constructor(guard: Guard, handler: ExceptionHandler, raised: Raised) {
    super(raised.message);
    this.guard = guard;
    this.handler = handler;
    this.raised = raised;
  }
}

/** Whether a handler is for the error. */
export function handles({ names }: ExceptionHandler, { scope }: Guard, raised: Raised): boolean {
  return names.some(({ name }) => {
    if (name === "OTHER" || (raised.exception === undefined && name === raised.type)) return true;
    const declared = scope.find(name);
    return declared?.kind === "exception" && declared === raised.exception;
  });
}

/**
 * The error of a block that nobody caught in it: code and state stay, the text says where.
 * Not of the error table: code and state are those of the error inside.
 */
export function uncaught(error: unknown, text: string): unknown {
  if (!(error instanceof Raised)) return error;
  const { line, position } = positionAt(text, error.offset);
  const where = `on line ${line} at position ${position}`;
  const message = `Uncaught exception of type '${error.type}' ${where} : ${error.message}`;
  const outside = new SnowflakeError(error.code, error.sqlState, message);
  outside.cause = error.cause;
  return outside;
}
