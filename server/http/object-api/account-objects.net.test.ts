/** Warehouses, roles, users and grants over the object API. Shapes: snowflake-rest-api-specs. */

import { describe, expect, it } from "vitest";
import { names, objectClient } from "../../../compat-tests/robustness/object-client.ts";

const api = objectClient();

describe("warehouses", () => {
  it("are created with their properties, and fetched", async () => {
    const created = await api.post("/warehouses", {
      name: "wh_1",
      warehouse_size: "XXLARGE",
      auto_suspend: 60,
      auto_resume: "false",
      initially_suspended: "true",
      max_cluster_count: 3,
      statement_timeout_in_seconds: 99,
      comment: "c",
    });
    expect(created.body).toEqual({ status: "Warehouse WH_1 successfully created." });
    expect((await api.get("/warehouses/wh_1")).body).toMatchObject({
      name: "WH_1",
      warehouse_size: "XXLARGE",
      size: "2X-Large",
      warehouse_type: "STANDARD",
      auto_suspend: 60,
      auto_resume: "false",
      state: "SUSPENDED",
      max_cluster_count: 3,
      min_cluster_count: 1,
      statement_timeout_in_seconds: 99,
      resource_monitor: null,
      comment: "c",
    });
  });

  it("are listed by like alone", async () => {
    await api.post("/warehouses", { name: "wh_2", warehouse_size: "X5LARGE" });
    expect(names(await api.get("/warehouses?like=WH%25"))).toEqual(["WH_1", "WH_2"]);
    expect((await api.get("/warehouses/wh_2")).body).toMatchObject({ warehouse_size: "X5LARGE" });
    expect((await api.get("/warehouses?startsWith=WH")).status).toBe(400);
  });

  it("resume, suspend and are renamed", async () => {
    const state = async () => ((await api.get("/warehouses/wh_1")).body as { state: string }).state;
    expect((await api.post("/warehouses/wh_1:resume")).status).toBe(200);
    expect(await state()).toBe("STARTED");
    expect((await api.post("/warehouses/wh_1:suspend")).status).toBe(200);
    expect(await state()).toBe("SUSPENDED");
    expect((await api.post("/warehouses/wh_1:abort")).status).toBe(200);
    expect((await api.post("/warehouses/none:resume")).status).toBe(404);
    expect((await api.post("/warehouses/none:resume?ifExists=true")).status).toBe(200);
    expect((await api.post("/warehouses/wh_1:rename", { name: "wh_9" })).status).toBe(200);
    expect((await api.get("/warehouses/wh_1")).status).toBe(404);
    expect((await api.get("/warehouses/wh_9")).status).toBe(200);
  });

  it("become the one of the token's session", async () => {
    expect((await api.post("/warehouses/wh_9:use")).status).toBe(200);
    expect(await api.sql().rows("select current_warehouse()")).toEqual([["WH_9"]]);
  });

  it("are altered by PUT, and keep their state", async () => {
    const body = { name: "wh_9", warehouse_size: "SMALL" };
    expect((await api.put("/warehouses/wh_9", body)).status).toBe(200);
    expect((await api.get("/warehouses/wh_9")).body).toMatchObject({
      warehouse_size: "SMALL",
      auto_suspend: 600,
      auto_resume: "true",
      state: "SUSPENDED",
      comment: "",
    });
    expect((await api.delete("/warehouses/wh_9")).status).toBe(200);
    expect((await api.delete("/warehouses/wh_9")).status).toBe(404);
  });
});

describe("roles", () => {
  it("are created, listed, fetched and dropped", async () => {
    expect((await api.post("/roles", { name: "reader", comment: "r" })).status).toBe(200);
    expect((await api.post("/roles", { name: "reader" })).status).toBe(409);
    expect(await api.get("/roles?startsWith=READ")).toMatchObject({
      body: [{ name: "READER", comment: "r", owner: "ACCOUNTADMIN", granted_roles: 0 }],
    });
    expect((await api.get("/roles/reader")).body).toMatchObject({ is_current: false });
    expect((await api.delete("/roles/reader")).status).toBe(200);
    expect((await api.delete("/roles/reader?ifExists=true")).status).toBe(200);
    expect((await api.get("/roles/reader")).status).toBe(404);
  });
});

describe("users", () => {
  it("are created, fetched, altered and dropped", async () => {
    const created = await api.post("/users", {
      name: "anna",
      password: "secret",
      first_name: "Anna",
      email: "anna@example.org",
      default_role: "public",
      default_warehouse: "compute_wh",
      default_namespace: "my_db.public",
      must_change_password: false,
      default_secondary_roles: "ALL",
    });
    expect(created.body).toEqual({ status: "User ANNA successfully created." });
    const { body } = await api.get("/users/anna");
    expect(body).toMatchObject({
      name: "ANNA",
      login_name: "ANNA",
      first_name: "Anna",
      email: "anna@example.org",
      default_role: "PUBLIC",
      default_warehouse: "COMPUTE_WH",
      default_namespace: "MY_DB.PUBLIC",
      default_secondary_roles: "ALL",
      has_password: true,
      disabled: false,
    });
    expect(body).not.toHaveProperty("password");
    expect((await api.put("/users/anna", { name: "anna", last_name: "B" })).status).toBe(200);
    expect((await api.get("/users/anna")).body).toMatchObject({
      first_name: null,
      last_name: "B",
      has_password: true,
    });
    expect(names(await api.get("/users?like=anna"))).toEqual(["ANNA"]);
    expect((await api.delete("/users/anna")).status).toBe(200);
    expect((await api.get("/users/anna")).status).toBe(404);
  });
});

describe("grants", () => {
  it("give privileges and roles to a role, and take them", async () => {
    await api.post("/databases", { name: "g_db" });
    await api.post("/roles", { name: "giver" });
    await api.post("/roles", { name: "taken" });
    const grants = "/roles/giver/grants";
    const usage = {
      privileges: ["USAGE"],
      securable_type: "database",
      securable: { name: "g_db" },
      grant_option: true,
    };
    expect((await api.post(grants, usage)).status).toBe(200);
    const schema = { database: "g_db", name: "public" };
    const create = { privileges: ["create table"], securable_type: "SCHEMA", securable: schema };
    expect((await api.post(grants, create)).status).toBe(200);
    const role = { securable_type: "role", securable: { name: "taken" } };
    expect((await api.post(grants, role)).status).toBe(200);
    expect((await api.get(grants)).body).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          securable: { database: null, schema: null, name: "G_DB" },
          securable_type: "DATABASE",
          privileges: ["USAGE"],
          grant_option: true,
        }),
        expect.objectContaining({
          securable: { database: "G_DB", schema: null, name: "PUBLIC" },
          securable_type: "SCHEMA",
          privileges: ["CREATE TABLE"],
          grant_option: false,
        }),
        expect.objectContaining({
          securable: { database: null, schema: null, name: "TAKEN" },
          securable_type: "ROLE",
          privileges: ["USAGE"],
        }),
      ]),
    );
    expect((await api.get("/roles/taken/grants-of")).body).toMatchObject([
      { role: "TAKEN", granted_to: "ROLE", grantee_name: "GIVER" },
    ]);
    expect((await api.get("/roles/taken/grants-on")).body).toMatchObject([
      { privilege: "OWNERSHIP", granted_on: "ROLE" },
      { privilege: "USAGE", granted_on: "ROLE", grantee_name: "GIVER" },
    ]);
    expect((await api.post(`${grants}:revoke?mode=cascade`, usage)).status).toBe(200);
    expect((await api.post(`${grants}:revoke`, role)).status).toBe(200);
    const left = (await api.get(grants)).body as { privileges: string[]; grant_option: boolean }[];
    expect(left.map(({ privileges, grant_option }) => [...privileges, grant_option])).toEqual([
      ["USAGE", false],
      ["CREATE TABLE", false],
    ]);
  });

  it("give privileges on all and on future objects of a place", async () => {
    await api.sql().rows("create or replace table g_db.public.t (a int)");
    await api.post("/roles", { name: "wide" });
    const wide = {
      privileges: ["SELECT", "INSERT"],
      securable_type: "TABLE",
      containing_scope: { database: "g_db", schema: "public" },
    };
    expect((await api.post("/roles/wide/grants", wide)).status).toBe(200);
    const table = { database: "G_DB", schema: "PUBLIC", name: "T" };
    expect((await api.get("/roles/wide/grants")).body).toMatchObject([
      { securable: table, privileges: ["SELECT"] },
      { securable: table, privileges: ["INSERT"] },
    ]);
    expect((await api.post("/roles/wide/future-grants", wide)).status).toBe(200);
    expect((await api.get("/roles/wide/future-grants")).body).toMatchObject([
      { securable_type: "TABLE", containing_scope: { database: "G_DB", schema: "PUBLIC" } },
      { securable_type: "TABLE", containing_scope: { database: "G_DB", schema: "PUBLIC" } },
    ]);
    expect((await api.post("/roles/wide/future-grants:revoke", wide)).status).toBe(200);
    expect((await api.get("/roles/wide/future-grants")).body).toEqual([]);
  });

  it("give roles to users", async () => {
    await api.post("/users", { name: "bert" });
    const role = { securable_type: "ROLE", securable: { name: "taken" } };
    expect((await api.post("/users/bert/grants", role)).status).toBe(200);
    expect((await api.get("/users/bert/grants")).body).toMatchObject([
      { securable_type: "ROLE", securable: { name: "TAKEN" } },
    ]);
    expect((await api.post("/users/bert/grants:revoke", role)).status).toBe(200);
    expect((await api.get("/users/bert/grants")).body).toEqual([]);
  });

  it.each([
    [{ securable_type: "table", privileges: ["SELECT ON x TO ROLE y; --"] }, "not a privilege"],
    [{ securable_type: "spaceship", privileges: ["USAGE"] }, "SPACESHIP"],
    [{ securable_type: "table", privileges: ["SELECT"] }, "securable"],
    [{ securable_type: "table", securable: { name: "t" } }, "privileges"],
  ])("refuse %j", async (body, word) => {
    expect(await api.post("/roles/giver/grants", body)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(word) },
    });
  });

  it("of a role that is not there are 404", async () => {
    expect((await api.get("/roles/nobody/grants")).status).toBe(404);
  });
});
