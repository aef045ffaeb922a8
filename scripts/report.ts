import { closing, sum } from "./counts.ts";
import type { StepResult } from "./step.ts";

/** Failures of one step that the report repeats. */
const FAILURES_MAX = 20;

/**
 * Prints one line per step, what was skipped and why, what failed (of a long log people often have
 * the end only), and at the very end the closing line, alone.
 *
 * @returns the exit code: 0 only when nothing failed and something passed.
 */
export function report(results: readonly StepResult[]): 0 | 1 {
  const width = Math.max(...results.map(({ step }) => step.name.length), 0);
  const lines = results.map(({ step, counts, seconds }) => {
    const mark = counts.failed > 0 ? "FAIL" : "ok  ";
    return `${mark} ${step.name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${closing(counts)}`;
  });
  const failures = results.flatMap(({ step, failures }) => [
    ...failures.slice(0, FAILURES_MAX).map((failure) => `${step.name}: ${failure}`),
    ...(failures.length > FAILURES_MAX
      ? [`${step.name}: and ${failures.length - FAILURES_MAX} more`]
      : []),
  ]);
  const skips = results.flatMap(({ step, skips }) => skips.map((skip) => `${step.name}: ${skip}`));
  const total = sum(results.map(({ counts }) => counts));

  process.stdout.write(`\n${lines.join("\n")}\n`);
  if (skips.length > 0) process.stdout.write(`\nSkipped:\n${skips.join("\n")}\n`);
  if (failures.length > 0) process.stdout.write(`\nFailed:\n${failures.join("\n")}\n`);
  process.stdout.write(`\n${closing(total)}\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
