/** Pipes over the network: PUT, Snowpipe's REST endpoints, a server that starts again. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Client,
  startServer,
  type TestServer,
} from "../../../compat-tests/robustness/test-kit.ts";

const PIPE = "/v1/data/pipes/d.public.p";
/** An unsigned token of the user ROBOT, as a key-pair login has it. */
const JWT = `x.${Buffer.from(JSON.stringify({ sub: "MOCKHAUS.ROBOT" })).toString("base64url")}.x`;
const KEY_PAIR = {
  authorization: `BEARER ${JWT}`,
  "x-snowflake-authorization-token-type": "KEYPAIR_JWT",
};

let server: TestServer;
let client: Client;

async function open(directory?: string): Promise<void> {
  server = await startServer(undefined, directory);
  client = await server.login();
}

async function script(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.rows(statement);
}

const SET_UP = ["CREATE DATABASE d", "CREATE TABLE t (a INT)", "CREATE STAGE s"];

/** What a driver does for PUT. */
async function put(name: string, content: string, target = "@d.public.s"): Promise<void> {
  const { data } = await client.query(`put file://${name} ${target} overwrite = true`);
  const { stageInfo } = data as unknown as { stageInfo: { presignedUrl: string } };
  const answer = await fetch(stageInfo.presignedUrl, { method: "PUT", body: content });
  expect(answer.status).toBe(200);
}

async function ask(
  method: string,
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = KEY_PAIR,
) {
  const answer = await server.send(path, { method, headers, body });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const files = (...paths: readonly string[]) =>
  JSON.stringify({ files: paths.map((path) => ({ path, size: 2 })) });
const idle = () => server.account.state.pipes.idle();
const loaded = () => client.rows("SELECT a FROM d.public.t ORDER BY a");

beforeEach(async () => {
  await open();
});

afterEach(async () => {
  expect(server.internalErrors()).toEqual([]);
  await server.close();
});

describe("insertFiles", () => {
  beforeEach(async () => {
    await script(...SET_UP, "CREATE PIPE p AS COPY INTO t FROM @s/in/ PATTERN = '.*csv'");
    await put("1.csv", "1\n", "@d.public.s/in");
    await put("2.csv", "2\n", "@d.public.s/in");
    await put("3.txt", "3\n", "@d.public.s/in");
  });

  it("loads the files of the pipe's stage, once", async () => {
    const sent = await ask("POST", `${PIPE}/insertFiles?requestId=r1`, files("1.csv", "3.txt"));
    expect(sent).toEqual({
      status: 200,
      body: { requestId: "r1", status: "success", responseCode: "SUCCESS" },
    });
    await idle();
    await ask("POST", `${PIPE}/insertFiles`, files("in/1.csv", "2.csv"));
    await idle();
    expect(await loaded()).toEqual([["1"], ["2"]]);
  });

  it("takes plain text, a path in a line", async () => {
    const headers = { ...KEY_PAIR, "content-type": "text/plain" };
    await ask("POST", `${PIPE}/insertFiles`, "1.csv\n2.csv\n", headers);
    await idle();
    expect(await loaded()).toEqual([["1"], ["2"]]);
  });

  it("takes the token of a session, and a name in its own case", async () => {
    const headers = { authorization: `Snowflake Token="${client.token}"` };
    const path = "/v1/data/pipes/D.PUBLIC.P/insertFiles";
    expect((await ask("POST", path, files("1.csv"), headers)).status).toBe(200);
  });

  it("refuses what is no list, a pipe that is not there, and nobody", async () => {
    const refused = async (...given: Parameters<typeof ask>) => {
      const { status, body } = await ask(...given);
      expect(body).toMatchObject({ data: null, success: false });
      return [status, body["code"]];
    };
    const insert = `${PIPE}/insertFiles`;
    expect(await refused("POST", insert, "{}")).toEqual([400, "390400"]);
    expect(await refused("POST", insert, "not json")).toEqual([400, "390400"]);
    expect(await refused("POST", insert)).toEqual([400, "390400"]);
    expect(await refused("POST", insert, files("x".repeat(2_000)))).toEqual([400, "390400"]);
    const other = "/v1/data/pipes/d.public.nothing/insertFiles";
    expect(await refused("POST", other, files("1.csv"))).toEqual([404, "390404"]);
    expect(await refused("POST", insert, files("1.csv"), {})).toEqual([401, "390101"]);
    expect(await refused("GET", `${PIPE}/insertReport?beginMark=x`)).toEqual([400, "390400"]);
    expect(await refused("GET", `${PIPE}/loadHistoryScan`)).toEqual([400, "390400"]);
  });
});

describe("reports", () => {
  it("tell what became of the files, and go on where the last one ended", async () => {
    await script(...SET_UP, "CREATE PIPE p AS COPY INTO t FROM @s");
    await put("bad.csv", "x\n");
    await put("good.csv", "1\n2\n");
    const before = new Date(server.account.now()).toISOString();
    await ask("POST", `${PIPE}/insertFiles`, files("bad.csv", "good.csv", "lost.csv"));
    await idle();
    const first = await ask("GET", `${PIPE}/insertReport`);
    expect(first.status).toBe(200);
    const good = { path: "good.csv", fileSize: 4, rowsInserted: 2, rowsParsed: 2, errorsSeen: 0 };
    const expected = [
      {
        path: "bad.csv",
        rowsInserted: 0,
        errorsSeen: 1,
        firstErrorLineNum: 1,
        firstError: expect.stringContaining("'x'"),
        status: "LOAD_FAILED",
      },
      { ...good, stageLocation: "s/", errorLimit: 1, complete: true, status: "LOADED" },
      { path: "lost.csv", status: "LOAD_FAILED", firstError: expect.stringContaining("not found") },
    ];
    const found = { pipe: "D.PUBLIC.P", completeResult: true };
    expect(first.body).toMatchObject({ ...found, nextBeginMark: "1_3", files: expected });
    const next = await ask("GET", `${PIPE}/insertReport?beginMark=1_3`);
    expect(next.body).toEqual({ ...found, nextBeginMark: "1_3", files: [] });
    const path = `${PIPE}/loadHistoryScan?startTimeInclusive=${before}`;
    server.shiftClock(1_000);
    const scan = await ask("GET", path);
    expect(scan.body).toMatchObject({ ...found, startTimeInclusive: before, files: expected });
    expect((await ask("GET", `${path}&endTimeExclusive=${before}`)).body).toMatchObject({
      ...found,
      rangeStartTime: null,
      files: [],
    });
    // A report has what was loaded in the last ten minutes; a scan has all.
    server.shiftClock(700_000);
    const late = await ask("GET", `${PIPE}/insertReport`);
    expect(late.body).toMatchObject({ completeResult: false, files: [] });
    expect((await ask("GET", path)).body).toMatchObject({ files: expected });
  });
});

describe("a server that starts again", () => {
  it("loads what was put while its pipe was paused, and nothing twice", async () => {
    const directory = await mkdtemp(join(tmpdir(), "snowpipe-"));
    try {
      await server.close();
      await open(directory);
      await script(...SET_UP, "CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s");
      await put("1.csv", "1\n");
      await idle();
      await script("ALTER PIPE p SET PIPE_EXECUTION_PAUSED = TRUE");
      await put("2.csv", "2\n");
      await server.close();
      await open(directory);
      await put("1.csv", "11\n");
      await script("ALTER PIPE d.public.p SET PIPE_EXECUTION_PAUSED = FALSE");
      await idle();
      expect(await loaded()).toEqual([["1"], ["2"]]);
      const { body } = await ask("GET", `${PIPE}/insertReport`);
      expect(body).toMatchObject({ files: [{ path: "1.csv" }, { path: "2.csv" }] });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
