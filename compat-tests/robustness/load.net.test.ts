/** Much at once, large requests, and clients that behave badly on the socket. */

import { connect, type Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Client, expectAlive, sleep, startServer, type TestServer } from "./test-kit.ts";

const MEGABYTE = 1024 * 1024;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Bytes of the heap that something still refers to. */
function heldMemory(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = await server.login();
  await client.rows("create database d");
});
afterAll(() => server.close());
afterEach(() => expectAlive(server));

describe("large statements", () => {
  const long = 50 * MEGABYTE;
  const texts: readonly (readonly [name: string, make: () => string])[] = [
    ["a list", () => `select 1 in (${"1,".repeat(long / 2)}1)`],
    ["a string", () => `select length('${"x".repeat(long)}')`],
    ["an open string", () => `select '${"x".repeat(long)}`],
    ["a comment", () => `select 1 /*${"x".repeat(long)}*/`],
    ["an open comment", () => `select 1 /*${"*".repeat(long)}`],
    ["spaces", () => `select 1${" ".repeat(long)}`],
    ["one word", () => "a".repeat(long)],
    ["parentheses", () => "(".repeat(long)],
    ["operators", () => `select 1${"+1".repeat(long / 2)}`],
    ["statements", () => ";".repeat(long)],
    ["rows", () => `insert into t values ${"(1),".repeat(long / 4)}(1)`],
    ["dollar signs", () => `select ${"$".repeat(long)}`],
    ["quotes", () => `select ${'"'.repeat(long)}`],
    ["zero bytes", () => "\u0000".repeat(5 * MEGABYTE)],
  ];

  it.each(texts)("50 MB of %s are answered", async (_name, make) => {
    const answer = await client.query(make());
    if (!answer.success) expect(answer.message?.length).toBeLessThan(10_000);
  });

  it.each([
    ["parentheses", `select ${"(".repeat(10_000)}1${")".repeat(10_000)}`],
    ["brackets", `select ${"[".repeat(10_000)}${"]".repeat(10_000)}`],
    ["cases", `select ${"case when 1 then ".repeat(5_000)}`],
    ["negations", `select ${"not ".repeat(20_000)} true`],
    ["minus signs", `select ${"- ".repeat(20_000)} 1`],
    ["subqueries", `select * from ${"(select * from ".repeat(3_000)} t`],
    ["unions", `select 1${" union all select 1".repeat(5_000)}`],
    ["joins", `select 1 from (select 1 x) a${" join (select 1 x) b using (x)".repeat(2_000)}`],
    ["calls", `select ${"abs(".repeat(10_000)}1${")".repeat(10_000)}`],
    ["casts", `select 1${"::int".repeat(20_000)}`],
    ["paths", `select parse_json('{}')${":a".repeat(20_000)}`],
    ["and", `select true${" and true".repeat(20_000)}`],
    ["or", `select 1 where 1 = 2${" or 1 = 2".repeat(5_000)}`],
    ["concatenation", `select 'a'${" || 'a'".repeat(10_000)}`],
    [
      "ctes",
      `with a0 as (select 1 x)${Array.from({ length: 500 }, (_, i) => `, a${i + 1} as (select * from a${i})`).join("")} select * from a500`,
    ],
    ["blocks", `${"begin ".repeat(5_000)} return 1; ${"end; ".repeat(5_000)}`],
  ])("deeply nested %s end in an answer", async (_name, sql) => {
    await client.query(sql);
  });
});

describe("connections", () => {
  function open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect(server.port, "127.0.0.1", () => resolve(socket));
      socket.on("error", reject);
    });
  }

  /** Everything that comes until the server ends the connection, or some time has passed. */
  function received(socket: Socket, milliseconds = 1_500): Promise<string> {
    return new Promise((resolve) => {
      let text = "";
      const timer = setTimeout(() => resolve(text), milliseconds);
      socket.on("data", (data) => {
        text += data.toString();
      });
      socket.on("close", () => {
        clearTimeout(timer);
        resolve(text);
      });
    });
  }

  it("with something that is not HTTP get 400 and an end", async () => {
    for (const bytes of [
      "nonsense\r\n\r\n",
      "GET\r\n\r\n",
      "\u0016\u0003\u0001\u0002\u0000\u0001",
      "GET / HTTP/9.9\r\n\r\n",
    ]) {
      const socket = await open();
      socket.write(bytes);
      expect(await received(socket)).toMatch(/^HTTP\/1\.1 (400|505)/);
      socket.destroy();
    }
  });

  it("with headers beyond all measure get 431", async () => {
    const socket = await open();
    socket.write(`GET /livez HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(100_000)}\r\n\r\n`);
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 431/);
    socket.destroy();
  });

  it("that end in the middle of a body, or say a wrong length, harm nobody", async () => {
    const head = `POST /queries/v1/query-request HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    for (const rest of [
      'content-length: 1000\r\n\r\n{"sqlText"',
      "transfer-encoding: chunked\r\n\r\nzz\r\n",
      "content-length: -5\r\n\r\n",
      "content-length: 5\r\ncontent-length: 6\r\n\r\nhello",
      "content-length: 99999999999\r\n\r\n",
    ]) {
      for (const half of [true, false]) {
        const socket = await open();
        socket.on("error", () => undefined);
        socket.write(head + rest);
        await sleep(30);
        if (half) socket.end();
        else socket.destroy();
        expect(await received(socket, 500)).not.toMatch(/^HTTP\/1\.1 5/);
        socket.destroy();
      }
    }
  });

  it("that stay open and slow do not keep others waiting", async () => {
    const slow = await Promise.all(Array.from({ length: 100 }, open));
    for (const socket of slow) socket.write("POST /session/heartbeat HTTP/1.1\r\nhost: x\r\n");
    expect(await client.rows("select 1")).toEqual([["1"]]);
    for (const socket of slow) socket.destroy();
  });

  it("that go away while their statement runs leave the session usable", async () => {
    const controller = new AbortController();
    const gone = fetch(`${server.url}/queries/v1/query-request`, {
      method: "POST",
      headers: { authorization: `Snowflake Token="${client.token}"` },
      body: '{"sqlText":"select count(*) from table(generator(rowcount => 40000)) a, table(generator(rowcount => 40000)) b"}',
      signal: controller.signal,
    }).catch(() => "gone");
    await sleep(50);
    controller.abort();
    expect(await gone).toBe("gone");
    expect(await client.rows("select 1")).toEqual([["1"]]);
  });

  it("pipelined requests are answered in order", async () => {
    const socket = await open();
    const request = "GET /livez HTTP/1.1\r\nhost: x\r\n\r\n";
    socket.write(request.repeat(50));
    let text = "";
    socket.on("data", (data) => {
      text += data.toString();
    });
    await expect.poll(() => text.split("HTTP/1.1 200").length - 1, { timeout: 30_000 }).toBe(50);
    socket.destroy();
  });
});

describe("many", () => {
  it("200 sessions side by side", async () => {
    const before = server.account.sessions.size;
    const clients = await Promise.all(Array.from({ length: 200 }, () => server.login()));
    const answers = await Promise.all(clients.map((one, i) => one.rows(`select ${i}, ${i} + 1`)));
    answers.forEach((rows, i) => {
      expect(rows).toEqual([[`${i}`, `${i + 1}`]]);
    });
    await Promise.all(clients.map((one) => one.close()));
    expect(server.account.sessions.size).toBe(before);
  });

  it("3,000 requests one after the other hold no memory", async () => {
    for (let i = 0; i < 200; i++) await client.rows(`select ${i}`);
    const before = heldMemory();
    for (let i = 0; i < 3_000; i++) await client.rows(`select ${i}, 'a'`);
    expect((heldMemory() - before) / MEGABYTE).toBeLessThan(50);
  });
});
