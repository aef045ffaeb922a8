/**
 * The row pattern of MATCH_RECOGNIZE as a program for the matcher (match-run.ts): symbols, choices with the preferred branch
 * first, jumps and anchors. Counted repetitions are written out.
 */

import type { RowPattern } from "../ast/queries.ts";
import { MAX_PATTERN_STEPS } from "../base/limits.ts";

export type PatternStep =
  /** Takes a row that the symbol holds for; `excluded` rows belong to the match but are not shown. */
  | { readonly op: "symbol"; readonly symbol: number; readonly excluded: boolean }
  /** Tries `first`, and `second` when that leads to no match. */
  | { readonly op: "split"; first: number; second: number }
  | { readonly op: "jump"; to: number }
  | { readonly op: "start" | "end" | "match" };

/** Undefined when the program would exceed MAX_PATTERN_STEPS. */
export type PatternProgram = readonly PatternStep[] | undefined;

class TooLong extends Error {}

/**
 * Compiles a pattern.
 * @param symbolNumber the number of a symbol by its name
 */
export function compilePattern(
  pattern: RowPattern,
  symbolNumber: (name: string) => number,
): PatternProgram {
  const compiler = new PatternCompiler(symbolNumber);
  try {
    compiler.compile(pattern, false);
    compiler.add({ op: "match" });
    return compiler.steps;
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
}

class PatternCompiler {
  readonly steps: PatternStep[] = [];
  private readonly symbolNumber: (name: string) => number;

  constructor(symbolNumber: (name: string) => number) {
    this.symbolNumber = symbolNumber;
  }

  add<Step extends PatternStep>(step: Step): Step {
    if (this.steps.length >= MAX_PATTERN_STEPS) throw new TooLong();
    this.steps.push(step);
    return step;
  }

  compile(pattern: RowPattern, excluded: boolean): void {
    switch (pattern.kind) {
      case "symbol":
        this.add({ op: "symbol", symbol: this.symbolNumber(pattern.name.name), excluded });
        return;
      case "start":
      case "end":
        this.add({ op: pattern.kind });
        return;
      case "empty":
        return;
      case "concatenation":
        for (const item of pattern.items) this.compile(item, excluded);
        return;
      case "alternation":
        this.choice(
          pattern.items.map((item) => () => this.compile(item, excluded)),
          0,
        );
        return;
      case "permutation":
        this.permutations(pattern.items, excluded);
        return;
      case "exclusion":
        this.compile(pattern.item, true);
        return;
      case "quantified":
        this.quantified(pattern, excluded);
        return;
    }
  }

  /** The branches from `index` on, the earlier ones preferred. */
  private choice(branches: readonly (() => void)[], index: number): void {
    const branch = branches[index];
    if (branch === undefined) return;
    if (index === branches.length - 1) {
      branch();
      return;
    }
    const split = this.add({ op: "split", first: this.steps.length + 1, second: 0 });
    branch();
    const jump = this.add({ op: "jump", to: 0 });
    split.second = this.steps.length;
    this.choice(branches, index + 1);
    jump.to = this.steps.length;
  }

  /** PERMUTE: the items in every order, the written order preferred. */
  private permutations(items: readonly RowPattern[], excluded: boolean): void {
    if (items.length === 0) return;
    const branches = items.map((item, index) => () => {
      this.compile(item, excluded);
      this.permutations([...items.slice(0, index), ...items.slice(index + 1)], excluded);
    });
    this.choice(branches, 0);
  }

  private quantified(
    pattern: Extract<RowPattern, { kind: "quantified" }>,
    excluded: boolean,
  ): void {
    const { item, minimum, maximum, reluctant } = pattern;
    for (let i = 0; i < minimum; i++) this.compile(item, excluded);
    if (maximum === undefined) {
      const loop = this.steps.length;
      const split = this.add({ op: "split", first: 0, second: 0 });
      this.compile(item, excluded);
      this.add({ op: "jump", to: loop });
      this.enter(split, loop + 1, this.steps.length, reluctant);
      return;
    }
    const splits: { readonly split: Extract<PatternStep, { op: "split" }>; body: number }[] = [];
    for (let i = minimum; i < maximum; i++) {
      const split = this.add({ op: "split" as const, first: 0, second: 0 });
      splits.push({ split, body: this.steps.length });
      this.compile(item, excluded);
    }
    for (const { split, body } of splits) this.enter(split, body, this.steps.length, reluctant);
  }

  private enter(
    split: Extract<PatternStep, { op: "split" }>,
    body: number,
    exit: number,
    reluctant: boolean,
  ): void {
    split.first = reluctant ? exit : body;
    split.second = reluctant ? body : exit;
  }
}
