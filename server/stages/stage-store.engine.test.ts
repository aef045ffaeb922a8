import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../storage/database.ts";
import { StageStore } from "./stage-store.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mockhaus-store-test-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Opens database and store, works, closes both: as a start of the server does. */
async function withStore<T>(
  work: (store: StageStore) => Promise<T>,
  known: (stage: string) => boolean = () => true,
): Promise<T> {
  const database = await openDatabase({ directory, hostFunctions: [] });
  try {
    const index = await database.connect();
    const store = await StageStore.open({ index, directory, isKnown: known, now: () => 5_000 });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    await database.close();
  }
}

const source = (text: string) => Readable.from([Buffer.from(text)]);

it("keeps files over a restart, under whatever path they were given", async () => {
  const paths = ["a", "a/b", "../../etc/passwd", "it's", 'q"x', "A", "ü/日本.csv", "x".repeat(900)];
  await withStore(async (store) => {
    for (const path of paths) await store.write("stage:1", path, source(`bytes of ${path}`));
  });
  await withStore(async (store) => {
    const files = store.list("stage:1");
    expect(files.map(({ path }) => path)).toEqual([...paths].sort());
    for (const { path, localPath, modifiedAt } of files) {
      expect(readFileSync(localPath, "utf8")).toBe(`bytes of ${path}`);
      expect(localPath.startsWith(join(directory, "stages"))).toBe(true);
      expect(modifiedAt).toBe(5_000);
    }
  });
});

it("knows size and MD5 of the bytes", async () => {
  await withStore(async (store) => {
    // RFC 1321, test suite.
    const file = await store.write("user:ME", "abc", source("abc"));
    expect([file.size, file.md5]).toEqual([3, "900150983cd24fb0d6963f7d28e17f72"]);
  });
});

it("a replaced file gets another place, and the old bytes go", async () => {
  await withStore(async (store) => {
    const first = await store.write("s", "f", source("one"));
    const second = await store.write("s", "f", source("two"));
    expect(existsSync(first.localPath)).toBe(false);
    expect(readFileSync(second.localPath, "utf8")).toBe("two");
    expect(store.list("s")).toHaveLength(1);
  });
});

it("a stream that breaks leaves neither a file nor the loss of the old one", async () => {
  await withStore(async (store) => {
    await store.write("s", "f", source("whole"));
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("ha");
        throw new Error("the client is gone");
      })(),
    );
    await expect(store.write("s", "f", broken)).rejects.toThrow("the client is gone");
    expect(readFileSync(store.get("s", "f")?.localPath ?? "", "utf8")).toBe("whole");
    expect(readdirSync(join(directory, "stages"))).toHaveLength(1);
  });
});

it("bytes without a row, and rows of stages that are gone, are removed at the start", async () => {
  await withStore(async (store) => {
    await store.write("stage:1", "f", source("kept"));
    await store.write("stage:2", "f", source("lost"));
    writeFileSync(store.newFile("half.csv"), "what a killed process left");
  });
  await withStore(
    async (store) => {
      expect(store.list("stage:1")).toHaveLength(1);
      expect(store.list("stage:2")).toHaveLength(0);
      expect(readdirSync(join(directory, "stages"))).toHaveLength(1);
    },
    (stage) => stage === "stage:1",
  );
  await withStore(async (store) => expect(store.list("stage:2")).toHaveLength(0));
});

it("many writers at once", async () => {
  await withStore(async (store) => {
    const names = Array.from({ length: 40 }, (_, i) => `f${i % 20}`);
    await Promise.all(names.map((name) => store.write("s", name, source(name))));
    expect(store.list("s")).toHaveLength(20);
    expect(readdirSync(join(directory, "stages"))).toHaveLength(20);
    expect(await store.remove("s", "f0")).toBe(true);
    expect(await store.remove("s", "f0")).toBe(false);
    await store.removeStage("s");
    expect(readdirSync(join(directory, "stages"))).toHaveLength(0);
  });
});
