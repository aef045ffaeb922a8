/** Typed reading of host function arguments, and the shorthand that declares one. */
import { InternalError } from "../base/assert.ts";
import type { HostFunction, HostType, HostValue } from "../base/host.ts";

type Value = HostValue | undefined;

function wrong(expected: string, value: Value): never {
  throw new InternalError(`host function expects ${expected}, got ${typeof value}`);
}

export function text(value: Value): string {
  return typeof value === "string" ? value : wrong("VARCHAR", value);
}

export function textOrNull(value: Value): string | null {
  return value === null || value === undefined ? null : text(value);
}

/** A BIGINT as a JS number; beyond its exact range it saturates, which no position needs. */
export function integer(value: Value): number {
  return typeof value === "bigint" ? Number(value) : wrong("BIGINT", value);
}

export function bigint(value: Value): bigint {
  return typeof value === "bigint" ? value : wrong("BIGINT", value);
}

export function number(value: Value): number {
  return typeof value === "number" ? value : wrong("DOUBLE or DATE", value);
}

export function boolean(value: Value): boolean {
  return typeof value === "boolean" ? value : wrong("BOOLEAN", value);
}

export function bytes(value: Value): Uint8Array {
  return value instanceof Uint8Array ? value : wrong("BLOB", value);
}

export function list(value: Value): readonly (string | null)[] {
  return Array.isArray(value) ? value : wrong("VARCHAR[]", value);
}

/** Arguments of a variadic function from some place on. */
export function texts(values: readonly HostValue[], from: number): (string | null)[] {
  return values.slice(from).map(textOrNull);
}

type Evaluate = (...args: readonly HostValue[]) => HostValue;

/** A function whose NULL arguments give NULL without a call. */
export function strict(
  name: string,
  parameters: readonly HostType[],
  returns: HostType,
  evaluate: Evaluate,
): HostFunction {
  return { name, parameters, returns, evaluate };
}

/** A function that sees NULL arguments. */
export function nullable(
  name: string,
  parameters: readonly HostType[],
  returns: HostType,
  evaluate: Evaluate,
): HostFunction {
  return { name, parameters, returns, handlesNull: true, evaluate };
}

/** A function that sees NULL arguments and takes any number of further VARCHARs. */
export function variadic(
  name: string,
  parameters: readonly HostType[],
  returns: HostType,
  evaluate: Evaluate,
): HostFunction {
  return { name, parameters, variadic: "VARCHAR", returns, handlesNull: true, evaluate };
}

/** A bigint result of a count or position. */
export function bigintOrNull(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
