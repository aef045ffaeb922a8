/** Malformed requests to every endpoint: Snowflake's error shape or a clean 4xx, and the server goes on. */

import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type Client,
  envelope,
  expectAlive,
  startServer,
  type TestServer,
  tokenHeader,
} from "./test-kit.ts";

const QUERY = "/queries/v1/query-request";
const LOGIN = "/session/v1/login-request";
const UNKNOWN_ID = "01000000-0000-4000-8000-000000000000";
const POSTS = [
  LOGIN,
  "/session/token-request",
  "/session/heartbeat",
  "/session",
  QUERY,
  "/queries/v1/abort-request",
  `/queries/${UNKNOWN_ID}/abort-request`,
  "/telemetry/send",
  "/telemetry/send/sessionless",
];
const GETS = [`/queries/${UNKNOWN_ID}/result`, `/monitoring/queries/${UNKNOWN_ID}`];
const WITH_SESSION = POSTS.filter((path) => !/login|telemetry|token-request/.test(path));

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = await server.login();
});
afterAll(() => server.close());
afterEach(() => expectAlive(server));

describe("bodies", () => {
  const gzip = new Uint8Array(gzipSync('{"sqlText":"select 1"}'));
  const gzipped = { "content-encoding": "gzip" };

  it.each(POSTS)("%s with gzip that is cut, empty or none at all", async (path) => {
    const cut = gzip.slice(0, gzip.length - 6);
    const token = client.token;
    for (const body of [cut, gzip.slice(0, 3), "not gzip"]) {
      const answer = await server.call(path, { token, headers: gzipped, body });
      expect(answer).toMatchObject({ success: false, code: "390400" });
    }
    await server.call(path, { token, headers: gzipped, body: "" });
  });

  it.each(POSTS)("%s with text that is not JSON, and bytes that are not UTF-8", async (path) => {
    const token = client.token;
    const invalid = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    for (const body of ["{", "select 1", '{"a":1}}', "\u0000", "'", invalid]) {
      const answer = await server.call(path, { token, body });
      expect(answer).toMatchObject({ success: false, code: "390400" });
    }
  });

  it.each(POSTS)("%s with JSON of the wrong shape", async (path) => {
    const nested = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const shapes = ["[]", "[1,2]", "7", "null", "true", '"text"', "{}", '{"data":[]}'];
    const fields = ['{"data":{"LOGIN_NAME":{}}}', '{"sqlText":7}', '{"sqlText":null}', nested];
    const odd = ['{"__proto__":{"sqlText":"x"}}', '{"requestId":{}}', '{"requestType":[]}'];
    for (const body of [...shapes, ...fields, ...odd, "", "   "]) {
      const session = await server.login();
      await server.call(path, { token: session.token, body });
      await session.close();
    }
  });

  it("a query without its text is a bad request", async () => {
    for (const body of ["", "{}", "[]", "null", '{"sqlText":null}', '{"sqlText":["select 1"]}']) {
      const answer = await server.call(QUERY, { token: client.token, body });
      expect(answer).toMatchObject({ success: false, code: "390400" });
    }
  });

  it("a login without a user is refused", async () => {
    for (const body of ["", "{}", '{"data":null}', '{"data":{"LOGIN_NAME":""}}']) {
      const answer = await server.call(LOGIN, { body });
      expect(answer).toMatchObject({ success: false, code: "390100" });
    }
  });

  it("a login with odd fields takes what it can", async () => {
    const data = {
      LOGIN_NAME: "u",
      CLIENT_APP_ID: 7,
      CLIENT_ENVIRONMENT: [1],
      SESSION_PARAMETERS: { TIMEZONE: 7, QUERY_TAG: null, WEEK_START: "x", NO_SUCH: { a: 1 } },
    };
    await server.call(LOGIN, { body: JSON.stringify({ data }) });
  });

  it("any content type and charset is read as JSON", async () => {
    const body = '{"sqlText":"select 1"}';
    for (const type of [
      "text/plain",
      "application/xml",
      "nonsense",
      "application/json;charset=x",
    ]) {
      const headers = { "content-type": type };
      const answer = await server.call(QUERY, { token: client.token, headers, body });
      expect(answer.data?.rowset).toEqual([["1"]]);
    }
  });

  it("a gzip bomb and a body beyond the limit are refused", async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(150 * 1024 * 1024, 0x20)));
    const { token } = client;
    const unpacked = await server.call(QUERY, { token, headers: gzipped, body: bomb });
    expect(unpacked).toMatchObject({ success: false, code: "390400" });
    const large = `{"sqlText":"${"x".repeat(129 * 1024 * 1024)}"}`;
    const refused = await server.call(QUERY, { token, body: large }).catch(() => undefined);
    // A client that is still sending may see the connection end before it reads the answer.
    if (refused !== undefined) expect(refused).toMatchObject({ success: false, code: "390400" });
  });
});

describe("tokens", () => {
  it.each([...WITH_SESSION, ...GETS])("%s without a token, and with unknown ones", async (path) => {
    const method = GETS.includes(path) ? "GET" : "POST";
    const none = ["", "Bearer x", "Snowflake", 'Snowflake Token="None"', 'Snowflake Token=""'];
    for (const authorization of none) {
      const answer = await server.call(path, { method, headers: { authorization } });
      expect(answer).toMatchObject({ success: false, code: "390101" });
    }
    expect(await server.call(path, { method })).toMatchObject({ code: "390101" });
    const unknown = await server.call(path, { method, token: "nobody" });
    expect(unknown).toMatchObject({
      success: false,
      code: expect.stringMatching(/^39011?[14]1?$/),
    });
    const master = await server.call(path, { method, token: client.masterToken });
    expect(master).toMatchObject({ success: false, code: "390104" });
  });

  it("an expired token asks for a renewal, which keeps the session's state", async () => {
    const session = await server.login();
    await session.rows("set v = 42");
    await session.rows("create temporary table if not exists d.public.kept (a int)").catch(() => 0);
    server.shiftClock(3_700_000);
    expect(await session.query("select 1")).toMatchObject({ success: false, code: "390112" });
    const renewed = await server.call("/session/token-request", {
      token: session.masterToken,
      body: JSON.stringify({ oldSessionToken: session.token, requestType: "RENEW" }),
    });
    const token = String(renewed.data?.sessionToken);
    const answer = await server.call(QUERY, { token, body: '{"sqlText":"select $v"}' });
    expect(answer.data?.rowset).toEqual([["42"]]);
    expect(await session.query("select 1")).toMatchObject({ code: "390111" });
    const again = { token: session.masterToken, body: '{"requestType":"RENEW"}' };
    expect(await server.call("/session/token-request", again)).toMatchObject({ code: "390113" });
    client = await server.login();
  });

  it("a closed session is gone", async () => {
    const session = await server.login();
    await session.close();
    expect(await session.query("select 1")).toMatchObject({ success: false, code: "390111" });
    const twice = await server.call("/session?delete=true", { token: session.token });
    expect(twice.code).toBe("390111");
  });
});

describe("paths and methods", () => {
  it("an unknown path is 404 with a JSON that says so", async () => {
    for (const path of ["/nothing", "/session/v2/login", "/queries", "/%00", "/a/../b"]) {
      const response = await server.send(path, { method: "GET" });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ success: false, code: "390404" });
    }
  });

  it("a path that cannot be decoded is a clean refusal", async () => {
    for (const path of ["/queries/%E0%A4%A/result", "/%", "/%zz"]) {
      const response = await server.send(path, { method: "GET", token: client.token });
      expect(response.status).toBeLessThan(500);
      expect(await response.json()).toMatchObject({ success: false });
    }
  });

  it.each(POSTS)("other methods on %s", async (path) => {
    for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const response = await server.send(path, { method, token: client.token });
      expect(response.status, method).toBe(404);
      const text = await response.text();
      if (method !== "HEAD") expect(JSON.parse(text)).toMatchObject({ success: false });
    }
  });

  it("unknown query ids", async () => {
    const { token } = client;
    for (const id of [UNKNOWN_ID, "x", "%27", "a".repeat(60), "1;drop"]) {
      const result = await server.call(`/queries/${id}/result`, { method: "GET", token });
      expect(result).toMatchObject({ success: false });
      const status = await server.call(`/monitoring/queries/${id}`, { method: "GET", token });
      expect(status.data).toEqual({ queries: [] });
      const abort = await server.call(`/queries/${id}/abort-request`, { token });
      expect(abort).toMatchObject({ success: false, code: "000605" });
    }
    const headers = { authorization: tokenHeader(token) };
    const chunk = await server.send(`/chunks/x/${UNKNOWN_ID}/0`, { method: "GET", headers });
    expect(chunk.status).toBe(404);
  });

  it("query parameters twice, empty or odd", async () => {
    const body = '{"sqlText":"select 1"}';
    for (const query of ["requestId=a&requestId=b", "requestId=", "requestId[]=1", "=&&=", "%"]) {
      const answer = await server.call(`${QUERY}?${query}`, { token: client.token, body });
      expect(answer.success).toBe(true);
    }
    const login = async (query: string) => {
      const body = '{"data":{"LOGIN_NAME":"u"}}';
      return envelope(await (await server.send(`${LOGIN}?${query}`, { body })).text());
    };
    expect((await login("databaseName=%22&schemaName=a.b&roleName=&warehouse=;;")).success).toBe(
      true,
    );
    expect((await login("roleName='")).code).toBe("390189");
  });
});
