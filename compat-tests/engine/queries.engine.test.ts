/** Queries end to end: parse, bind, lower, and run on DuckDB over a few small tables. */

import { beforeAll, describe, expect, it } from "vitest";
import { SnowflakeError } from "../../translator/base/errors.ts";
import { orderOf } from "../runner/order.ts";
import { QUERY_CASES, type QueryCase, SETUP } from "./query-cases.ts";
import { settledRows } from "./settled-rows.ts";
import { SmallAccount } from "./small-account.ts";

let account: SmallAccount;

beforeAll(async () => {
  account = await SmallAccount.open();
  for (const sql of SETUP) await account.run(sql);
});

async function check({ sql, columns, rows, error }: QueryCase): Promise<void> {
  if (error !== undefined) {
    const thrown = await account.run(sql).catch((caught: unknown) => caught);
    expect(thrown).toBeInstanceOf(SnowflakeError);
    expect(thrown).toMatchObject({ code: error[0], message: expect.stringContaining(error[1]) });
    return;
  }
  const result = await account.run(sql);
  if (columns !== undefined) expect(result.columns).toEqual(columns);
  if (rows === undefined) return;
  const order = orderOf(sql, result.columns);
  expect(settledRows(result.rows, order)).toEqual(settledRows(rows, order));
}

for (const [group, cases] of Object.entries(QUERY_CASES)) {
  describe(group, () => {
    it.each(cases.map((one) => [one.sql, one] as const))("%s", async (_sql, one) => {
      await check(one);
    });
  });
}

describe("DML", () => {
  async function fresh(): Promise<SmallAccount> {
    const own = await SmallAccount.open();
    for (const sql of SETUP) await own.run(sql);
    return own;
  }

  it("updates from another table, and to defaults", async () => {
    const own = await fresh();
    await own.run(
      "update emp e set name = d.title, salary = salary + 1 from dept d where e.dept = d.id",
    );
    const { rows } = await own.run("select name, salary from emp order by id");
    expect(rows).toEqual([
      ["Sales", "101.50"],
      ["Sales", "201.00"],
      ["IT", null],
    ]);
  });

  it("deletes with USING once", async () => {
    const own = await fresh();
    await own.run("delete from emp using dept d where emp.dept = d.id and d.title = 'Sales'");
    expect((await own.run("select name from emp")).rows).toEqual([["Cid"]]);
  });

  it("merges in clause order", async () => {
    const own = await fresh();
    await own.run(`merge into emp t using (values (1, 'Zed'), (2, null), (9, 'New')) s(id, name)
      on t.id = s.id
      when matched and s.name is null then delete
      when matched then update set t.name = s.name
      when not matched then insert (id, name) values (s.id, s.name)`);
    const { rows } = await own.run("select id, name, dept from emp order by id");
    expect(rows).toEqual([
      ["1", "Zed", "10"],
      ["3", "Cid", "20"],
      ["9", "New", null],
    ]);
  });

  it("fills in defaults and sequences", async () => {
    const own = await fresh();
    await own.run(
      "create table d (a int default seq.nextval, b varchar default 'x' || 'y', c int)",
    );
    await own.run("insert into d (c) values (1), (2)");
    await own.run("insert into d values (default, default, default), (7, 'z', 3)");
    const { rows } = await own.run("select a, b, c from d order by a");
    expect(rows).toEqual([
      ["5", "xy", "1"],
      ["7", "xy", "2"],
      ["7", "z", "3"],
      ["9", "xy", null],
    ]);
  });

  it("inserts into several tables, FIRST and ALL", async () => {
    const own = await fresh();
    await own.run("create table a (x int)");
    await own.run("create table b (x int, y varchar)");
    const source = "select id, name from emp";
    await own.run(`insert first when id > 1 then into a values (id) when id > 2 then into a values (-id)
      else into b values (id, name) ${source}`);
    expect((await own.run("select x from a order by x")).rows).toEqual([["2"], ["3"]]);
    expect((await own.run("select * from b")).rows).toEqual([["1", "Ann"]]);
    await own.run(`insert all into a (x) values (id * 100) into b ${source}`);
    expect((await own.run("select count(*), max(x) from a")).rows).toEqual([["5", "300"]]);
    expect((await own.run("select count(*) from b")).rows).toEqual([["4"]]);
  });

  it.each([
    ["insert into emp (id, name) values (5)", "002020", "expecting 2 but got 1"],
    ["insert into emp (id, name) values (5, 'far too long name')", "100078", "is too long"],
    ["insert into dept values (3), (4)", "002020", "expecting 2 but got 1"],
    [
      "insert into dept values (3, 'x'), ('y', 'z')",
      "100038",
      "Numeric value 'y' is not recognized",
    ],
    ["insert into emp (id, id) values (1, 2)", "002079", "'ID' is specified twice"],
    ["insert into emp (nope) values (1)", "000904", "invalid identifier 'NOPE'"],
    [
      "insert into docs values (1, parse_json('1'))",
      "002014",
      "Invalid expression [PARSE_JSON('1')]",
    ],
    ["update emp set id = [1]", "002023", "expecting NUMBER(38,0) but got ARRAY for column ID"],
    ["delete from nope", "002003", "'NOPE' does not exist"],
  ])("%s", async (sql, code, text) => {
    const thrown = await account.run(sql).catch((caught: unknown) => caught);
    expect(thrown).toMatchObject({ code, message: expect.stringContaining(text) });
  });

  it("reports a view whose table is gone", async () => {
    const own = await fresh();
    own.drop("EMP");
    const thrown = await own.run("select * from sales_people").catch((caught: unknown) => caught);
    expect(thrown).toMatchObject({
      code: "002037",
      message: expect.stringContaining("Failure during expansion of view 'SALES_PEOPLE'"),
    });
  });
});
