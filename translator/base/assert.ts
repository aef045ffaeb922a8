/** Assertions that replace `!` and `as`: each states what must hold and throws a named internal error. */

export class InternalError extends Error {
  override readonly name = "InternalError";
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}

/** The value, which the caller knows to be there. */
export function must<T>(value: T | null | undefined, message = "value expected"): T {
  if (value === null || value === undefined) throw new InternalError(message);
  return value;
}

/** Marks the end of an exhaustive switch over a union. */
export function unreachable(value: never): never {
  throw new InternalError(`unreachable: ${JSON.stringify(value)}`);
}
