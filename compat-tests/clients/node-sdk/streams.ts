/** Row streams over a result in several chunks: ranges, pauses, several at a time, after the session. */

import { deepEqual, equal } from "node:assert/strict";
import type { Checks } from "../kit/checks.ts";
import { close, connect, run, type Statement } from "./session.ts";

const ROWS = 100_000;
const SUM = (ROWS * (ROWS - 1)) / 2;
const LARGE = `select seq4() as n, 'row ' || n as name from table(generator(rowcount => ${ROWS})) order by n`;
const PAUSE_EVERY = 30_000;

async function numbers(
  statement: Statement,
  range?: { start?: number; end?: number },
): Promise<number[]> {
  const seen: number[] = [];
  for await (const row of statement.streamRows(range)) seen.push(row.N);
  return seen;
}

function sum(seen: readonly number[]): number {
  return seen.reduce((total, n) => total + n, 0);
}

export async function checkStreams(checks: Checks, url: string): Promise<void> {
  const connection = await connect(url, { streamResult: true, resultPrefetch: 2 });
  const { statement } = await run(connection, LARGE);
  await checks.check("ranges of a stream", async () => {
    const last = ROWS - 1;
    deepEqual(await numbers(statement, { start: 0, end: 2 }), [0, 1, 2]);
    deepEqual(await numbers(statement, { start: last - 1 }), [last - 1, last]);
    deepEqual(await numbers(statement, { end: 1 }), [0, 1]);
    deepEqual(await numbers(statement, { start: ROWS + 10 }), []);
    deepEqual(await numbers(statement, { start: 2, end: 1 }), []);
  });
  await checks.check("a stream that is paused and goes on", async () => {
    const stream = statement.streamRows({ fetchAsString: ["Number"] });
    const seen: number[] = [];
    stream.on("data", (row: { N: unknown }) => {
      if (typeof row.N === "string") seen.push(Number(row.N));
      if (seen.length % PAUSE_EVERY !== 0) return;
      stream.pause();
      setImmediate(() => stream.resume());
    });
    await new Promise((resolve, reject) => stream.on("end", resolve).on("error", reject));
    deepEqual([seen.length, sum(seen)], [ROWS, SUM]);
  });
  await checks.check("two streams of one result side by side", async () => {
    const both = await Promise.all([numbers(statement), numbers(statement)]);
    deepEqual(both.map(sum), [SUM, SUM]);
  });
  await checks.check("rows one by one, until there are enough", async () => {
    let count = 0;
    await new Promise<void>((resolve, reject) => {
      const each = () => ++count < 5;
      const end = (error: Error | undefined) => (error ? reject(error) : resolve());
      statement.fetchRows({ each, end } as never);
    });
    equal(count, 5);
  });
  await checks.check("a stream after other statements, and after the session", async () => {
    await run(connection, "select 1");
    await close(connection);
    equal(sum(await numbers(statement)), SUM);
  });
}
