import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE shop");
  await session.run("CREATE TABLE t (a INT)");
  await session.run("CREATE TABLE u (a INT)");
  await session.run("CREATE ROLE analyst");
  await session.run("CREATE ROLE loader");
});

afterAll(async () => {
  await session.close();
});

const grants = async (sql: string, ...columns: string[]) =>
  (await session.rows(sql)).map((row) => columns.map((column) => row[column]));

describe("GRANT and REVOKE", () => {
  it("records privileges on objects and shows them with the owner", async () => {
    await session.run("GRANT SELECT, INSERT ON TABLE t TO ROLE analyst WITH GRANT OPTION");
    await session.run("GRANT SELECT ON TABLE t TO ROLE analyst");
    expect(
      await grants("SHOW GRANTS ON TABLE t", "privilege", "name", "grantee_name", "grant_option"),
    ).toEqual([
      ["OWNERSHIP", "SHOP.PUBLIC.T", "ACCOUNTADMIN", "true"],
      ["SELECT", "SHOP.PUBLIC.T", "ANALYST", "true"],
      ["INSERT", "SHOP.PUBLIC.T", "ANALYST", "true"],
    ]);
    await session.run("REVOKE GRANT OPTION FOR SELECT ON TABLE t FROM ROLE analyst");
    await session.run("REVOKE INSERT ON TABLE t FROM ROLE analyst");
    expect(
      await grants("SHOW GRANTS TO ROLE analyst", "privilege", "granted_on", "grant_option"),
    ).toEqual([["SELECT", "TABLE", "false"]]);
  });

  it("keeps a grant over a rename and hides it while the object is dropped", async () => {
    await session.run("ALTER TABLE t RENAME TO renamed");
    expect(await grants("SHOW GRANTS TO ROLE analyst", "name")).toEqual([["SHOP.PUBLIC.RENAMED"]]);
    await session.run("DROP TABLE renamed");
    expect(await grants("SHOW GRANTS TO ROLE analyst", "name")).toEqual([]);
    await session.run("UNDROP TABLE renamed");
    expect(await grants("SHOW GRANTS TO ROLE analyst", "name")).toEqual([["SHOP.PUBLIC.RENAMED"]]);
  });

  it("grants on all tables, on the account and on what is to come", async () => {
    await session.run("GRANT DELETE ON ALL TABLES IN SCHEMA public TO ROLE loader");
    await session.run("GRANT ALL ON WAREHOUSE compute_wh TO ROLE loader");
    await session.run("GRANT SELECT ON FUTURE TABLES IN SCHEMA public TO ROLE loader");
    await session.run("GRANT CREATE DATABASE ON ACCOUNT TO ROLE loader");
    const rows = await grants("SHOW GRANTS TO ROLE loader", "privilege", "granted_on", "name");
    expect(rows).toContainEqual(["DELETE", "TABLE", "SHOP.PUBLIC.U"]);
    expect(rows).toContainEqual(["OPERATE", "WAREHOUSE", "COMPUTE_WH"]);
    expect(rows).toContainEqual(["CREATE DATABASE", "ACCOUNT", "TEST"]);
    expect(await grants("SHOW FUTURE GRANTS IN SCHEMA public", "privilege", "name")).toEqual([
      ["SELECT", "SHOP.PUBLIC.<TABLE>"],
    ]);
  });

  it("grants roles, and passes ownership on", async () => {
    await session.run("GRANT ROLE analyst TO ROLE loader");
    await session.run("GRANT ROLE analyst TO USER tester");
    expect(await grants("SHOW GRANTS OF ROLE analyst", "granted_to", "grantee_name")).toEqual([
      ["ROLE", "LOADER"],
      ["USER", "TESTER"],
    ]);
    expect(await grants("SHOW GRANTS", "role")).toEqual([["ANALYST"]]);
    await session.run("GRANT OWNERSHIP ON TABLE u TO ROLE analyst REVOKE CURRENT GRANTS");
    expect(await grants("SHOW GRANTS ON TABLE u", "privilege", "grantee_name")).toEqual([
      ["OWNERSHIP", "ANALYST"],
    ]);
  });

  it("fails for roles and objects that do not exist", async () => {
    for (const sql of [
      "GRANT SELECT ON TABLE nothing TO ROLE analyst",
      "GRANT SELECT ON TABLE u TO ROLE nobody",
      "GRANT USAGE ON STAGE s TO ROLE analyst",
      "SHOW GRANTS TO ROLE nobody",
    ]) {
      await expect(session.run(sql)).rejects.toMatchObject({ code: "002003" });
    }
  });
});
