/** What stands between a reader and a relation with policies, over a hand-made catalog. */

import { describe, expect, it } from "vitest";
import { parseStatement } from "../statements/statement.ts";
import { translateStatement } from "../translate.ts";
import { numberType, TEXT } from "../types/types.ts";
import type { Relation, RelationPolicy, RelationProtection } from "./catalog.ts";
import type { BindContext } from "./context.ts";

const INT = numberType(38, 0);

function policy(id: number, body: string, column: number): RelationPolicy {
  const name = { database: "DB", schema: "RULES", name: `P${id}` };
  const type = column === 0 ? INT : TEXT;
  return { id, name, parameters: [{ name: "V", type }], body, columns: [column] };
}

function masked(body: string): Omit<RelationProtection, "relation"> {
  return { masks: new Map([[1, policy(1, body, 1)]]), rowAccess: undefined };
}

function filtered(body: string): Omit<RelationProtection, "relation"> {
  return { masks: new Map(), rowAccess: policy(2, body, 0) };
}

function table(
  schema: string,
  name: string,
  protection?: Omit<RelationProtection, "relation">,
): Relation {
  const relation = { database: "DB", schema, name };
  const column = (called: string, type: typeof INT | typeof TEXT) => ({
    name: called,
    type,
    nullable: true,
    physical: `${schema}_${name}_${called}`.toLowerCase(),
  });
  return {
    kind: "table",
    name: relation,
    id: 1,
    physical: `"${schema}"."${name}"`,
    columns: [column("ID", INT), column("S", TEXT)],
    protection: protection && { relation, ...protection },
  };
}

function sqlOf(
  text: string,
  protection: Omit<RelationProtection, "relation">,
  change: Partial<BindContext> = {},
): string {
  const relations = [
    table("PUBLIC", "T", protection),
    table("PUBLIC", "M"),
    table("RULES", "M"),
    table("RULES", "T"),
  ];
  const context: BindContext = {
    catalog: {
      version: 1,
      hasDatabase: () => true,
      hasSchema: () => true,
      relation: ({ schema, name }) =>
        relations.find((one) => one.name.schema === schema && one.name.name === name),
      sequence: () => undefined,
    },
    database: "DB",
    schema: "PUBLIC",
    role: "R",
    warehouse: undefined,
    user: "U",
    account: "A",
    sessionId: "1",
    parameter: () => "",
    variable: () => undefined,
    bind: () => ({ type: TEXT, value: "bound" }),
    lastQueryId: () => undefined,
    describeOnly: false,
    ...change,
  };
  const translated = translateStatement(parseStatement(text), text, context);
  if (translated.kind === "query") return translated.sql;
  if (translated.kind === "dml" && "select" in translated.lowered) return translated.lowered.select;
  throw new Error("no query");
}

describe("a masked column", () => {
  it("is what the body makes of it, in every clause", () => {
    const sql = sqlOf("SELECT s FROM t WHERE s > 'a' GROUP BY s", masked("'hidden'"));
    expect(sql).toContain("'hidden'");
    expect(sql).not.toContain(".public_t_s AS public_t_s");
  });

  it("is read as it is stored where nobody sees it", () => {
    const sql = sqlOf("SELECT s FROM t", masked("'hidden'"), { readsStored: true });
    expect(sql).not.toContain("'hidden'");
  });

  it("has the table's database and schema as the current ones in its body", () => {
    const body = "CURRENT_SCHEMA()";
    const sql = sqlOf("SELECT s FROM db.public.t", masked(body), { schema: "X" });
    expect(sql).toContain("'PUBLIC'");
  });

  it.each(["id::VARCHAR", "t.s", "x.s"])("does not let its body see the reader's %s", (body) => {
    expect(() => sqlOf("SELECT x.s FROM t AS x", masked(body))).toThrow(/invalid identifier/);
  });

  it("does not let its body see the reader's binds", () => {
    expect(() => sqlOf("SELECT s FROM t WHERE s = ?", masked("?"))).toThrow(/Bind variable/);
  });
});

describe("a body with a subquery", () => {
  const body = "(SELECT MAX(s) FROM m)";

  it("resolves names in the policy's schema", () => {
    expect(sqlOf("SELECT s FROM t", masked(body))).toContain('"RULES"."M"');
  });

  it("does not read a CTE of the reader's in place of its table", () => {
    const sql = sqlOf("WITH m AS (SELECT 'x' AS s) SELECT t.s FROM t, m", masked(body));
    expect(sql).toContain('"RULES"."M"');
  });

  it("may not read what it protects", () => {
    const own = masked("(SELECT MAX(s) FROM db.public.t)");
    expect(() => sqlOf("SELECT s FROM t", own)).toThrow(/reads what it protects/);
  });
});

describe("a row access policy", () => {
  it("lies behind a limit that no condition is moved past", () => {
    const sql = sqlOf("SELECT id FROM t WHERE s::NUMBER > 1", filtered("v > 5"));
    expect(sql.indexOf("LIMIT 9223372036854775807")).toBeGreaterThan(sql.indexOf("> 5"));
  });

  it("filters the target of DML, whose rows keep their identity", () => {
    const sql = sqlOf("DELETE FROM t WHERE id = 1", filtered("v > 5"));
    expect(sql).toContain("LIMIT 9223372036854775807");
    expect(sql).toMatch(/\._id AS _id/);
  });

  it("leaves a MERGE the stored values of the columns that it does not set", () => {
    const text = "MERGE INTO t USING m ON t.id = m.id WHEN MATCHED THEN UPDATE SET t.id = 7";
    expect(sqlOf(text, masked("'hidden'"))).toContain(".public_t_s AS stored2");
  });
});
