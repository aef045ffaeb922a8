import { gunzipSync } from "node:zlib";
import { tableFromIPC } from "apache-arrow";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { arrowRowset } from "../results/arrow.ts";
import { displayOptions } from "../results/formats.ts";
import { jsonRowset } from "../results/json.ts";
import {
  limits,
  openResultsKit,
  type ResultsKit,
  storedResult,
} from "../results/results.test-kit.ts";
import type { StoredResult } from "../results/stored.ts";
import { chunkBody, chunkList } from "./chunks.ts";

const ROWS = 100_000;
const columns = [
  { name: "N", type: { kind: "number", precision: 38, scale: 0 }, nullable: true },
  { name: "T", type: { kind: "text", length: 10 }, nullable: true },
] as const;

let kit: ResultsKit;
let app: FastifyInstance;
let result: StoredResult;
const account = () => ({ state: { results: kit.store, database: kit.database } });
const options = () => displayOptions(kit.parameters);

beforeAll(async () => {
  kit = await openResultsKit();
  const sql = `SELECT i::DECIMAL(38,0), CASE WHEN i % 2 = 0 THEN 'row ' || i END FROM range(${ROWS}) AS r(i)`;
  const source = { kind: "query", sql, volatile: false } as const;
  result = await storedResult(kit, columns, source, limits(500));
  app = Fastify();
  app.get("/chunks/:token/:queryId/:index", (request, reply) =>
    chunkBody(account(), request, reply),
  );
});
afterAll(async () => {
  await app.close();
  await kit.close();
});

async function download(format: "json" | "arrow"): Promise<Buffer[]> {
  const list = chunkList(account(), { origin: "http://example:1" }, result, format).chunks ?? [];
  const bodies: Buffer[] = [];
  for (const { url } of list) {
    expect(url.startsWith("http://example:1/chunks/")).toBe(true);
    const answer = await app.inject({ method: "GET", url: url.slice("http://example:1".length) });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-encoding"]).toBe("gzip");
    bodies.push(gunzipSync(answer.rawPayload));
  }
  return bodies;
}

it("inline rows and chunks are all rows in order, as JSON", async () => {
  const bodies = await download("json");
  const list = chunkList(account(), { origin: "http://example:1" }, result, "json").chunks ?? [];
  const parts = bodies.map((body) => JSON.parse(`[${body}]`) as unknown[]);
  expect(parts.map((rows) => rows.length)).toEqual(list.map((chunk) => chunk.rowCount));
  // Drivers allocate by the announced size: it may be more than the real one, never less.
  bodies.forEach((body, i) => {
    expect(list[i]?.uncompressedSize).toBeGreaterThanOrEqual(body.length);
  });
  const inline = JSON.parse(jsonRowset(result, options())) as unknown[];
  const rows = [...inline, ...parts.flat()];
  expect(rows.length).toBe(ROWS);
  const expected = Array.from({ length: ROWS }, (_, i) => [
    `${i}`,
    i % 2 === 0 ? `row ${i}` : null,
  ]);
  expect(rows).toEqual(expected);
});

it("the same as Arrow, with one schema", async () => {
  const inline = Buffer.from(await arrowRowset(result, options()), "base64");
  let next = 0;
  for (const body of [inline, ...(await download("arrow"))]) {
    const table = tableFromIPC(body);
    expect(String(table.schema.fields[0]?.type)).toBe("Int32");
    const numbers = table.getChildAt(0);
    for (let row = 0; row < table.numRows; row++) expect(numbers?.get(row)).toBe(next++);
  }
  expect(next).toBe(ROWS);
});

it("a wrong token or index is not found", async () => {
  const token = kit.store.token(result.queryId);
  for (const path of [
    `guess/${result.queryId}/0`,
    `${token}/none/0`,
    `${token}/${result.queryId}/99`,
  ]) {
    const answer = await app.inject({ method: "GET", url: `/chunks/${path}?format=json` });
    expect(answer.statusCode).toBe(404);
  }
});

it("a small result names no chunks", async () => {
  const small = await storedResult(kit, columns, { kind: "cells", rows: [["1", "a"]] });
  expect(chunkList(account(), { origin: "http://example:1" }, small, "json")).toEqual({});
});
