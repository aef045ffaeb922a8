import { existsSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { ResultStore } from "./store.ts";
import type { StoredResult } from "./stored.ts";

const LIMITS = { results: 2, memoryBytes: 1_000_000, fileBytes: 100 };
const stores: ResultStore[] = [];

function openStore(): ResultStore {
  const store = new ResultStore(undefined, LIMITS);
  stores.push(store);
  return store;
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

function result(queryId: string, path?: string | undefined, bytes = 1): StoredResult {
  return {
    queryId,
    sessionId: 1,
    statementType: 4096,
    columns: [],
    stats: undefined,
    rowCount: 0,
    inline: { kind: "cells", rows: [] },
    exported:
      path === undefined
        ? undefined
        : { path, variantSession: "", bytes, parts: [], widths: [], rowBytes: 1 },
  };
}

async function withFile(store: ResultStore, queryId: string, bytes = 1): Promise<string> {
  const path = await store.newFile();
  writeFileSync(path, "x");
  store.put(result(queryId, path, bytes));
  return path;
}

describe("ResultStore", () => {
  it("forgets the oldest above its number of results, and their files", async () => {
    const store = openStore();
    const path = await withFile(store, "a");
    store.put(result("b"));
    expect(existsSync(path)).toBe(true);
    store.put(result("c"));
    expect(store.get("a")).toBeUndefined();
    expect(store.get("b")).toBeDefined();
    expect(existsSync(path)).toBe(false);
  });

  it("forgets the oldest above its bytes on disk, but never the newest", async () => {
    const store = openStore();
    const first = await withFile(store, "a", 60);
    const second = await withFile(store, "b", 200);
    expect(existsSync(first)).toBe(false);
    expect(existsSync(second)).toBe(true);
    expect(store.get("b")).toBeDefined();
  });

  it("keeps a file until its download has ended", async () => {
    const store = openStore();
    const path = await withFile(store, "a");
    const token = store.token("a") ?? "";
    await store.use("a", token, async () => {
      store.put(result("b"));
      store.put(result("c"));
      expect(store.get("a")).toBeUndefined();
      expect(existsSync(path)).toBe(true);
    });
    expect(existsSync(path)).toBe(false);
  });

  it("gives nothing for another token", async () => {
    const store = openStore();
    store.put(result("a"));
    expect(await store.use("a", "guess", async () => "seen")).toBeUndefined();
  });

  it("removes its directory on close", async () => {
    const store = openStore();
    const path = await withFile(store, "a");
    await store.close();
    expect(existsSync(path)).toBe(false);
    expect(store.get("a")).toBeUndefined();
  });
});
