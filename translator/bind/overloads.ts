/** Overload resolution: the signature that fits the arguments best, with conversions put in. */

import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import { withCollation } from "../functions/collation.ts";
import type { FunctionEntry, Parameter, Signature } from "../functions/define.ts";
import { typeText } from "../types/names.ts";
import { NULL_TYPE, type SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo, toCommonType } from "./coerce.ts";
import { type Conversion, matchPattern } from "./patterns.ts";

/** Stands for an optional argument that was left out before a named one; compare by identity. */
export const LEFT_OUT: BoundExpression = {
  kind: "constant",
  value: null,
  type: NULL_TYPE,
  nullable: false,
};

export type CallArgument = {
  /** Upper-case name of `name => value`. */
  readonly name?: string | undefined;
  readonly value: BoundExpression;
  readonly span?: Span | undefined;
};

export type ResolvedCall = {
  readonly signature: Signature;
  readonly arguments: readonly BoundExpression[];
  readonly type: SnowType;
  readonly nullable: boolean;
};

/** Where and how the call is written, for errors. */
export type CallPlace = { readonly span: Span | undefined };

function parameterAt(signature: Signature, index: number): Parameter | undefined {
  const { parameters } = signature;
  const last = parameters[parameters.length - 1];
  return parameters[index] ?? (last?.variadic ? last : undefined);
}

function countRange(signature: Signature): { readonly least: number; readonly most: number } {
  const least = signature.parameters.filter((parameter) => !parameter.optional).length;
  const isOpen = signature.parameters.some((parameter) => parameter.variadic);
  return { least, most: isOpen ? Number.POSITIVE_INFINITY : signature.parameters.length };
}

/** Arguments in the order of the parameters; undefined when a name does not exist or repeats. */
function arrange(
  signature: Signature,
  args: readonly CallArgument[],
): readonly BoundExpression[] | undefined {
  const placed: BoundExpression[] = [];
  for (const [index, argument] of args.entries()) {
    if (argument.name === undefined) {
      placed[index] = argument.value;
      continue;
    }
    const wanted = argument.name;
    const at = signature.parameters.findIndex((p) => p.name.toUpperCase() === wanted);
    if (at < 0 || placed[at] !== undefined) return undefined;
    placed[at] = argument.value;
  }
  const { least, most } = countRange(signature);
  const result = Array.from(placed, (value) => value ?? LEFT_OUT);
  if (result.length > most || result.filter((value) => value !== LEFT_OUT).length < least) {
    return undefined;
  }
  const isComplete = result.every(
    (value, index) => value !== LEFT_OUT || parameterAt(signature, index)?.optional,
  );
  return isComplete ? result : undefined;
}

type Candidate = {
  readonly signature: Signature;
  readonly arguments: readonly BoundExpression[];
  readonly conversions: readonly Conversion[];
  readonly cost: number;
};

function candidate(
  signature: Signature,
  args: readonly CallArgument[],
  binder: Binder,
): Candidate | undefined {
  const placed = arrange(signature, args);
  if (placed === undefined) return undefined;
  const conversions: Conversion[] = [];
  let cost = 0;
  for (const [index, argument] of placed.entries()) {
    const parameter = must(parameterAt(signature, index));
    const found =
      argument === LEFT_OUT ? { cost: 0 } : matchPattern(parameter.pattern, argument, binder);
    if (found === undefined) return undefined;
    conversions.push(found);
    cost += found.cost;
  }
  return { signature, arguments: placed, conversions, cost };
}

/**
 * Chooses the signature with the cheapest conversions (the first of equals) and converts the arguments.
 * @throws 000938, 000939 (count), 001044 (types), 001015 (not constant)
 */
export function resolveCall(
  entry: FunctionEntry,
  args: readonly CallArgument[],
  binder: Binder,
  place: CallPlace,
): ResolvedCall {
  let best: Candidate | undefined;
  for (const signature of entry.signatures) {
    const found = candidate(signature, args, binder);
    if (found !== undefined && (best === undefined || found.cost < best.cost)) best = found;
  }
  if (best === undefined) throw noSignature(entry, args, binder, place);
  checkConstants(entry, best, args, binder);
  const converted = convert(best, binder, place);
  const { type, nullable } = resultOf(best.signature, converted);
  const types = converted.map((argument) => argument.type);
  const collated = withCollation(entry.name, type, types);
  return { ...best, arguments: converted, type: collated, nullable };
}

function convert(best: Candidate, binder: Binder, place: CallPlace): readonly BoundExpression[] {
  const converted = best.arguments.map((argument, index) => {
    const type = best.conversions[index]?.type;
    return type === undefined ? argument : castTo(argument, type, binder, { implicit: true });
  });
  const same = converted.flatMap((argument, index) =>
    parameterAt(best.signature, index)?.pattern === "same" && argument !== LEFT_OUT ? [index] : [],
  );
  if (same.length === 0) return converted;
  const common = toCommonType(
    same.map((index) => must(converted[index])),
    binder,
    place.span,
  );
  same.forEach((index, at) => {
    converted[index] = must(common.expressions[at]);
  });
  return converted;
}

/** Type and nullability of a call by its signature. */
export function resultOf(
  signature: Signature,
  args: readonly BoundExpression[],
): { readonly type: SnowType; readonly nullable: boolean } {
  const types = args.map((argument) => argument.type);
  const type =
    typeof signature.returns === "function" ? signature.returns(types, args) : signature.returns;
  const isNullable =
    signature.nullability === "always" ||
    (signature.nullability === "strict" && args.some((argument) => argument.nullable));
  return { type, nullable: isNullable };
}

function checkConstants(
  entry: FunctionEntry,
  best: Candidate,
  args: readonly CallArgument[],
  binder: Binder,
): void {
  best.arguments.forEach((argument, index) => {
    const parameter = parameterAt(best.signature, index);
    if (parameter?.constant !== true || argument.kind === "constant") return;
    const span = args[index]?.span;
    throw binder.error("constantArgument", {
      index: index + 1,
      name: entry.name,
      found: span === undefined ? "" : binder.source(span),
    });
  });
}

function noSignature(
  entry: FunctionEntry,
  args: readonly CallArgument[],
  binder: Binder,
  place: CallPlace,
): Error {
  const ranges = entry.signatures.map(countRange);
  const least = Math.min(...ranges.map((range) => range.least));
  const most = Math.max(...ranges.map((range) => range.most));
  const call = place.span === undefined ? entry.name : binder.source(place.span);
  const actual = args.length;
  if (actual < least) {
    return binder.error("notEnoughArguments", { call, expected: least, actual }, place.span);
  }
  if (actual > most) {
    return binder.error("tooManyArguments", { call, expected: most, actual }, place.span);
  }
  if (ranges.every((range) => actual < range.least || actual > range.most)) {
    // Between two signatures: the next longer one misses arguments.
    const longer = ranges.filter((range) => range.least > actual);
    const expected = Math.min(...longer.map((range) => range.least));
    return binder.error("notEnoughArguments", { call, expected, actual }, place.span);
  }
  const types = args.map((argument) => typeText(argument.value.type)).join(", ");
  return binder.error("invalidArgumentTypes", { name: entry.name, types }, place.span);
}
