/** Uploads and downloads of staged files by hand: plans, tickets, ranges, broken transfers, clients of each kind. */

import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Client, expectAlive, startServer, type TestServer } from "./test-kit.ts";

const HOUR_MS = 3_600_000;

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer(tmpdir());
  client = await server.login();
  await client.rows("create database staged");
  await client.rows("create stage st");
});
afterAll(() => server.close());
afterEach(() => expectAlive(server));

type Plan = {
  readonly command: string;
  readonly src_locations: readonly string[];
  readonly localLocation?: string;
  readonly presignedUrls?: readonly string[];
  readonly autoCompress: boolean;
  readonly overwrite: boolean;
  readonly sourceCompression: string;
  readonly parallel: number;
  readonly stageInfo: {
    readonly locationType: string;
    readonly location: string;
    readonly region: string;
    readonly creds: Readonly<Record<string, string>>;
    readonly presignedUrl: string | null;
    readonly endPoint: string | null;
  };
};

async function plan(sql: string, from: Client = client): Promise<Plan> {
  const { success, data } = await from.query(sql);
  expect(success).toBe(true);
  return data as unknown as Plan;
}

async function uploadUrl(sql: string): Promise<string> {
  return (await plan(sql)).stageInfo.presignedUrl ?? "";
}

async function upload(name: string, content: string): Promise<void> {
  const url = await uploadUrl(`put file://${name} @st overwrite = true`);
  const answer = await fetch(url, { method: "PUT", body: content });
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
}

/** Names and sizes, as LIST has them. */
async function listed(pattern: string): Promise<unknown[][]> {
  const rows = (await client.rows(`list @st pattern = '${pattern}'`)) as unknown[][];
  return rows.map(([name, size]) => [name, size]);
}

describe("plans", () => {
  it("an upload names the source as it was written, and a URL for its last part", async () => {
    const sql =
      "put 'file:///a dir/x y.csv' @st/in auto_compress = false parallel = 7 source_compression = gzip";
    const found = await plan(sql);
    expect(found).toMatchObject({
      command: "UPLOAD",
      src_locations: ["/a dir/x y.csv"],
      autoCompress: false,
      overwrite: false,
      sourceCompression: "gzip",
      parallel: 7,
    });
    const { presignedUrl, ...info } = found.stageInfo;
    expect(info).toMatchObject({ locationType: "GCS", region: "", creds: {}, endPoint: null });
    expect(presignedUrl?.startsWith(`${server.url}/stage/`)).toBe(true);
    expect(presignedUrl?.endsWith("/x%20y.csv")).toBe(true);
  });

  it("a download has a URL for each file, under names without directories", async () => {
    await upload("d1.txt", "one");
    const found = await plan("get @st/d1 file:///x/target/");
    expect(found).toMatchObject({
      command: "DOWNLOAD",
      src_locations: ["d1.txt"],
      localLocation: "/x/target/",
    });
    const [url = ""] = found.presignedUrls ?? [];
    expect(await (await fetch(url)).text()).toBe("one");
  });

  it.each([
    ["put file://a @st parallel = 0", "001008"],
    ["put file://a @st parallel = 100", "001008"],
    ["put file://a @st auto_compress = maybe", "001008"],
    ["put file://a @st source_compression = zip", "001008"],
    ["put file://a @nowhere", "002003"],
    ["put file://a @st no_such_option = 1", "001423"],
    ["put a @st", "001003"],
    ["get @st/x pattern = '('", "001003"],
    ["get @st file://x pattern = '('", "100048"],
  ])("%s is error %s", async (sql, code) => {
    expect(await client.code(sql)).toBe(code);
  });
});

describe("tickets", () => {
  it("a changed, cut or foreign ticket opens nothing", async () => {
    await upload("secret.txt", "secret");
    const [url = ""] = (await plan("get @st/secret.txt file:///tmp")).presignedUrls ?? [];
    const other = await startServer();
    const foreign = url.replace(server.url, other.url);
    const [, ticket = ""] = /stage\/([^/]+)\//.exec(url) ?? [];
    const payload = JSON.parse(Buffer.from(ticket.split(".")[0] ?? "", "base64url").toString());
    const forged = Buffer.from(JSON.stringify({ ...payload, path: "other" })).toString("base64url");
    const urls = [
      url.replace(ticket, ticket.slice(0, -2)),
      url.replace(ticket, `${forged}.${ticket.split(".")[1]}`),
      url.replace(ticket, "x"),
      foreign,
      `${server.url}/stage-objects/files/secret.txt`,
    ];
    for (const wrong of urls) expect((await fetch(wrong)).status).toBe(404);
    await other.close();
  });

  it("a ticket ends with its time, and with its stage", async () => {
    await client.rows("create stage short");
    const write = await uploadUrl("put file://a.txt @short");
    await client.rows("drop stage short");
    expect((await fetch(write, { method: "PUT", body: "late" })).status).toBe(404);
    const later = await uploadUrl("put file://later.txt @st");
    server.shiftClock(HOUR_MS + 1_000);
    expect((await fetch(later, { method: "PUT", body: "late" })).status).toBe(404);
    server.shiftClock(-HOUR_MS - 1_000);
    client = await server.login();
    await client.rows("use schema staged.public");
  });

  it("an upload ticket does not read, and a download ticket does not write", async () => {
    await upload("both.txt", "kept");
    const [read = ""] = (await plan("get @st/both.txt file:///tmp")).presignedUrls ?? [];
    expect((await fetch(read, { method: "PUT", body: "changed" })).status).toBe(404);
    const write = await uploadUrl("put file://both.txt @st overwrite = true");
    expect((await fetch(write)).status).toBe(404);
    expect(await (await fetch(read)).text()).toBe("kept");
  });

  it("a token completes names below its directory, and no others", async () => {
    const { stages, tickets } = server.account.state;
    const stage = stageKey();
    const before = new Set(stages.list(stage).map(({ path }) => path));
    const ticket = {
      action: "write",
      stage,
      path: "in/",
      isPrefix: true,
      overwrite: true,
    } as const;
    const headers = { authorization: `Bearer ${tickets.issue(ticket, 60)}` };
    for (const name of ["t.txt", "..%2F..%2Fescape.txt", "%2e%2e/up.txt", "a%00b", "%ff"]) {
      const url = `${server.url}/stage-objects/files/${name}`;
      await fetch(url, { method: "PUT", headers, body: "x" });
    }
    const added = stages.list(stage).filter(({ path }) => !before.has(path));
    expect(added.map(({ path }) => path)).toEqual(["in/../../escape.txt", "in/a\0b", "in/t.txt"]);
    const folders = new Set(added.map(({ localPath }) => dirname(localPath)));
    expect(folders.size).toBe(1);
  });
});

function stageKey(): string {
  const objects = [...server.account.state.catalog.snapshot.all()];
  return `stage:${objects.find(({ kind, name }) => kind === "stage" && name === "ST")?.id}`;
}

describe("bytes", () => {
  it("ranges, HEAD and an empty file", async () => {
    await upload("ten.txt", "0123456789");
    await upload("none.txt", "");
    const found = await plan("get @st file:///tmp pattern = '(ten|none)[.]txt'");
    const [none = "", ten = ""] = found.presignedUrls ?? [];
    const range = async (header: string) => {
      const answer = await fetch(ten, { headers: { range: header } });
      return [answer.status, answer.headers.get("content-range"), await answer.text()];
    };
    expect(await range("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
    expect(await range("bytes=7-")).toEqual([206, "bytes 7-9/10", "789"]);
    expect(await range("bytes=-2")).toEqual([206, "bytes 8-9/10", "89"]);
    expect(await range("bytes=10-")).toEqual([416, "bytes */10", ""]);
    expect(await range("lines=1-2")).toEqual([200, null, "0123456789"]);
    const head = await fetch(ten, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "10"]);
    const empty = await fetch(none);
    expect([empty.status, await empty.text()]).toEqual([200, ""]);
  });

  it("without overwrite an upload leaves the file as it is, and HEAD says so", async () => {
    await upload("first.txt", "first");
    const url = await uploadUrl("put file://first.txt @st");
    expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(url, { method: "PUT", body: "second" })).status).toBe(200);
    expect(await listed("first.txt")).toEqual([["st/first.txt", "5"]]);
    const fresh = await uploadUrl("put file://fresh.txt @st");
    expect((await fetch(fresh, { method: "HEAD" })).status).toBe(404);
    const replacing = await uploadUrl("put file://first.txt @st overwrite = true");
    expect((await fetch(replacing, { method: "HEAD" })).status).toBe(404);
  });

  it("a body with an encoding, any content type or none stays as it is", async () => {
    const headers: Record<string, string>[] = [
      { "content-encoding": "gzip", "content-type": "application/octet-stream" },
      { "content-type": "nonsense" },
      { "content-type": "application/json" },
    ];
    for (const header of headers) {
      const url = await uploadUrl("put file://raw.bin @st overwrite = true");
      await fetch(url, { method: "PUT", headers: header, body: "{not json" });
      expect(await listed("raw.bin")).toEqual([["st/raw.bin", "9"]]);
      await client.rows("remove @st/raw.bin");
    }
  });

  it("a client that goes away in the middle leaves no file", async () => {
    const url = new URL(await uploadUrl("put file://half.bin @st"));
    const socket = connectSocket(Number(url.port), url.hostname);
    await new Promise<void>((resolve) => {
      const head = `PUT ${url.pathname} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n`;
      socket.write(head + "x".repeat(1000), () => resolve());
    });
    socket.destroy();
    const [file] = server.account.state.stages.list(stageKey());
    const folder = dirname(file?.localPath ?? "");
    await expect
      .poll(() => readdirSync(folder).filter((name) => name.endsWith("half.bin")))
      .toEqual([]);
    expect(await listed("half.bin")).toEqual([]);
  });
});

describe("URLs that functions give", () => {
  const only = async (sql: string): Promise<string> => {
    const rows = (await client.rows(sql)) as string[][];
    return rows[0]?.[0] ?? "";
  };

  it("a presigned URL serves the file to anybody, for its time", async () => {
    await upload("shared.txt", "shared");
    const url = await only("select get_presigned_url(@st, 'shared.txt', 60)");
    expect(await (await fetch(url)).text()).toBe("shared");
    expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(404);
    server.shiftClock(61_000);
    expect((await fetch(url)).status).toBe(404);
    server.shiftClock(-61_000);
    const missing = await only("select get_presigned_url(@st, 'missing.txt')");
    expect((await fetch(missing)).status).toBe(404);
  });

  it("a file URL serves the file to sessions only, a scoped URL to whoever has it", async () => {
    await upload("c.txt", "inside");
    const path = "'c.txt'";
    const url = await only(`select build_stage_file_url(@st, ${path})`);
    expect((await fetch(url)).status).toBe(403);
    const wrong = { authorization: 'Snowflake Token="wrong"' };
    expect((await fetch(url, { headers: wrong })).status).toBe(403);
    const headers = { authorization: `Snowflake Token="${client.token}"` };
    expect(await (await fetch(url, { headers })).text()).toBe("inside");
    const elsewhere = url.replace("STAGED", "OTHER");
    expect((await fetch(elsewhere, { headers })).status).toBe(404);
    const scoped = await only(`select build_scoped_file_url(@st, ${path})`);
    expect(await (await fetch(scoped)).text()).toBe("inside");
  });

  it("TO_FILE finds the file by stage and path, and by each kind of URL", async () => {
    await upload("pic.png", "pixels");
    const [database, schema] = ["STAGED", "PUBLIC"];
    const calls = [
      "to_file(@st, 'pic.png')",
      "to_file('@st/pic.png')",
      "to_file(build_stage_file_url(@st, 'pic.png'))",
    ];
    for (const call of calls) {
      const file = JSON.parse(await only(`select ${call}`));
      expect(file).toEqual({
        CONTENT_TYPE: "image/png",
        ETAG: createHash("md5").update("pixels").digest("hex"),
        LAST_MODIFIED: expect.stringMatching(/ GMT$/),
        RELATIVE_PATH: "pic.png",
        SIZE: 6,
        STAGE: `@${database}.${schema}.ST`,
        STAGE_FILE_URL: `${server.url}/api/files/${database}/${schema}/ST/pic.png`,
      });
    }
    const scoped = JSON.parse(await only("select to_file(build_scoped_file_url(@st, 'pic.png'))"));
    expect(Object.keys(scoped)).toContain("SCOPED_FILE_URL");
    expect(Object.keys(scoped)).not.toContain("STAGE");
    const facts = "select fl_get_size(f), fl_is_image(f) from (select to_file(@st, 'pic.png') f)";
    expect(await client.rows(facts)).toEqual([["6", "1"]]);
    expect(await client.code("select to_file(@st, 'nothing.png')")).toBe("091016");
  });

  it("a directory table lists the stage as of its last refresh", async () => {
    await client.rows("create stage dt directory = (enable = true)");
    const add = async (name: string, content: string) => {
      const url = await uploadUrl(`put file://${name} @dt/in overwrite = true`);
      await fetch(url, { method: "PUT", body: content });
    };
    await add("one.txt", "1");
    await add("two.txt", "22");
    expect(await client.rows("select * from directory(@dt)")).toEqual([]);
    const registered = "File registered successfully.";
    expect(await client.rows("alter stage dt refresh")).toEqual([
      ["in/one.txt", "REGISTERED_NEW", registered],
      ["in/two.txt", "REGISTERED_NEW", registered],
    ]);
    expect(await client.rows("alter stage dt refresh")).toEqual([]);
    // RFC 1321 has no "22"; the MD5 of "1" is well known.
    const known = "select relative_path, size, md5, etag from directory(@dt) where size = 1";
    const md5 = "c4ca4238a0b923820dcc509a6f75849b";
    expect(await client.rows(known)).toEqual([["in/one.txt", "1", md5, md5]]);
    const urls = "select get_presigned_url(@dt, relative_path) from directory(@dt) order by size";
    const [first, second] = (await client.rows(urls)) as string[][];
    expect(await (await fetch(first?.[0] ?? "")).text()).toBe("1");
    expect(await (await fetch(second?.[0] ?? "")).text()).toBe("22");
    await add("one.txt", "changed");
    await client.rows("remove @dt/in/two.txt");
    expect(await client.rows("alter stage dt refresh subpath = 'in/'")).toEqual([
      ["in/one.txt", "REGISTERED_UPDATE", registered],
      ["in/two.txt", "UNREGISTERED", "File unregistered successfully."],
    ]);
    const url = await only("select file_url from directory(@dt)");
    const headers = { authorization: `Snowflake Token="${client.token}"` };
    expect(await (await fetch(url, { headers })).text()).toBe("changed");
  });

  it("with AUTO_REFRESH the directory table is in step with the stage", async () => {
    await client.rows("create stage auto directory = (enable = true auto_refresh = true)");
    const url = await uploadUrl("put file://now.txt @auto");
    await fetch(url, { method: "PUT", body: "x" });
    expect(await client.rows("select relative_path from directory(@auto)")).toEqual([["now.txt"]]);
  });

  it("a clone has copies, and what is dropped or replaced takes its files along", async () => {
    await client.rows("create stage origin");
    const url = await uploadUrl("put file://kept.txt @origin");
    await fetch(url, { method: "PUT", body: "kept" });
    await client.rows("create stage copied clone origin");
    await client.rows("create or replace stage origin");
    expect(await client.rows("list @origin")).toEqual([]);
    const [listedCopy = []] = (await client.rows("list @copied")) as string[][];
    expect(listedCopy.slice(0, 2)).toEqual(["copied/kept.txt", "4"]);
    await client.rows("alter stage copied rename to moved");
    const [moved = []] = (await client.rows("list @moved")) as string[][];
    expect(moved[0]).toBe("moved/kept.txt");
    await client.rows("drop stage moved");
    await client.rows("create stage moved");
    expect(await client.rows("list @moved")).toEqual([]);
  });

  it("a stage comes back with its schema, files and all; a table's stage with its table", async () => {
    await client.rows("create schema lost");
    await client.rows("create stage inner_stage");
    await client.rows("create table t (a int)");
    for (const place of ["@inner_stage", "@%t"]) {
      const url = await uploadUrl(`put file://f.txt ${place}`);
      await fetch(url, { method: "PUT", body: "f" });
    }
    await client.rows("drop schema lost");
    await client.rows("undrop schema lost");
    await client.rows("use schema lost");
    const names = async (place: string) =>
      ((await client.rows(`list ${place}`)) as string[][]).map(([name]) => name);
    expect(await names("@inner_stage")).toEqual(["inner_stage/f.txt"]);
    expect(await names("@%t")).toEqual(["f.txt"]);
    await client.rows("drop table t");
    await client.rows("undrop table t");
    expect(await names("@%t")).toEqual(["f.txt"]);
    await client.rows("use schema staged.public");
  });
});

describe("statements about staged files", () => {
  const script = async (name: string, text: string) => {
    const url = await uploadUrl(`put file://${name} @st/sql overwrite = true`);
    await fetch(url, { method: "PUT", body: text });
  };

  it("EXECUTE IMMEDIATE FROM runs a file and gives the last result", async () => {
    await script(
      "setup.sql",
      "-- a comment; with a semicolon\ncreate or replace table ran (a int);\n" +
        "insert into ran values (1), (2);\nbegin insert into ran values (3); end;\nselect sum(a) from ran;\n",
    );
    expect(await client.rows("execute immediate from @st/sql/setup.sql")).toEqual([["6"]]);
    await script("outer.sql", "execute immediate from '@st/sql/setup.sql'; select 'outer'");
    expect(await client.rows("execute immediate from '@st/sql/outer.sql'")).toEqual([["outer"]]);
  });

  it("says where in the file a statement failed, and what is not there", async () => {
    await script("wrong.sql", "select 1;\n  select * from no_such_table;");
    const failed = await client.query("execute immediate from @st/sql/wrong.sql");
    expect(failed.code).toBe("002003");
    expect(failed.message).toContain("in file @st/sql/wrong.sql on line 2 at position 2 : ");
    expect(await client.code("execute immediate from @st/sql/nothing.sql")).toBe("001501");
    expect(await client.code("execute immediate from 'relative.sql'")).toBe("001503");
    await script("template.sql", "--!jinja\nselect {{ x }}");
    expect(await client.code("execute immediate from @st/sql/template.sql")).toBe("000002");
    await script("loop.sql", "execute immediate from @st/sql/loop.sql");
    expect(await client.code("execute immediate from @st/sql/loop.sql")).toBe("000603");
  });

  it("COPY FILES copies between stages: by path, FILES, PATTERN, and from a query", async () => {
    await client.rows("create stage src");
    await client.rows("create stage trg");
    for (const name of ["a.csv", "b.csv", "c.txt"]) {
      const url = await uploadUrl(`put file://${name} @src/in`);
      await fetch(url, { method: "PUT", body: name });
    }
    const names = async () =>
      ((await client.rows("list @trg")) as string[][]).map(([name]) => name);
    const clear = () => client.rows("remove @trg");
    const pattern = "copy files into @trg/out/ from @src/in/ pattern = '.*[.]csv'";
    expect(await client.rows(pattern)).toEqual([["out/a.csv"], ["out/b.csv"]]);
    expect(await names()).toEqual(["trg/out/a.csv", "trg/out/b.csv"]);
    await clear();
    await client.rows("copy files into @trg from @src/in/ files = ('c.txt')");
    expect(await names()).toEqual(["trg/c.txt"]);
    await clear();
    await client.rows("copy files into @trg from (select '@src/in/a.csv', 'renamed.csv')");
    const scoped = "select build_scoped_file_url(@src, 'in/b.csv'), 'scoped.csv'";
    await client.rows(`copy files into @trg from (${scoped})`);
    expect(await names()).toEqual(["trg/renamed.csv", "trg/scoped.csv"]);
    const url = (
      (await client.rows("select get_presigned_url(@trg, 'scoped.csv')")) as string[][]
    )[0];
    expect(await (await fetch(url?.[0] ?? "")).text()).toBe("b.csv");
    const count = "copy files into @trg from @src detailed_output = false";
    expect(await client.rows(count)).toEqual([["3"]]);
    expect(await client.code("copy files into @trg from @src files = ('no.csv')")).toBe("091016");
  });
});

describe("an external stage on this machine", () => {
  it("lists, reads, copies and removes what is below its directory", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mockhaus external-"));
    try {
      mkdirSync(join(folder, "in"));
      writeFileSync(join(folder, "in", "a.csv"), "1,x\n2,y\n");
      writeFileSync(join(folder, "b.csv"), "3,z\n");
      const url = pathToFileURL(folder).href;
      await client.rows(`create stage local url = '${url}'`);
      const names = async (place: string) =>
        ((await client.rows(`list ${place}`)) as string[][]).map(([name]) => name);
      expect(await names("@local")).toEqual([`${url}/b.csv`, `${url}/in/a.csv`]);
      expect(await names("@local/in")).toEqual([`${url}/in/a.csv`]);
      expect(await client.rows("select $1, $2 from @local/in/")).toEqual([
        ["1", "x"],
        ["2", "y"],
      ]);
      const absolute = "select get_absolute_path(@local, 'in/a.csv')";
      expect(await client.rows(absolute)).toEqual([[`${url}/in/a.csv`]]);
      expect(await client.code("put file://x @local")).toBe("091003");
      expect(await client.code("get @local file://x")).toBe("091003");
      await client.rows("create stage from_local");
      await client.rows("copy files into @from_local from @local");
      expect(await names("@from_local")).toEqual(["from_local/b.csv", "from_local/in/a.csv"]);
      await client.rows("remove @local/in/");
      expect(existsSync(join(folder, "in", "a.csv"))).toBe(false);
      await client.rows(`create stage nowhere url = '${url}/no/such/folder'`);
      expect(await client.code("list @nowhere")).toBe("091016");
      await client.rows("create stage elsewhere url = 'file:///'");
      for (const sql of [
        "list @elsewhere",
        "remove @elsewhere",
        "select $1 from @elsewhere/etc/",
      ]) {
        expect(await client.code(sql)).toBe("000002");
      }
      symlinkSync("/", join(folder, "out"));
      await client.rows(`create stage link url = '${url}/out'`);
      expect(await client.code("list @link")).toBe("000002");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
