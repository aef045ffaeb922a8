/** How many tests of a step passed, failed and were skipped. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const NO_COUNTS: Counts = { passed: 0, failed: 0, skipped: 0 };

const CLOSING = /^(?:\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
const VITEST = /^\s*Tests\s+(.*\d.*)\(\d+\)$/;
const FAILURE = /^\s*(?:FAIL(?:ED)?\b|not ok\b|\w*Error: )/;
const SKIP = /^\s*SKIP(?:PED)?\b/;

/**
 * The counts of a step from what it printed and its exit code: its last closing line
 * (`N passed, N failed, N skipped`), else vitest's summary, else the exit code as one test.
 * A step that ended badly has at least one failure, whatever it counted.
 */
export function countsOf(lines: readonly string[], exitCode: number): Counts {
  const counted = closingLine(lines) ?? vitestSummary(lines);
  if (exitCode !== 0) {
    const counts = counted ?? NO_COUNTS;
    return { ...counts, failed: Math.max(counts.failed, 1) };
  }
  if (counted !== undefined) return counted;
  // Vitest without a single test file of that kind has tested nothing.
  if (lines.some((line) => line.startsWith("No test files found"))) return NO_COUNTS;
  return { passed: 1, failed: 0, skipped: 0 };
}

/** The lines with which a step says what it left out: those that begin with SKIP or SKIPPED. */
export function skipsIn(lines: readonly string[]): string[] {
  return lines.filter((line) => SKIP.test(line)).map((line) => line.trim());
}

/** The lines with which a step names what failed (FAIL …, not ok …) and an assertion's own words. */
export function failuresIn(lines: readonly string[]): string[] {
  const found = lines.filter((line) => FAILURE.test(line)).map((line) => line.trim());
  return [...new Set(found)];
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
    }),
    NO_COUNTS,
  );
}

/** The closing line that people and CI read. */
export function closing(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

function closingLine(lines: readonly string[]): Counts | undefined {
  for (const line of [...lines].reverse()) {
    const found = CLOSING.exec(line);
    if (found !== null) {
      return {
        passed: Number(found[1]),
        failed: Number(found[2]),
        skipped: Number(found[3] ?? 0),
      };
    }
  }
  return undefined;
}

function vitestSummary(lines: readonly string[]): Counts | undefined {
  const summary = lines.map((line) => VITEST.exec(line)?.[1]).find((text) => text !== undefined);
  if (summary === undefined) return undefined;
  const part = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
  return {
    passed: part("passed"),
    failed: part("failed"),
    skipped: part("skipped") + part("todo"),
  };
}
