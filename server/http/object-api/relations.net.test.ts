/** Tables and views over the object API. Shapes: snowflake-rest-api-specs, table.yaml and view.yaml. */

import { beforeAll, describe, expect, it } from "vitest";
import { names, objectClient } from "../../../compat-tests/robustness/object-client.ts";

const api = objectClient();
const TABLES = "/databases/r_db/schemas/public/tables";
const VIEWS = "/databases/r_db/schemas/public/views";

beforeAll(async () => {
  await api.sql().rows("create database r_db");
  await api.sql().rows("create schema r_db.other");
});

describe("tables", () => {
  it("are created with columns and constraints, and fetched", async () => {
    await api.post(TABLES, {
      name: "parents",
      columns: [{ name: "id", datatype: "int", constraints: [{ constraint_type: "PRIMARY KEY" }] }],
    });
    const created = await api.post(TABLES, {
      name: "people",
      kind: "TRANSIENT",
      comment: "all of them",
      data_retention_time_in_days: 0,
      cluster_by: ["parent", "substr(label, 1, 2)"],
      columns: [
        {
          name: "id",
          datatype: "number(10,0)",
          autoincrement: true,
          autoincrement_start: 5,
          autoincrement_increment: 2,
        },
        {
          name: "label",
          datatype: "varchar(20)",
          nullable: false,
          default: "'x''y'",
          comment: "c",
        },
        { name: '"Mixed"', datatype: "varchar(5)", collate: "en-ci" },
        { name: "parent", datatype: "int" },
      ],
      constraints: [
        { name: "pk_people", constraint_type: "PRIMARY KEY", column_names: ["id"] },
        { name: "uq_label", constraint_type: "UNIQUE", column_names: ["label", "parent"] },
        {
          name: "fk_parent",
          constraint_type: "FOREIGN KEY",
          column_names: ["parent"],
          referenced_table_name: "parents",
          referenced_column_names: ["id"],
        },
      ],
    });
    expect(created).toEqual({
      status: 200,
      body: { status: "Table PEOPLE successfully created." },
    });
    await api.sql().rows(`insert into r_db.public.people (label) values ('a'), (default)`);
    expect(await api.sql().rows("select id, label from r_db.public.people order by id")).toEqual([
      ["5", "a"],
      ["7", "x'y"],
    ]);
    const { status, body } = await api.get(`${TABLES}/people`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: "PEOPLE",
      kind: "TRANSIENT",
      table_type: "NORMAL",
      database_name: "R_DB",
      schema_name: "PUBLIC",
      rows: 2,
      data_retention_time_in_days: 0,
      comment: "all of them",
      columns: [
        {
          name: "ID",
          datatype: "NUMBER(10,0)",
          autoincrement: true,
          autoincrement_start: 5,
          autoincrement_increment: 2,
          nullable: false,
        },
        {
          name: "LABEL",
          datatype: "VARCHAR(20)",
          nullable: false,
          default: "'x''y'",
          comment: "c",
        },
        { name: '"Mixed"', datatype: "VARCHAR(5)", collate: "en-ci", nullable: true },
        { name: "PARENT", datatype: "NUMBER(38,0)", autoincrement: false },
      ],
      constraints: [
        { name: "PK_PEOPLE", constraint_type: "PRIMARY KEY", column_names: ["ID"] },
        { name: "UQ_LABEL", constraint_type: "UNIQUE", column_names: ["LABEL", "PARENT"] },
        {
          name: "FK_PARENT",
          constraint_type: "FOREIGN KEY",
          column_names: ["PARENT"],
          referenced_table_name: "R_DB.PUBLIC.PARENTS",
          referenced_column_names: ["ID"],
        },
      ],
    });
    expect((body as { cluster_by: string[] }).cluster_by).toHaveLength(2);
  });

  it("are listed, deeply when asked", async () => {
    expect(names(await api.get(TABLES))).toEqual(["PARENTS", "PEOPLE"]);
    const shallow = (await api.get(`${TABLES}?like=parents`)).body as object[];
    expect(shallow[0]).not.toHaveProperty("columns");
    expect((await api.get(`${TABLES}?like=parents&deep=true`)).body).toMatchObject([
      { name: "PARENTS", columns: [{ name: "ID", datatype: "NUMBER(38,0)" }] },
    ]);
  });

  it("are altered by PUT, their rows stay", async () => {
    const base = { name: "evolving", columns: [{ name: "a", datatype: "int" }] };
    expect((await api.put(`${TABLES}/evolving`, base)).status).toBe(200);
    await api.sql().rows("insert into r_db.public.evolving values (1)");
    const wider = { ...base, columns: [...base.columns, { name: "b", datatype: "varchar" }] };
    expect((await api.put(`${TABLES}/evolving`, wider)).status).toBe(200);
    expect(await api.sql().rows("select a, b from r_db.public.evolving")).toEqual([["1", null]]);
    const { body } = await api.get(`${TABLES}/evolving`);
    expect((await api.put(`${TABLES}/evolving`, body)).status).toBe(200);
    expect((await api.get(`${TABLES}/evolving`)).body).toEqual(body);
  });

  it("come from queries, from others and from earlier ones", async () => {
    const query = encodeURIComponent("select 1 as a, 'x;y' as b union all select 2, 'z'");
    expect((await api.post(`${TABLES}:as-select?query=${query}`, { name: "made" })).status).toBe(
      200,
    );
    expect(await api.sql().rows("select * from r_db.public.made order by a")).toEqual([
      ["1", "x;y"],
      ["2", "z"],
    ]);
    expect((await api.post(`${TABLES}/made2:as_select?query=${query}`)).status).toBe(200);
    expect((await api.post(`${TABLES}/made:create-like`, { name: "alike" })).status).toBe(200);
    expect(await api.sql().rows("select count(*) from r_db.public.alike")).toEqual([["0"]]);
    const older = `${TABLES}/made:create_like?newTableName=alike2`;
    expect((await api.post(older)).status).toBe(200);
    const clone = `${TABLES}/made:clone?targetDatabase=r_db&targetSchema=other`;
    expect((await api.post(clone, { name: "cloned", kind: "PERMANENT" })).status).toBe(200);
    expect(await api.sql().rows("select count(*) from r_db.other.cloned")).toEqual([["2"]]);
    const answer = await api.sql().query("delete from r_db.public.made");
    const past = {
      name: "restored",
      point_of_time: {
        point_of_time_type: "statement",
        reference: "before",
        statement: String(answer.data?.["queryId"]),
      },
    };
    expect((await api.post(`${TABLES}/made:clone`, past)).status).toBe(200);
    expect(await api.sql().rows("select count(*) from r_db.public.restored")).toEqual([["2"]]);
  });

  it("are swapped, dropped and brought back", async () => {
    await api.sql().rows("create table r_db.public.one as select 1 n");
    await api.sql().rows("create table r_db.public.two as select 2 n");
    expect((await api.post(`${TABLES}/one:swap-with?targetName=two`)).status).toBe(200);
    expect(await api.sql().rows("select n from r_db.public.one")).toEqual([["2"]]);
    expect((await api.post(`${TABLES}/one:swapwith?targetTableName=two`)).status).toBe(200);
    expect((await api.delete(`${TABLES}/one`)).body).toEqual({
      status: "ONE successfully dropped.",
    });
    expect((await api.get(`${TABLES}/one`)).status).toBe(404);
    expect((await api.delete(`${TABLES}/one`)).status).toBe(404);
    expect((await api.post(`${TABLES}/one:undrop`)).status).toBe(200);
    expect(await api.sql().rows("select n from r_db.public.one")).toEqual([["1"]]);
    expect((await api.post(`${TABLES}/people:suspend-recluster`)).status).toBe(200);
    expect((await api.get(`${TABLES}/people`)).body).toMatchObject({ automatic_clustering: false });
    expect((await api.post(`${TABLES}/people:resume_recluster`)).status).toBe(200);
  });

  it.each([
    ["a type", { columns: [{ name: "a", datatype: "int, b int); drop table people; --" }] }],
    ["a default", { columns: [{ name: "a", datatype: "int", default: "1); drop table people" }] }],
    [
      "a clustering key",
      { columns: [{ name: "a", datatype: "int" }], cluster_by: ["a) as select 1"] },
    ],
    ["a column", { columns: [{ name: "a int, b", datatype: "int" }] }],
    ["a property of a column", { columns: [{ name: "a", datatype: "int", shade: "red" }] }],
    [
      "two defaults",
      { columns: [{ name: "a", datatype: "int", default: "1", autoincrement: true }] },
    ],
    ["a constraint", { columns: [], constraints: [{ constraint_type: "CHECK" }] }],
    ["columns of another type", { columns: "a int" }],
    ["a temporary table", { kind: "TEMPORARY", columns: [{ name: "a", datatype: "int" }] }],
  ])("refuse what is not %s", async (_title, parts) => {
    expect((await api.post(TABLES, { name: "bad", ...parts })).status).toBe(400);
    expect((await api.get(`${TABLES}/bad`)).status).toBe(404);
    expect((await api.get(`${TABLES}/people`)).status).toBe(200);
  });

  it("refuse a query that is more than one", async () => {
    const query = encodeURIComponent("select 1; drop table people");
    expect((await api.post(`${TABLES}:as-select?query=${query}`, { name: "x" })).status).toBe(400);
  });

  it("of a schema that is not there are 404", async () => {
    expect((await api.get("/databases/r_db/schemas/none/tables")).status).toBe(404);
    const table = { name: "x", columns: [{ name: "a", datatype: "int" }] };
    expect((await api.post("/databases/r_db/schemas/none/tables", table)).status).toBe(404);
  });
});

describe("views", () => {
  it("are created, fetched, listed and dropped", async () => {
    const view = {
      name: "grown",
      secure: true,
      comment: "v",
      columns: [{ name: "n", comment: "the n" }, { name: "label" }],
      query: "select id, 'it''s' from r_db.public.people",
    };
    expect((await api.post(VIEWS, view)).body).toEqual({
      status: "View GROWN successfully created.",
    });
    expect((await api.post(VIEWS, view)).status).toBe(409);
    expect((await api.post(`${VIEWS}?createMode=orReplace&copyGrants=true`, view)).status).toBe(
      200,
    );
    const { body } = await api.get(`${VIEWS}/grown`);
    expect(body).toMatchObject({
      name: "GROWN",
      secure: true,
      comment: "v",
      columns: [
        { name: "N", datatype: "NUMBER(10,0)", comment: "the n" },
        { name: "LABEL", datatype: "VARCHAR(4)", comment: null },
      ],
    });
    expect((body as { query: string }).query.toLowerCase()).toBe(view.query);
    expect(names(await api.get(`${VIEWS}?startsWith=GR`))).toEqual(["GROWN"]);
    expect(await api.sql().rows("select label from r_db.public.grown where n = 5")).toEqual([
      ["it's"],
    ]);
    expect((await api.delete(`${VIEWS}/grown`)).status).toBe(200);
    expect((await api.delete(`${VIEWS}/grown?ifExists=true`)).status).toBe(200);
    expect((await api.get(`${VIEWS}/grown`)).status).toBe(404);
  });

  it("see the names of their schema", async () => {
    const view = { name: "local", columns: [{ name: "n" }], query: "select count(*) from made" };
    expect((await api.post(VIEWS, view)).status).toBe(200);
    expect(await api.sql().rows("select n from r_db.public.local")).toEqual([["0"]]);
  });

  it("refuse what is no query", async () => {
    const view = { name: "bad", columns: [], query: "select 1; drop table people" };
    expect((await api.post(VIEWS, view)).status).toBe(400);
    expect((await api.post(VIEWS, { ...view, query: "drop table people" })).status).toBe(400);
  });
});
