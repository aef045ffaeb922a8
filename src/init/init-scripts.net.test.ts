import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WireClient, type WireRow } from "../cli/wire-client.ts";
import { start } from "../index.ts";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mockhaus-init-"));
  folder = join(root, "init");
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function script(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** The rows of one statement on an account started with the scripts. */
async function afterStart(sql: string, data?: string): Promise<WireRow[]> {
  const account = await start({ init: folder, data });
  const login = { url: account.url, user: "u", password: "p", version: "1.0.0" };
  const client = await WireClient.login(login);
  try {
    const rows: WireRow[] = [];
    for await (const batch of (await client.query(sql)).batches()) rows.push(...batch);
    return rows;
  } finally {
    await client.close();
    await account.close();
  }
}

const COUNT = "select count(*), min(a) from d.public.t";

describe("init scripts", () => {
  it("run in alphabetical order on a new account, each in a session of its own", async () => {
    script(
      "20-rows.sql",
      "insert into d.public.t values (1);\n-- two\ninsert into d.public.t values (2)",
    );
    script("10-tables.sql", "create database d; create table t (a int);");
    expect(await afterStart(COUNT)).toEqual([["2", "1"]]);
  });

  it("run once for a data directory", async () => {
    script("1.sql", "create database d; create table t (a int); insert into t values (1)");
    const data = join(root, "data");
    expect(await afterStart(COUNT, data)).toEqual([["1", "1"]]);
    script("1.sql", "insert into d.public.t values (7)");
    expect(await afterStart(COUNT, data)).toEqual([["1", "1"]]);
  });

  it("that fail end the start, with file, line, code and message", async () => {
    script("1.sql", "create database d;\n\nselect * from missing;\ncreate database e");
    await expect(start({ init: folder })).rejects.toThrow(
      /^init script 1\.sql, statement at line 3: 002003 \(42S02\): .*'MISSING' does not exist/s,
    );
  });

  it("broken off in the middle are not mistaken for done", async () => {
    const data = join(root, "data");
    script("1.sql", "create database d");
    script("2.sql", "select 1/0");
    await expect(start({ init: folder, data })).rejects.toThrow("init script 2.sql");
    script("2.sql", "create database e");
    await expect(start({ init: folder, data })).rejects.toThrow(
      "the first start ended in the middle of the init script 2.sql; empty the data directory",
    );
    rmSync(data, { recursive: true });
    const names = await afterStart(
      "select database_name from d.information_schema.databases",
      data,
    );
    expect(names).toEqual(expect.arrayContaining([["D"], ["E"]]));
  });

  it("that are no .sql files, and a missing folder, are refused before there is an account", async () => {
    const data = join(root, "data");
    script("1.sh", "echo");
    await expect(start({ init: folder, data })).rejects.toThrow("init scripts are .sql files");
    rmSync(folder, { recursive: true });
    await expect(start({ init: folder, data })).rejects.toThrow("cannot read the folder");
    expect(existsSync(data)).toBe(false);
  });
});
