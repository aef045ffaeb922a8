/** The SQL API over HTTP. Shapes and rules: https://docs.snowflake.com/en/developer-guide/sql-api/reference */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../../../compat-tests/robustness/test-kit.ts";

const STATEMENTS = "/api/v2/statements";

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  expect(server.internalErrors()).toEqual([]);
  await server.close();
});

type Reply = {
  readonly status: number;
  readonly link: string | null;
  readonly body: Readonly<Record<string, unknown>>;
};

const BEARER = { authorization: "Bearer opaque-token" };

async function request(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = BEARER,
): Promise<Reply> {
  const text =
    typeof body === "string" ? body : body === undefined ? undefined : JSON.stringify(body);
  const response = await server.send(path, { method, headers, body: text });
  return {
    status: response.status,
    link: response.headers.get("link"),
    body: (await response.json()) as Readonly<Record<string, unknown>>,
  };
}

const post = (body: unknown, query = "", headers = BEARER) =>
  request("POST", STATEMENTS + query, body, headers);

const run = (statement: string, more: object = {}, query = "") =>
  post({ statement, ...more }, query);

/** Asks until the statement has ended. */
async function ended(handle: unknown): Promise<Reply> {
  for (;;) {
    const reply = await request("GET", `${STATEMENTS}/${String(handle)}`);
    if (reply.status !== 202) return reply;
  }
}

describe("a statement", () => {
  it("gives a ResultSet", async () => {
    const { status, body } = await run("select 1 as n, 'x' as t", {}, "?requestId=a-b");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      code: "090001",
      sqlState: "00000",
      message: "Statement executed successfully.",
      requestId: "a-b",
      statementHandle: expect.stringMatching(/^[0-9a-f-]{36}$/),
      createdOn: expect.any(Number),
      data: [["1", "x"]],
      resultSetMetaData: { numRows: 1, format: "jsonv2", partitionInfo: [{ rowCount: 1 }] },
    });
    expect(body.statementStatusUrl).toBe(`${STATEMENTS}/${body.statementHandle}?requestId=a-b`);
    expect(body.resultSetMetaData).toMatchObject({
      rowType: [
        { name: "N", type: "fixed", precision: 1, scale: 0, nullable: false },
        { name: "T", type: "text" },
      ],
    });
  });

  it("prints cells as the API does", async () => {
    const { body } = await run(
      `select true, 1.50::number(10,2), '2024-03-01'::date, '01:02:03.5'::time(3),
        '2024-03-01 00:00:01.25'::timestamp_ntz(3), '2024-03-01 01:00:00 +0100'::timestamp_tz(0),
        to_binary('ff00'), null`,
    );
    expect(body.data).toEqual([
      [
        "true",
        "1.50",
        "19783",
        "3723.500000000",
        "1709251201.250000000",
        "1709251200.000000000 1500",
        "FF00",
        null,
      ],
    ]);
  });

  it("prints times by the formats that the request gives, and NULL as asked", async () => {
    const parameters = {
      date_output_format: "DD.MM.YYYY",
      TIME_OUTPUT_FORMAT: "HH24:MI",
      timestamp_output_format: "YYYY/MM/DD HH24",
      binary_output_format: "BASE64",
      timezone: "Europe/Berlin",
    };
    const { body } = await run(
      `select '2024-03-01'::date, '01:02:03'::time, '2024-03-01 12:00:00 +0000'::timestamp_ltz,
        to_binary('ff00'), null`,
      { parameters },
      "?nullable=false",
    );
    expect(body.data).toEqual([["01.03.2024", "01:02", "2024/03/01 13", "/wA=", "null"]]);
  });

  it("takes bindings, and names with their case", async () => {
    await run("create database api_db");
    await run('create schema "Mixed"', { database: "API_DB" });
    const place = { database: "API_DB", schema: "Mixed" };
    await run("create table t (a int, b varchar)", place);
    const insert = await run("insert into t values (?, ?), (3, 'c')", {
      ...place,
      bindings: { 1: { type: "FIXED", value: "2" }, 2: { type: "TEXT", value: "b" } },
    });
    expect(insert.body).toMatchObject({
      data: [["2"]],
      stats: { numRowsInserted: 2, numRowsUpdated: 0, numRowsDeleted: 0 },
    });
    const { body } = await run("select a, b, current_schema() from t order by a", place);
    expect(body.data).toEqual([
      ["2", "b", "Mixed"],
      ["3", "c", "Mixed"],
    ]);
    expect((await run("select * from t", { database: "api_db" })).status).toBe(422);
  });

  it("fails with 422 and the statement's error", async () => {
    const { status, body } = await run("select zz from values (1)");
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: "000904",
      sqlState: "42000",
      message: expect.stringContaining("invalid identifier 'ZZ'"),
      statementHandle: expect.any(String),
    });
    expect(await ended(body.statementHandle)).toMatchObject({
      status: 422,
      body: { code: "000904" },
    });
  });

  it("fails with 408 after its timeout", async () => {
    const { status, body } = await run("call system$wait(60)", { timeout: 1 });
    expect(status).toBe(408);
    expect(body).toMatchObject({ code: "000630" });
  });
});

describe("several statements", () => {
  it("share a session, and each is read by its own handle", async () => {
    const { status, body } = await run(
      "set v = 41; create temporary table api_db.public.tmp (n int); insert into api_db.public.tmp values ($v + 1); select n, true from api_db.public.tmp",
      { parameters: { multi_statement_count: 4 } },
    );
    expect(status).toBe(200);
    expect(body.data).toEqual([["Multiple statements executed successfully."]]);
    const handles = body.statementHandles as string[];
    expect(handles).toHaveLength(4);
    const last = await request("GET", `${STATEMENTS}/${handles[3]}`);
    expect(last.body).toMatchObject({ data: [["42", "true"]], statementHandle: handles[3] });
  });

  it("are refused when their count is another", async () => {
    const { status, body } = await run("select 1; select 2");
    expect([status, body.code]).toEqual([422, "000008"]);
  });
});

describe("what needs a session or a client's files", () => {
  it.each([
    "use database api_db",
    "begin",
    "alter session set timezone = 'UTC'",
    "set x = 1",
    "create temporary table t (a int)",
    "create temporary stage s",
    "put file:///tmp/x @~",
    "get @~/x file:///tmp/",
  ])("is refused alone: %s", async (statement) => {
    const { status, body } = await run(statement);
    expect([status, body.code]).toEqual([422, "391911"]);
  });
});

describe("asynchronous statements", () => {
  it("answer 202, then the result", async () => {
    const started = await run("select 7", {}, "?async=true");
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({ code: "333334", sqlState: "00000" });
    const { status, body } = await ended(started.body.statementHandle);
    expect([status, body.data]).toEqual([200, [["7"]]]);
  });

  it("can be cancelled once", async () => {
    const { body } = await run("call system$wait(60)", {}, "?async=true");
    const path = `${STATEMENTS}/${String(body.statementHandle)}/cancel`;
    const canceled = await request("POST", path);
    expect([canceled.status, canceled.body.code]).toEqual([200, "000604"]);
    expect(await ended(body.statementHandle)).toMatchObject({
      status: 422,
      body: { code: "000604" },
    });
    expect((await request("POST", path)).status).toBe(422);
  });
});

describe("a retried request", () => {
  it("is executed once with retry=true", async () => {
    await run("create or replace table api_db.public.once (a int)");
    const insert = "insert into api_db.public.once values (1)";
    const first = await run(insert, {}, "?requestId=one");
    const again = await run(insert, {}, "?requestId=one&retry=true");
    expect(again.body.statementHandle).toBe(first.body.statementHandle);
    const { body } = await run("select count(*) from api_db.public.once");
    expect(body.data).toEqual([["1"]]);
  });
});

describe("a large result", () => {
  it("comes in partitions, all rows once and in order", async () => {
    const { body, link } = await run(
      "select seq4() as n, n % 2 = 0 as even from table(generator(rowcount => 50000)) order by n",
    );
    const { partitionInfo, numRows } = body.resultSetMetaData as {
      partitionInfo: { rowCount: number }[];
      numRows: number;
    };
    expect(numRows).toBe(50_000);
    expect(partitionInfo.length).toBeGreaterThan(1);
    expect(link).toContain(`partition=1>; rel="next"`);
    const rows = [...(body.data as string[][])];
    for (let index = 1; index < partitionInfo.length; index++) {
      const path = `${STATEMENTS}/${String(body.statementHandle)}?partition=${index}`;
      const part = await request("GET", path);
      const data = part.body.data as string[][];
      expect(Object.keys(part.body)).toEqual(["data"]);
      expect(data).toHaveLength(partitionInfo[index]?.rowCount ?? -1);
      rows.push(...data);
    }
    expect(rows).toHaveLength(50_000);
    expect(rows.every(([n, even], i) => n === String(i) && even === String(i % 2 === 0))).toBe(
      true,
    );
    const beyond = `${STATEMENTS}/${String(body.statementHandle)}?partition=${partitionInfo.length}`;
    expect((await request("GET", beyond)).status).toBe(400);
  });
});

describe("who asks", () => {
  const token = (claims: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "RS256" })}.${part(claims)}.signature`;
  };

  it("is the subject of a token", async () => {
    const headers = {
      authorization: `Bearer ${token({ iss: "ACCT.ANNA.SHA256:a0=", sub: "ACCT.ANNA" })}`,
      "x-snowflake-authorization-token-type": "KEYPAIR_JWT",
    };
    const { body } = await post({ statement: "select current_user()" }, "", headers);
    expect(body.data).toEqual([["ANNA"]]);
  });

  it("may be a driver's session", async () => {
    const client = await server.login();
    await client.rows("use role sysadmin");
    const headers = { authorization: `Snowflake Token="${client.token}"` };
    const statement = "select current_user(), current_role()";
    expect((await post({ statement }, "", headers)).body.data).toEqual([["TESTER", "SYSADMIN"]]);
    const given = await post({ statement, role: "PUBLIC" }, "", headers);
    expect(given.body.data).toEqual([["TESTER", "PUBLIC"]]);
  });

  it.each([
    [{}, "390101"],
    [{ authorization: "Basic abc" }, "390101"],
    [
      {
        authorization: "Bearer no-jwt",
        "x-snowflake-authorization-token-type": "KEYPAIR_JWT",
      },
      "390144",
    ],
    [{ authorization: 'Snowflake Token="unknown"' }, "390111"],
  ] as const)("is refused with 401: %j", async (headers, code) => {
    const { status, body } = await request("POST", STATEMENTS, { statement: "select 1" }, headers);
    expect([status, body.code]).toEqual([401, code]);
  });
});

describe("requests that cannot be read", () => {
  it.each([
    ["no statement", {}],
    [
      "an array as a binding",
      { statement: "select ?", bindings: { 1: { type: "FIXED", value: [1] } } },
    ],
    ["a parameter that does not exist", { statement: "select 1", parameters: { nope: 1 } }],
    ["broken JSON", "{"],
  ])("answer 400: %s", async (_name, body) => {
    const reply = await post(body);
    expect([reply.status, reply.body.code]).toEqual([400, "390400"]);
  });

  it("answer 404 for a handle that nobody has", async () => {
    const reply = await request("GET", `${STATEMENTS}/00000000-0000-0000-0000-000000000000`);
    expect([reply.status, reply.body.code]).toEqual([404, "000709"]);
  });
});
