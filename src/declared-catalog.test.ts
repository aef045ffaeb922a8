import { expect, test } from "vitest";
import { translate } from "../translator/translate.ts";
import { typeText } from "../translator/types/names.ts";
import { DeclaredCatalog } from "./declared-catalog.ts";

function columnsOf(ddl: string, sql: string): string[] {
  const catalog = new DeclaredCatalog();
  catalog.declareAll(ddl);
  const translated = translate(sql, catalog.context());
  if (translated.kind !== "query") return [];
  return translated.columns.map(
    ({ name, type, nullable }) => `${name} ${typeText(type)}${nullable ? "" : " NOT NULL"}`,
  );
}

test("tables have the types and nullability of their columns", () => {
  expect(
    columnsOf(
      'create table t (a int primary key, b number(10,2) not null, "c d" varchar(5), e variant)',
      "select * from t",
    ),
  ).toEqual(["A NUMBER(38,0) NOT NULL", "B NUMBER(10,2) NOT NULL", "c d VARCHAR(5)", "E VARIANT"]);
});

test("CTAS, LIKE and views take their columns from what is declared", () => {
  const ddl = `
    create table s.t (a int);
    use schema s;
    create table u as select a, a / 3 as third from t;
    create table w like u;
    create view v (x) as select third from w;
  `;
  expect(columnsOf(ddl, "select * from db.s.v")).toEqual(["X NUMBER(38,6)"]);
});

test("sequences have NEXTVAL", () => {
  expect(columnsOf("create sequence q", "select q.nextval as n")[0]).toMatch(/^N NUMBER/);
});

test("what creates nothing is refused by name", () => {
  const catalog = new DeclaredCatalog();
  expect(() => catalog.declareAll("drop table t")).toThrow("DROP as a declaration");
  expect(() => catalog.declareAll("create table t (a int, a")).toThrow("syntax error");
});

test("a table that is not declared does not exist", () => {
  const context = new DeclaredCatalog().context();
  expect(() => translate("select * from nope", context)).toThrow("does not exist");
});
