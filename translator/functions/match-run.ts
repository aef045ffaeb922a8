/**
 * The matcher of MATCH_RECOGNIZE: finds the matches among the rows of one partition, from left to right, by the pattern's order
 * of preference. Whether a symbol holds for a row does not depend on the rows before (DEFINE cannot refer to them), so a
 * place in the program that failed at a row once fails there always: the work is at most rows times steps.
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import { MAX_MATCH_STATES } from "../base/limits.ts";
import type { PatternStep } from "./match-pattern.ts";

export type MatchOptions = {
  readonly program: readonly PatternStep[];
  /** Per symbol the position of its truth value in a row's mask; -1 for a symbol that every row has. */
  readonly bits: readonly number[];
  readonly rows: "one" | "all" | "all_show_empty" | "all_omit_empty" | "all_with_unmatched";
  /** Where the search goes on: behind the match, at the row behind its first, or at the first or last row of symbols. */
  readonly skip:
    | { readonly kind: "past_last_row" | "next_row" }
    | {
        readonly kind: "to_first" | "to_last";
        readonly name: string;
        readonly symbols: readonly number[];
      };
};

/** A row of the result. */
export type MatchedRow = {
  /** From 1; undefined for a row outside of every match. */
  readonly match: number | undefined;
  /** Position in the match, from 1; undefined for an empty match. */
  readonly sequence: number | undefined;
  /** Position in the partition, from 1. */
  readonly row: number;
  readonly symbol: number | undefined;
  /** False: the row only takes part in measures. */
  readonly shown: boolean;
};

/**
 * All matches of a partition.
 * @param masks one per row, "1" where a symbol's condition is true
 * @throws when SKIP TO names a symbol that has no row, or the first row of the match
 */
export function findMatches(masks: readonly string[], options: MatchOptions): MatchedRow[] {
  const matcher = new Matcher(masks, options);
  const found: MatchedRow[] = [];
  const covered = new Uint8Array(options.rows === "all_with_unmatched" ? masks.length : 0);
  let match = 0;
  for (let start = 0; start < masks.length; ) {
    const path = matcher.matchAt(start);
    if (path === undefined) {
      start++;
      continue;
    }
    match++;
    pushMatch(found, path, match, start, options);
    covered.fill(1, start, start + Math.max(1, path.length));
    start = nextStart(path, start, options);
  }
  covered.forEach((isCovered, row) => {
    if (isCovered === 1) return;
    const outside = { match: undefined, sequence: undefined, symbol: undefined };
    found.push({ ...outside, row: row + 1, shown: true });
  });
  return found;
}

type Taken = Extract<PatternStep, { op: "symbol" }>;

function pushMatch(
  found: MatchedRow[],
  path: readonly Taken[],
  match: number,
  start: number,
  { rows }: MatchOptions,
): void {
  if (path.length === 0) {
    const shown = rows !== "all_omit_empty";
    found.push({ match, sequence: undefined, row: start + 1, symbol: undefined, shown });
    return;
  }
  path.forEach((step, index) => {
    const shown = rows === "one" ? index === path.length - 1 : !step.excluded;
    const row = start + index + 1;
    found.push({ match, sequence: index + 1, row, symbol: step.symbol, shown });
  });
}

function nextStart(path: readonly Taken[], start: number, { skip }: MatchOptions): number {
  if (path.length === 0 || skip.kind === "next_row") return start + 1;
  if (!("symbols" in skip)) return start + path.length;
  const { kind, name, symbols } = skip;
  const has = (step: Taken): boolean => symbols.includes(step.symbol);
  const index = kind === "to_first" ? path.findIndex(has) : path.findLastIndex(has);
  if (index < 0) throw snowflakeError("matchSkipNoRow", { name });
  if (index === 0) throw snowflakeError("matchSkipFirstRow", { name });
  return start + index;
}

class Matcher {
  private readonly masks: readonly string[];
  private readonly program: readonly PatternStep[];
  private readonly bits: readonly number[];
  /** One bit for each (row, step) that was tried without success, or in the attempt that runs. */
  private readonly tried: Uint8Array;

  constructor(masks: readonly string[], { program, bits }: MatchOptions) {
    this.masks = masks;
    this.program = program;
    this.bits = bits;
    const states = (masks.length + 1) * program.length;
    if (states > MAX_MATCH_STATES) {
      const feature = `MATCH_RECOGNIZE over more than ${MAX_MATCH_STATES} rows times steps`;
      throw snowflakeError("unsupportedFeature", { feature });
    }
    this.tried = new Uint8Array(Math.ceil(states / 8));
  }

  /** The steps that take the rows from `start` on; undefined when there is no match there. */
  matchAt(start: number): readonly Taken[] | undefined {
    const path: Taken[] = [];
    const journey: number[] = [];
    const open: { readonly step: number; readonly length: number }[] = [{ step: 0, length: 0 }];
    for (let branch = open.pop(); branch !== undefined; branch = open.pop()) {
      path.length = branch.length;
      let next: number | undefined = branch.step;
      while (next !== undefined) {
        const position = start + path.length;
        const state = position * this.program.length + next;
        if (!this.mark(state)) break;
        journey.push(state);
        const step: PatternStep = must(this.program[next]);
        if (step.op === "match") {
          for (const visited of journey) this.unmark(visited);
          return path;
        }
        if (step.op === "split") open.push({ step: step.second, length: path.length });
        next = this.advance(step, next, position, path);
      }
    }
    return undefined;
  }

  /** The step after this one; undefined when it fails here. */
  private advance(
    step: PatternStep,
    at: number,
    position: number,
    path: Taken[],
  ): number | undefined {
    switch (step.op) {
      case "symbol":
        if (!this.holds(step.symbol, position)) return undefined;
        path.push(step);
        return at + 1;
      case "split":
        return step.first;
      case "jump":
        return step.to;
      case "start":
        return position === 0 ? at + 1 : undefined;
      case "end":
        return position === this.masks.length ? at + 1 : undefined;
      case "match":
        return undefined;
    }
  }

  private holds(symbol: number, position: number): boolean {
    const mask = this.masks[position];
    if (mask === undefined) return false;
    const bit = must(this.bits[symbol]);
    return bit < 0 || mask[bit] === "1";
  }

  /** False when the state was tried before. */
  private mark(state: number): boolean {
    const byte = Math.floor(state / 8);
    const known = must(this.tried[byte]);
    const bit = 1 << (state % 8);
    this.tried[byte] = known | bit;
    return (known & bit) === 0;
  }

  private unmark(state: number): void {
    const byte = Math.floor(state / 8);
    this.tried[byte] = must(this.tried[byte]) & ~(1 << (state % 8));
  }
}
