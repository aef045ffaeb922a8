/**
 * Time and memory of a large result: `npx tsx bench/large-result.ts [rows]`. The query is run and stored, then every
 * chunk is made in both formats, as drivers would fetch them.
 */

import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { arrowRowset } from "../server/results/arrow.ts";
import { arrowPart } from "../server/results/arrow-export.ts";
import { variantFormats } from "../server/results/formats.ts";
import { jsonRowset } from "../server/results/json.ts";
import { jsonPart } from "../server/results/json-export.ts";
import { limits, openResultsKit, storedResult } from "../server/results/results.test-kit.ts";
import type { ResultColumn } from "../server/results/stream.ts";

const MEGABYTE = 1024 * 1024;
const columns: readonly ResultColumn[] = [
  { name: "ID", type: { kind: "number", precision: 38, scale: 0 }, nullable: true },
  { name: "NAME", type: { kind: "text", length: 100 }, nullable: true },
  { name: "AMOUNT", type: { kind: "number", precision: 12, scale: 2 }, nullable: true },
  { name: "AT", type: { kind: "timestamp", flavor: "ntz", scale: 9 }, nullable: true },
  { name: "KIND", type: { kind: "text", length: 100 }, nullable: true },
];
const SELECT = (
  rows: number,
) => `SELECT i::DECIMAL(38,0), 'name ' || i, (i * 7 % 1000)::DECIMAL(12,2),
  TIMESTAMP '2024-01-01' + to_microseconds(i), CASE WHEN i % 3 = 0 THEN NULL ELSE 'kind ' || (i % 50) END
  FROM range(${rows}) AS r(i)`;

function megabytes(): string {
  return `${Math.round(process.memoryUsage().rss / MEGABYTE)} MB`;
}

async function timed<T>(label: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`${label}: ${(performance.now() - start).toFixed(1)} ms, resident ${megabytes()}`);
  return result;
}

async function main(): Promise<void> {
  const rows = Number(process.argv[2] ?? 3_000_000);
  const kit = await openResultsKit();
  const options = { formats: variantFormats(kit.parameters), pretty: true };
  const source = (count: number) => ({
    kind: "query" as const,
    sql: SELECT(count),
    volatile: false,
  });
  console.log(`resident at the start ${megabytes()}`);
  for (const count of [1, 1_000, 20_000, 50_000]) {
    const small = await timed(`${count} rows inline`, () =>
      storedResult(kit, columns, source(count)),
    );
    await timed("  JSON", async () => jsonRowset(small, options));
    await timed("  Arrow", () => arrowRowset(small, options));
  }
  await timed("50000 rows through a file", () =>
    storedResult(kit, columns, source(50_000), limits(1)),
  );
  const result = await timed(`${rows} rows stored`, () => storedResult(kit, columns, source(rows)));
  const { exported } = result;
  if (exported === undefined) throw new Error("the result is not large");
  console.log(
    `file of ${Math.round(exported.bytes / MEGABYTE)} MB, ${exported.parts.length} parts`,
  );
  const connection = await kit.database.connect();
  let bytes = 0;
  await timed("JSON chunks", async () => {
    for (const part of exported.parts) {
      bytes += (await jsonPart(connection, columns, exported, part)).length;
    }
  });
  console.log(`${Math.round(bytes / MEGABYTE)} MB of JSON`);
  bytes = 0;
  await timed("Arrow chunks", async () => {
    for (const part of exported.parts) bytes += (await arrowPart(columns, exported, part)).length;
  });
  console.log(`${Math.round(bytes / MEGABYTE)} MB of Arrow`);
  await timed("Arrow chunks, gzip", async () => {
    for (const part of exported.parts.slice(0, 10)) {
      await promisify(gzip)(await arrowPart(columns, exported, part), { level: 1 });
    }
  });
  await kit.close();
}

await main();
