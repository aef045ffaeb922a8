/** Names, scopes and checks of the query binder, over a hand-made catalog. */

import { describe, expect, it } from "vitest";
import { parseStatement } from "../statements/statement.ts";
import { type TranslatedQuery, translateStatement } from "../translate.ts";
import { numberType, type SnowType, TEXT } from "../types/types.ts";
import type { QualifiedName, Relation } from "./catalog.ts";
import type { BindContext } from "./context.ts";
import { candidateNames } from "./from-names.ts";
import { sourceName } from "./output-names.ts";

function table(name: string, columns: Readonly<Record<string, SnowType>>): Relation {
  const [schema = "", table = ""] = name.split(".");
  return {
    kind: "table",
    name: { database: "DB", schema, name: table },
    id: 1,
    physical: `"DB.${schema}"."${table}"`,
    columns: Object.entries(columns).map(([column, type]) => ({
      name: column,
      type,
      nullable: true,
      physical: `"${column}"`,
    })),
  };
}

const INT = numberType(38, 0);
const RELATIONS: readonly Relation[] = [
  table("PUBLIC.T", { A: INT, B: TEXT }),
  table("PUBLIC.U", { A: INT, C: INT }),
  table("S.T", { Z: INT }),
  table("S.ONLY_S", { Z: INT }),
];

function context(change: Partial<BindContext> = {}, searchPath = ""): BindContext {
  const same = (a: QualifiedName, b: QualifiedName): boolean =>
    a.database === b.database && a.schema === b.schema && a.name === b.name;
  return {
    catalog: {
      version: 1,
      hasDatabase: () => true,
      hasSchema: () => true,
      relation: (name) => RELATIONS.find((relation) => same(relation.name, name)),
      sequence: () => undefined,
    },
    database: "DB",
    schema: "PUBLIC",
    role: "R",
    warehouse: undefined,
    user: "U",
    account: "A",
    sessionId: "1",
    parameter: (name) => (name === "SEARCH_PATH" ? searchPath : ""),
    variable: () => undefined,
    bind: () => undefined,
    lastQueryId: () => undefined,
    describeOnly: false,
    ...change,
  };
}

function translate(sql: string, given = context()): TranslatedQuery {
  const translated = translateStatement(parseStatement(sql), sql, given);
  if (translated.kind !== "query") throw new Error("not a query");
  return translated;
}

function names(sql: string): readonly string[] {
  return translate(sql).columns.map((column) => column.name);
}

describe("sourceName", () => {
  it.each([
    ["'it''s' /* no */ || x -- end", "'IT''S'  || X "],
    ["'-- kept' || \"a\"", "'-- KEPT' || \"A\""],
    ["case  when a\nthen 1 end", "CASE  WHEN A\nTHEN 1 END"],
  ])("%s", (source, expected) => {
    expect(sourceName(source)).toBe(expected);
  });
});

describe("candidateNames", () => {
  const parts = (text: string) => text.split(".").map((name) => ({ name }));
  it.each([
    ["T", ["DB.PUBLIC.T", "DB.PUBLIC.T"]],
    ["S.T", ["DB.S.T"]],
    ["X..T", ["X.PUBLIC.T"]],
    ["X.S.T", ["X.S.T"]],
  ])("%s", (written, expected) => {
    const found = candidateNames(parts(written), context());
    expect(found.map((n) => `${n.database}.${n.schema}.${n.name}`)).toEqual(expected);
  });

  it("walks the search path", () => {
    const found = candidateNames(parts("T"), context({}, 's, $public, "x"'));
    expect(found.map((n) => n.schema)).toEqual(["S", "PUBLIC", "x"]);
  });

  it("finds a table in a later schema of the path", () => {
    expect(names("select * from t")).toEqual(["A", "B"]);
    const wide = context({}, "$current, s");
    expect(translate("select * from only_s", wide).columns.map((c) => c.name)).toEqual(["Z"]);
  });
});

describe("names and types", () => {
  it("names columns in order", () => {
    expect(names("select t.a, b as Other, a + 1, (a) from t")).toEqual([
      "A",
      "OTHER",
      "A + 1",
      "(A)",
    ]);
  });

  it("shows merged columns of USING once and first", () => {
    expect(names("select * from t join u using (a)")).toEqual(["A", "B", "C"]);
    expect(names("select * from t join u on t.a = u.a")).toEqual(["A", "B", "A", "C"]);
  });

  it("makes columns nullable that an outer join or a grouping set fills", () => {
    const sql = "select x, y from (select 1 as x) l left join (select 2 as y) r on l.x = r.y";
    expect(translate(sql).columns.map((c) => c.nullable)).toEqual([false, true]);
    const grouped = "select x from (select 1 as x) group by rollup (x)";
    expect(translate(grouped).columns.map((c) => c.nullable)).toEqual([true]);
  });

  it("gives set operations the wider type", () => {
    const [column] = translate("select 1.5 union all select 22").columns;
    expect(column?.type).toEqual(numberType(3, 1));
  });
});

describe("refusals", () => {
  it.each([
    ["select a from t, u", "002028"],
    ["select q from t", "000904"],
    ["select t.q from t", "000904"],
    ["select a from (select a, c as a from u)", "002028"],
    ["select * exclude (a) rename (a as q) from t", "000904"],
    ["select * replace (1 as a) from t, u", "002028"],
    ["select * from t t1, u t1", "002027"],
    ["select a, b from t group by a", "001104"],
    ["select a from t group by a order by b", "000979"],
    ["select a from t group by a having b = 'x'", "000979"],
    ["select a, (select max(c) from u where c = t.b) from t group by a", "001104"],
    ["select a from t union select a, c from u", "001789"],
    ["select a from x.y.z", "002003"],
    ["with r (p, q) as (select 1) select p from r", "001789"],
    ["select * from t match_recognize (pattern (a) define a as true)", "001080"],
  ])("%s", (sql, code) => {
    expect(() => translate(sql)).toThrow(expect.objectContaining({ code }));
  });

  it("asks for a current database and schema", () => {
    const none = context({ database: undefined, schema: undefined });
    expect(() => translate("select * from nope", none)).toThrow(
      "Cannot perform SELECT. This session does not have a current database.",
    );
  });
});

describe("PIVOT over values that only the data knows", () => {
  it("asks for a query first, and reads the CTEs in it", () => {
    const sql =
      "with w as (select a, b from t) select * from w pivot (max(a) for b in (any order by b))";
    const first = translateStatement(parseStatement(sql), sql, context());
    expect(first).toMatchObject({ kind: "prequery", sql: expect.stringContaining("WITH cte") });
    const key = first.kind === "prequery" ? first.key : "";
    const answered = context({ prequery: (asked) => (asked === key ? ["x", null] : undefined) });
    expect(translate(sql, answered).columns.map((c) => c.name)).toEqual(["'x'", "NULL"]);
  });
});
