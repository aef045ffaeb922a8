/** Stages, sequences, streams and tasks over the object API. Shapes: snowflake-rest-api-specs. */

import { beforeAll, describe, expect, it } from "vitest";
import { names, objectClient } from "../../../compat-tests/robustness/object-client.ts";

const api = objectClient();
const SCHEMA = "/databases/o_db/schemas/public";

beforeAll(async () => {
  await api.sql().rows("create database o_db");
  await api.sql().rows("create schema o_db.other");
  await api.sql().rows("create table o_db.public.t as select 1 a");
});

describe("stages", () => {
  const STAGES = `${SCHEMA}/stages`;

  it("are created, fetched, listed and dropped", async () => {
    const stage = {
      name: "files",
      kind: "PERMANENT",
      comment: "s",
      directory_table: { enable: true },
      encryption: { type: "SNOWFLAKE_SSE" },
    };
    expect((await api.post(STAGES, stage)).body).toEqual({
      status: "Stage area FILES successfully created.",
    });
    expect((await api.get(`${STAGES}/files`)).body).toMatchObject({
      name: "FILES",
      kind: "PERMANENT",
      comment: "s",
      url: null,
      directory_table: { enable: true },
      has_credentials: false,
    });
    const outside = {
      name: "outside",
      url: "s3://bucket/path/",
      credentials: { credential_type: "AWS", aws_key_id: "id", aws_secret_key: "it's secret" },
    };
    expect((await api.post(STAGES, outside)).status).toBe(200);
    expect((await api.get(`${STAGES}/outside`)).body).toMatchObject({
      url: "s3://bucket/path/",
      has_credentials: true,
      cloud: "AWS",
    });
    expect(names(await api.get(STAGES))).toEqual(["FILES", "OUTSIDE"]);
    expect((await api.delete(`${STAGES}/outside`)).status).toBe(200);
    expect((await api.get(`${STAGES}/outside`)).status).toBe(404);
  });

  it("list their files and give URLs of them", async () => {
    await api.sql().rows("copy into @o_db.public.files/a.csv from (select 1) single = true");
    await api.sql().rows("copy into @o_db.public.files/b.txt from (select 2) single = true");
    const files = `${STAGES}/files/files`;
    expect((await api.get(files)).body).toMatchObject([
      { name: "files/a.csv", size: expect.any(String), md5: expect.any(String) },
      { name: "files/b.txt" },
    ]);
    const pattern = encodeURIComponent(".*[.]csv.*");
    expect(names(await api.get(`${files}?pattern=${pattern}`))).toEqual(["files/a.csv"]);
    const { status, body } = await api.post(`${files}/a.csv:presigned-url`, {
      expiration_time: 60,
    });
    expect(status).toBe(200);
    const response = await fetch((body as { presigned_url: string }).presigned_url);
    expect(response.status).toBe(200);
  });

  it.each([
    [{ kind: "TEMPORARY" }, "temporary"],
    [{ directory_table: { shelf: 1 } }, "shelf"],
    [{ credentials: { aws_key_id: "x" } }, "credential_type"],
  ])("refuse %j", async (parts, word) => {
    expect(await api.post(STAGES, { name: "bad", ...parts })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(word) },
    });
  });
});

describe("sequences", () => {
  const SEQUENCES = `${SCHEMA}/sequences`;

  it("are created, fetched, cloned, renamed and dropped", async () => {
    const sequence = { name: "counter", start: 10, increment: -5, ordered: true, comment: "q" };
    expect((await api.post(SEQUENCES, sequence)).status).toBe(200);
    expect(await api.sql().rows("select o_db.public.counter.nextval")).toEqual([["10"]]);
    expect((await api.get(`${SEQUENCES}/counter`)).body).toMatchObject({
      name: "COUNTER",
      start: 10,
      increment: -5,
      ordered: true,
      comment: "q",
      database_name: "O_DB",
      schema_name: "PUBLIC",
    });
    const clone = `${SEQUENCES}/counter:clone?targetSchema=other`;
    expect((await api.post(clone, { name: "copied" })).status).toBe(200);
    const copied = await api.get("/databases/o_db/schemas/other/sequences/copied");
    expect(copied.body).toMatchObject({ name: "COPIED", schema_name: "OTHER", increment: -5 });
    expect((await api.post(`${SEQUENCES}/counter:rename?targetName=renamed`)).status).toBe(200);
    expect(names(await api.get(SEQUENCES))).toEqual(["RENAMED"]);
    expect((await api.delete(`${SEQUENCES}/renamed`)).status).toBe(200);
    expect((await api.get(`${SEQUENCES}/renamed`)).status).toBe(404);
    expect((await api.post(SEQUENCES, { name: "x", start: "many" })).status).toBe(400);
  });
});

describe("streams", () => {
  const STREAMS = `${SCHEMA}/streams`;

  it("are created on tables and views, fetched and dropped", async () => {
    const stream = {
      name: "changes",
      comment: "c",
      stream_source: { src_type: "table", name: "t", append_only: true },
    };
    expect((await api.post(STREAMS, stream)).status).toBe(200);
    await api.sql().rows("insert into o_db.public.t values (2)");
    expect(await api.sql().rows("select a from o_db.public.changes")).toEqual([["2"]]);
    expect((await api.get(`${STREAMS}/changes`)).body).toMatchObject({
      name: "CHANGES",
      comment: "c",
      mode: "APPEND_ONLY",
      stale: false,
      table_name: "O_DB.PUBLIC.T",
      stream_source: {
        src_type: "table",
        name: "T",
        database_name: "O_DB",
        schema_name: "PUBLIC",
        append_only: true,
      },
    });
    await api.sql().rows("create view o_db.other.v as select a from o_db.public.t");
    const elsewhere = {
      name: "seen",
      stream_source: { src_type: "view", schema_name: "other", name: "v", show_initial_rows: true },
    };
    expect((await api.post(STREAMS, elsewhere)).status).toBe(200);
    expect(await api.sql().rows("select count(*) from o_db.public.seen")).toEqual([["2"]]);
    expect(names(await api.get(STREAMS))).toEqual(["CHANGES", "SEEN"]);
    expect((await api.delete(`${STREAMS}/seen`)).status).toBe(200);
    const nowhere = { name: "x", stream_source: { src_type: "table", name: "missing" } };
    expect((await api.post(STREAMS, nowhere)).status).toBe(404);
    expect((await api.post(STREAMS, { name: "x" })).status).toBe(400);
  });
});

describe("tasks", () => {
  const TASKS = `${SCHEMA}/tasks`;

  it("are created, fetched, resumed, executed and dropped", async () => {
    const root = {
      name: "root",
      warehouse: "compute_wh",
      definition: "insert into o_db.public.t select 7",
      schedule: { schedule_type: "CRON_TYPE", cron_expr: "0 9 1 1 *", timezone: "Europe/Berlin" },
      config: { depth: 3 },
      session_parameters: { TIMEZONE: "UTC" },
      comment: "k",
    };
    expect((await api.post(TASKS, root)).body).toEqual({
      status: "Task ROOT successfully created.",
    });
    const child = {
      name: "child",
      warehouse: "compute_wh",
      definition: "begin insert into o_db.public.t values (8); end",
      predecessors: ["root"],
      condition: "1 = 1",
    };
    expect((await api.post(TASKS, child)).status).toBe(200);
    expect((await api.get(`${TASKS}/root`)).body).toMatchObject({
      name: "ROOT",
      warehouse: "COMPUTE_WH",
      definition: "insert into o_db.public.t select 7",
      schedule: { schedule_type: "CRON_TYPE", cron_expr: "0 9 1 1 *", timezone: "Europe/Berlin" },
      config: { depth: 3 },
      state: "suspended",
      comment: "k",
      predecessors: [],
    });
    expect((await api.get(`${TASKS}/child`)).body).toMatchObject({
      predecessors: ["O_DB.PUBLIC.ROOT"],
      condition: expect.stringContaining("1"),
    });
    expect(names(await api.get(`${TASKS}?rootOnly=true`))).toEqual(["ROOT"]);
    expect((await api.post(`${TASKS}/root:resume`)).status).toBe(200);
    expect((await api.get(`${TASKS}/root`)).body).toMatchObject({ state: "started" });
    expect((await api.post(`${TASKS}/root:suspend`)).status).toBe(200);
    expect((await api.post(`${TASKS}/root:execute`)).status).toBe(200);
    expect((await api.delete(`${TASKS}/child`)).status).toBe(200);
    expect((await api.get(`${TASKS}/child`)).status).toBe(404);
  });

  it("are altered by PUT", async () => {
    const task = {
      name: "changing",
      definition: "select 1",
      schedule: { schedule_type: "MINUTES_TYPE", minutes: 5 },
    };
    expect((await api.put(`${TASKS}/changing`, task)).status).toBe(200);
    expect((await api.put(`${TASKS}/changing`, { ...task, definition: "select 2" })).status).toBe(
      200,
    );
    expect((await api.get(`${TASKS}/changing`)).body).toMatchObject({
      definition: "select 2",
      schedule: { schedule_type: "MINUTES_TYPE", minutes: 5 },
    });
  });

  it.each([
    [{ definition: "select 1; drop database o_db" }],
    [{ definition: "" }],
    [{}],
    [{ definition: "select 1", schedule: { schedule_type: "SOMETIMES" } }],
    [{ definition: "select 1", condition: "true as select 1" }],
    [{ definition: "select 1", session_parameters: { "A = 1 --": 1 } }],
  ])("refuse %j", async (parts) => {
    expect((await api.post(TASKS, { name: "bad", ...parts })).status).toBe(400);
    expect((await api.get(`${TASKS}/bad`)).status).toBe(404);
    expect((await api.get("/databases/o_db")).status).toBe(200);
  });
});
