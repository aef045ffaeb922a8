/** Timing helpers: medians over many runs, in milliseconds. */

export type Figures = { readonly median: number; readonly p95: number; readonly runs: number };

const WARM_UP_SHARE = 0.1;

export function figures(times: readonly number[]): Figures {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), runs: sorted.length };
}

/** Runs `work` that often (after a warm-up) and gives the figures of one run. */
export async function timed(runs: number, work: (run: number) => unknown): Promise<Figures> {
  const times: number[] = [];
  const warmUp = Math.ceil(runs * WARM_UP_SHARE);
  for (let run = 0; run < runs + warmUp; run++) {
    const start = performance.now();
    await work(run);
    if (run >= warmUp) times.push(performance.now() - start);
  }
  return figures(times);
}

/** Two kinds of work in turn, so that both meet the same machine. */
export async function paired(
  runs: number,
  first: (run: number) => unknown,
  second: (run: number) => unknown,
): Promise<readonly [Figures, Figures]> {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await first(run);
    const between = performance.now();
    await second(run);
    times[0].push(between - start);
    times[1].push(performance.now() - between);
  }
  return [figures(times[0]), figures(times[1])];
}

export function ms(value: number): string {
  return value < 1 ? value.toFixed(3) : value.toFixed(2);
}
