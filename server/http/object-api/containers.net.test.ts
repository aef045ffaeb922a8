/** Databases and schemas over the object API. Shapes: snowflake-rest-api-specs, database.yaml and schema.yaml. */

import { describe, expect, it } from "vitest";
import { names, objectClient } from "../../../compat-tests/robustness/object-client.ts";

const api = objectClient();

describe("databases", () => {
  it("are created with their properties, and fetched", async () => {
    const created = await api.post("/databases", {
      name: "first_db",
      kind: "TRANSIENT",
      comment: "it's \\ mine",
      data_retention_time_in_days: 0,
      dropped_on: null,
    });
    expect(created).toEqual({
      status: 200,
      body: { status: "Database FIRST_DB successfully created." },
    });
    const { status, body } = await api.get("/databases/first_db");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: "FIRST_DB",
      kind: "TRANSIENT",
      comment: "it's \\ mine",
      owner: "ACCOUNTADMIN",
      owner_role_type: "ROLE",
      data_retention_time_in_days: 0,
      retention_time: 0,
      is_current: false,
      created_on: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it("exist once, unless createMode says otherwise", async () => {
    const body = { name: "twice" };
    expect((await api.post("/databases", body)).status).toBe(200);
    const again = await api.post("/databases", body);
    expect(again).toMatchObject({
      status: 409,
      body: {
        code: "002002",
        error_code: "002002",
        message: expect.stringContaining("Object 'TWICE' already exists."),
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    expect(await api.post("/databases?createMode=ifNotExists", body)).toMatchObject({
      status: 200,
      body: { status: "TWICE already exists, statement succeeded." },
    });
    await api.sql().rows("create table twice.public.t (a int)");
    expect((await api.post("/databases?createMode=orReplace", body)).status).toBe(200);
    expect(await api.sql().code("select * from twice.public.t")).toBe("002003");
  });

  it("are listed by like, startsWith, showLimit and fromName", async () => {
    for (const name of ["list_a", "list_b", "list_c", '"List"']) {
      await api.post("/databases", { name });
    }
    expect(names(await api.get("/databases?like=list%25"))).toEqual([
      "LIST_A",
      "LIST_B",
      "LIST_C",
      '"List"',
    ]);
    expect(names(await api.get("/databases?startsWith=LIST"))).toHaveLength(3);
    expect(names(await api.get("/databases?startsWith=LIST&showLimit=2"))).toEqual([
      "LIST_A",
      "LIST_B",
    ]);
    expect(names(await api.get("/databases?startsWith=LIST&showLimit=5&fromName=LIST_A"))).toEqual([
      "LIST_B",
      "LIST_C",
    ]);
    expect((await api.get("/databases?showLimit=0")).status).toBe(400);
  });

  it("keep the case of a quoted name", async () => {
    await api.post("/databases", { name: '"My ""Db"""' });
    const path = `/databases/${encodeURIComponent('"My ""Db"""')}`;
    expect(await api.get(path)).toMatchObject({ status: 200, body: { name: '"My ""Db"""' } });
    expect((await api.get("/databases/mydb")).status).toBe(404);
    expect((await api.delete(path)).status).toBe(200);
    expect((await api.get(path)).status).toBe(404);
  });

  it("are altered by PUT, what is left out goes back to its default", async () => {
    const one = "/databases/put_db";
    expect((await api.put(one, { name: "put_db", comment: "a" })).status).toBe(200);
    await api.sql().rows("create table put_db.public.kept (a int)");
    expect((await api.put(one, { name: "PUT_DB", log_level: "INFO" })).status).toBe(200);
    expect((await api.get(one)).body).toMatchObject({ comment: "", log_level: "INFO" });
    expect(await api.sql().rows("select count(*) from put_db.public.kept")).toEqual([["0"]]);
    expect((await api.put(one, { name: "other" })).status).toBe(400);
  });

  it("are put back as they were fetched", async () => {
    await api.post("/databases", { name: "round", comment: "c" });
    const { body } = await api.get("/databases/round");
    expect((await api.put("/databases/round", body)).status).toBe(200);
    expect((await api.get("/databases/round")).body).toEqual(body);
  });

  it("are dropped, and come back", async () => {
    await api.post("/databases", { name: "gone" });
    expect(await api.delete("/databases/gone")).toEqual({
      status: 200,
      body: { status: "GONE successfully dropped." },
    });
    expect((await api.delete("/databases/gone")).status).toBe(404);
    expect((await api.delete("/databases/gone?ifExists=true")).status).toBe(200);
    expect(names(await api.get("/databases?history=true&like=gone"))).toEqual(["GONE"]);
    expect((await api.post("/databases/gone:undrop")).status).toBe(200);
    expect((await api.get("/databases/gone")).status).toBe(200);
  });

  it("are cloned", async () => {
    await api.sql().rows("create database origin");
    await api.sql().rows("create table origin.public.t as select 1 a");
    expect((await api.post("/databases/origin:clone", { name: "copy" })).status).toBe(200);
    expect((await api.post("/databases/origin:clone", { name: "copy" })).status).toBe(409);
    expect(await api.sql().rows("select a from copy.public.t")).toEqual([["1"]]);
    const past = {
      name: "copy",
      point_of_time: { point_of_time_type: "offset", reference: "at", offset: "0" },
    };
    expect(await api.post("/databases/origin:clone?createMode=orReplace", past)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("Unsupported feature 'CLONE AT of a DATABASE'") },
    });
  });
});

describe("schemas", () => {
  it("are created, fetched, listed, altered, cloned and dropped", async () => {
    await api.post("/databases", { name: "s_db" });
    const all = "/databases/s_db/schemas";
    const created = await api.post(all, { name: "raw", managed_access: true, comment: "c" });
    expect(created.body).toEqual({ status: "Schema RAW successfully created." });
    expect((await api.get(`${all}/raw`)).body).toMatchObject({
      name: "RAW",
      database_name: "S_DB",
      kind: "PERMANENT",
      managed_access: true,
      comment: "c",
      data_retention_time_in_days: 1,
    });
    expect(names(await api.get(all))).toEqual(["INFORMATION_SCHEMA", "PUBLIC", "RAW"]);
    expect((await api.put(`${all}/raw`, { name: "raw", comment: "d" })).status).toBe(200);
    expect((await api.get(`${all}/raw`)).body).toMatchObject({ comment: "d" });
    await api.sql().rows("create table s_db.raw.t as select 7 n");
    const clone = await api.post(`${all}/raw:clone?targetDatabase=twice`, { name: "copied" });
    expect(clone.status).toBe(200);
    expect(await api.sql().rows("select n from twice.copied.t")).toEqual([["7"]]);
    expect((await api.delete(`${all}/raw?restrict=true`)).status).toBe(200);
    expect((await api.get(`${all}/raw`)).status).toBe(404);
    expect((await api.post(`${all}/raw:undrop`)).status).toBe(200);
    expect((await api.get(`${all}/raw`)).status).toBe(200);
  });

  it("of a database that is not there are 404", async () => {
    expect(await api.get("/databases/nowhere/schemas")).toMatchObject({
      status: 404,
      body: { code: expect.stringMatching(/^0020(03|43)$/) },
    });
    expect((await api.post("/databases/nowhere/schemas", { name: "x" })).status).toBe(404);
  });
});

describe("what cannot be taken", () => {
  it.each([
    ["an unknown property", "/databases", { name: "x", flavour: "sweet" }, "flavour"],
    ["a property of a wrong type", "/databases", { name: "x", comment: 1 }, "comment"],
    ["an unknown parameter", "/databases?mode=x", { name: "x" }, "mode"],
    ["an unknown createMode", "/databases?createMode=maybe", { name: "x" }, "createMode"],
    ["a missing name", "/databases", {}, "name"],
    ["a body that is no object", "/databases", [1], "not a JSON object"],
    ["a name that is no identifier", "/databases", { name: "a; drop database b" }, "identifier"],
    ["a temporary object", "/databases", { name: "x", kind: "TEMPORARY" }, "temporary"],
    [
      "a value out of its range",
      "/databases",
      { name: "x", data_retention_time_in_days: -1 },
      "DATA_RETENTION_TIME_IN_DAYS",
    ],
  ])("is refused by name: %s", async (_title, path, body, word) => {
    const reply = await api.post(path, body);
    expect(reply).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(word) },
    });
    expect((await api.get("/databases/x")).status).toBe(404);
  });

  it.each([
    "x'; drop database safe; --",
    'x"; drop database safe; --',
    "safe.public",
    "x y",
    "",
    "1x",
    '"',
    '""',
    '"a"b"',
    "x\u0000",
  ])("hostile names are no names: %j", async (name) => {
    await api.sql().rows("create database if not exists safe");
    expect((await api.post("/databases", { name })).status).toBe(400);
    if (name !== "") {
      const path = `/databases/${encodeURIComponent(name)}`;
      expect((await api.get(path)).status).toBe(400);
      expect((await api.delete(path)).status).toBe(400);
    }
    expect((await api.get("/databases/safe")).status).toBe(200);
  });

  it("hostile texts are only texts", async () => {
    const comment = "'; drop database safe; -- \\' \n $$ \u0001";
    await api.post("/databases", { name: "text_db", comment });
    expect((await api.get("/databases/text_db")).body).toMatchObject({ comment });
    const like = encodeURIComponent("'; drop database safe; --");
    expect(await api.get(`/databases?like=${like}`)).toEqual({ status: 200, body: [] });
    const name = '"\'; drop database safe; --"';
    expect((await api.post("/databases", { name })).status).toBe(200);
    expect(await api.get(`/databases/${encodeURIComponent(name)}`)).toMatchObject({
      status: 200,
      body: { name },
    });
    expect((await api.get("/databases/safe")).status).toBe(200);
  });
});

describe("paths and methods", () => {
  it.each([
    ["GET", "/nothing"],
    ["GET", "/tables"],
    ["GET", "/databases/x/tables"],
    ["POST", "/databases/x:explode"],
    ["GET", "/databases/a/schemas/b/nothing"],
    ["GET", "/databases/%zz"],
    ["GET", "/databases/%E0%A4%A"],
    ["PATCH", "/databases"],
  ])("%s %s is 404", async (method, path) => {
    const reply = await api.request(method, path);
    expect(reply).toMatchObject({ status: 404, body: { code: "390404", error_code: "390404" } });
  });

  it("a method that a path does not have is 405", async () => {
    expect((await api.request("DELETE", "/databases")).status).toBe(405);
  });

  it("a slash at the end says nothing", async () => {
    expect((await api.get("/databases/")).status).toBe(200);
  });
});

describe("who asks", () => {
  it("needs a token", async () => {
    const response = await api.server().send("/api/v2/databases", { method: "GET" });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: "390101" });
  });

  it("may have a bearer token", async () => {
    const headers = { authorization: "Bearer opaque" };
    const response = await api.server().send("/api/v2/databases", { method: "GET", headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-snowflake-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("has the role of the session token", async () => {
    await api.sql().rows("use role sysadmin");
    await api.post("/databases", { name: "of_sysadmin" });
    await api.sql().rows("use role accountadmin");
    expect((await api.get("/databases/of_sysadmin")).body).toMatchObject({ owner: "SYSADMIN" });
  });

  it("leaves no session behind", async () => {
    const before = api.server().account.sessions.size;
    await api.get("/databases");
    await api.get("/databases/nowhere");
    expect(api.server().account.sessions.size).toBe(before);
  });
});
