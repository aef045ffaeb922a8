/** PUT, GET, LIST and REMOVE: files that travel between this machine and stages. */

import { deepEqual, equal } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Checks } from "../kit/checks.ts";
import { type Connection, failure, type Row, run, values } from "./session.ts";

const BIG_BYTES = 12_000_000;

export async function checkStages(checks: Checks, connection: Connection): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mockhaus-node-stages-"));
  try {
    await run(connection, "create or replace stage st");
    await checkNames(checks, connection, folder);
    await checkPut(checks, connection, folder);
    await checkGet(checks, connection, folder);
    await checkRest(checks, connection, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function names(connection: Connection, stage: string): Promise<unknown[]> {
  return (await values(connection, `list ${stage}`)).map(([name]) => name);
}

function transferred(row: Row | undefined): unknown[] {
  return [row?.["source"], row?.["target"], row?.["status"]];
}

async function checkPut(checks: Checks, connection: Connection, folder: string): Promise<void> {
  await checks.check("PUT compresses, and LIST shows what is there", async () => {
    const path = write(folder, "one.csv", "1,a\n2,b\n");
    const { rows } = await run(connection, `put file://${path} @st`);
    deepEqual(rows.map(transferred), [["one.csv", "one.csv.gz", "UPLOADED"]]);
    const [listed = []] = await values(connection, "list @st");
    equal(listed[0], "st/one.csv.gz");
    equal(String(listed[2]).length, 32);
  });
  await checks.check("PUT by a wildcard into a directory, without compression", async () => {
    for (const name of ["w1.txt", "w2.txt", "other.csv"]) write(folder, name, name);
    const put = `put file://${folder}/w*.txt @st/into/dir auto_compress = false`;
    const { rows } = await run(connection, put);
    deepEqual(rows.map(transferred).sort(), [
      ["w1.txt", "w1.txt", "UPLOADED"],
      ["w2.txt", "w2.txt", "UPLOADED"],
    ]);
    deepEqual(await names(connection, "@st/into"), ["st/into/dir/w1.txt", "st/into/dir/w2.txt"]);
  });
  await checks.check("PUT of a file that is compressed already", async () => {
    const path = write(folder, "packed.csv.gz", gzipSync("x,y\n"));
    const { rows } = await run(connection, `put file://${path} @st`);
    deepEqual(rows.map(transferred), [["packed.csv.gz", "packed.csv.gz", "UPLOADED"]]);
  });
  await checks.check("OVERWRITE decides whether a staged file is replaced", async () => {
    const path = write(folder, "same.txt", "first");
    const put = `put file://${path} @st auto_compress = false`;
    await run(connection, put);
    write(folder, "same.txt", "second!");
    deepEqual((await run(connection, put)).rows.map(transferred), [
      ["same.txt", "same.txt", "SKIPPED"],
    ]);
    equal((await values(connection, "list @st/same"))[0]?.[1], "first".length);
    await run(connection, `${put} overwrite = true`);
    equal((await values(connection, "list @st/same"))[0]?.[1], "second!".length);
  });
}

async function checkNames(checks: Checks, connection: Connection, folder: string): Promise<void> {
  await checks.check("PUT and GET of names with blanks and letters of any script", async () => {
    write(folder, "two words.txt", "words");
    write(folder, "größe 尺.txt", "size");
    await run(
      connection,
      `put 'file://${folder}/two words.txt' '@st/a place' auto_compress = false`,
    );
    await run(connection, `put 'file://${folder}/gr*.txt' '@st/a place' auto_compress = false`);
    deepEqual(await names(connection, "@st"), [
      "st/a place/größe 尺.txt",
      "st/a place/two words.txt",
    ]);
    const back = join(folder, "back again");
    mkdirSync(back);
    await run(connection, `get '@st/a place' 'file://${back}'`);
    deepEqual(readdirSync(back).sort(), ["größe 尺.txt", "two words.txt"]);
    equal(readFileSync(join(back, "größe 尺.txt"), "utf8"), "size");
    await run(connection, "rm '@st/a place'");
  });
  await checks.check("PUT of names that mean something in a URL", async () => {
    for (const name of ["a#b.txt", "50%20off.txt"]) {
      write(folder, name, name);
      await run(connection, `put file://${folder}/${name} @st/odd auto_compress = false`);
    }
    deepEqual(await names(connection, "@st/odd"), ["st/odd/50%20off.txt", "st/odd/a#b.txt"]);
    await run(connection, "rm @st/odd");
  });
  await checks.check("PUT and GET by paths from a working directory", async () => {
    write(folder, "near.txt", "near");
    await run(connection, "put file://near.txt @st/near auto_compress = false", { cwd: folder });
    const { statement, rows } = await run(connection, "get @st/near file://.", { cwd: folder });
    deepEqual([rows[0]?.file, rows[0]?.size, rows[0]?.status], ["near.txt", 4, "DOWNLOADED"]);
    deepEqual(
      statement.getColumns()?.map((column) => column.getName()),
      ["file", "size", "status", "message"],
    );
    await run(connection, "rm @st/near");
  });
}

async function checkGet(checks: Checks, connection: Connection, folder: string): Promise<void> {
  const target = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  await checks.check("GET brings the bytes back", async () => {
    const back = target("back");
    const { rows } = await run(connection, `get @st/one.csv.gz file://${back}`);
    deepEqual([rows[0]?.["file"], rows[0]?.["status"]], ["one.csv.gz", "DOWNLOADED"]);
    equal(gunzipSync(readFileSync(join(back, "one.csv.gz"))).toString(), "1,a\n2,b\n");
  });
  await checks.check("GET of a directory, and by PATTERN", async () => {
    const all = target("all");
    await run(connection, `get @st/into/dir/ file://${all}`);
    deepEqual(readdirSync(all).sort(), ["w1.txt", "w2.txt"]);
    const picked = target("picked");
    await run(connection, `get @st file://${picked} pattern = '.*/w1[.]txt'`);
    deepEqual(readdirSync(picked), ["w1.txt"]);
  });
  await checks.check("a file of several megabytes, both ways", async () => {
    const content = randomBytes(BIG_BYTES);
    const path = write(folder, "big.bin", content);
    await run(connection, `put file://${path} @st auto_compress = false`);
    const big = target("big");
    await run(connection, `get @st/big.bin file://${big}`);
    equal(readFileSync(join(big, "big.bin")).equals(content), true);
  });
}

async function checkRest(checks: Checks, connection: Connection, folder: string): Promise<void> {
  await checks.check("REMOVE by path and by PATTERN", async () => {
    deepEqual(await values(connection, "remove @st/into/dir/w1.txt"), [
      ["st/into/dir/w1.txt", "removed"],
    ]);
    await run(connection, "rm @st pattern = '.*[.](gz|bin)'");
    deepEqual(await names(connection, "@st"), ["st/into/dir/w2.txt", "st/same.txt"]);
  });
  await checks.check("the user's own stage and a table's stage", async () => {
    const path = write(folder, "mine.txt", "mine");
    await run(connection, `put file://${path} @~/node auto_compress = false`);
    deepEqual(await names(connection, "@~/node"), ["node/mine.txt"]);
    await run(connection, "create or replace table tst (a int)");
    await run(connection, `put file://${path} @%tst auto_compress = false`);
    deepEqual(await names(connection, "@%tst"), ["mine.txt"]);
    await run(connection, "remove @~/node");
  });
  await checks.check("a FILE as a value, and its URL", async () => {
    const [[file, url] = []] = await values(
      connection,
      "select to_file(@st, 'into/dir/w2.txt'), get_presigned_url(@st, 'into/dir/w2.txt')",
    );
    const { RELATIVE_PATH, CONTENT_TYPE } = file as Row;
    deepEqual([RELATIVE_PATH, CONTENT_TYPE], ["into/dir/w2.txt", "text/plain"]);
    equal(await (await fetch(String(url))).text(), "w2.txt");
  });
  await checks.check("PUT to a stage that is not there", async () => {
    const path = write(folder, "lost.txt", "lost");
    equal((await failure(connection, `put file://${path} @no_such_stage`)).code, "002003");
  });
}
