/**
 * How often a target lag makes a table refresh. Refreshes take place at whole multiples of 48 seconds doubled again and again, so that
 * the tables of a pipeline meet at the same times whatever their lags are; the longest such period below the lag leaves a
 * refresh time to run. Docs only say that heuristics decide (user-guide/dynamic-tables/target-lag).
 */

const BASE_MS = 48_000;
const SECOND_MS = 1_000;

/** @param lagSeconds at least 60 */
export function refreshPeriod(lagSeconds: number): number {
  const lag = lagSeconds * SECOND_MS;
  let period = BASE_MS;
  while (period * 2 < lag) period *= 2;
  return period;
}

/** The next time after `now` at which a table with that lag is due; milliseconds since the epoch. */
export function nextRefresh(lagSeconds: number, now: number): number {
  const period = refreshPeriod(lagSeconds);
  return (Math.floor(now / period) + 1) * period;
}
