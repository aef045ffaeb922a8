import { describe, expect, it } from "vitest";
import { INTEGER, textType } from "../../translator/types/types.ts";
import { getDdl } from "./ddl-text.ts";
import type { CatalogObject, TableObject } from "./objects.ts";
import { Snapshot } from "./snapshot.ts";

let nextId = 1;

function base(name: string) {
  const id = nextId++;
  return { id, name, createdAt: 0, alteredAt: 0, owner: "R", comment: "", options: {} };
}

const database: CatalogObject = {
  ...base("MYDATABASE"),
  kind: "database",
  transient: false,
  retentionDays: 1,
};
const schema: CatalogObject = {
  ...base("PUBLIC"),
  kind: "schema",
  databaseId: database.id,
  transient: true,
  managedAccess: false,
  retentionDays: 1,
};
const column = (name: string, parts: Partial<TableObject["columns"][number]> = {}) => ({
  name,
  type: INTEGER,
  nullable: true,
  physical: name,
  comment: "",
  ...parts,
});
const constraint = (
  kind: TableObject["constraints"][number]["kind"],
  name: string,
  ...columns: string[]
) => ({ kind, name, columns, rely: false, createdAt: 0 });
const orders: TableObject = {
  ...base("SALESORDERS"),
  kind: "table",
  schemaId: schema.id,
  persistence: "permanent",
  physical: "x",
  columns: [
    column("ORDER_ID", { nullable: false }),
    column("QUANTITY"),
    column("DESCRIPTION", { type: textType() }),
    column("SP_ID", { nullable: false }),
  ],
  constraints: [
    constraint("unique", "SYS_CONSTRAINT_1", "SP_ID"),
    constraint("primary_key", "PK_ORDER_ID", "ORDER_ID"),
    {
      ...constraint("foreign_key", "FK_SP_ID", "SP_ID"),
      references: {
        database: "MYDATABASE",
        schema: "PUBLIC",
        table: "SALESPEOPLE",
        columns: ["SP_ID"],
      },
    },
    { ...constraint("check", "SYS_CONSTRAINT_2", "QUANTITY"), check: "quantity > 0" },
    {
      ...constraint("check", "SMALL", "QUANTITY"),
      check: "quantity < 9",
      unvalidated: true as const,
    },
  ],
  clusterBy: "",
  retentionDays: 1,
  nextColumn: 5,
};
const view: CatalogObject = {
  ...base("my view"),
  kind: "view",
  schemaId: schema.id,
  text: "create view …",
  query: "select quantity from salesorders",
  columns: [{ name: "QUANTITY", type: INTEGER, nullable: true, comment: "" }],
  secure: false,
  materialized: false,
};
const snapshot = Snapshot.empty.with(
  [database, schema, orders, view].map((object) => ({ kind: "put", object })),
);
const context = { snapshot, database: "MYDATABASE", schema: "PUBLIC", sessionId: "1" };

describe("GET_DDL", () => {
  // https://docs.snowflake.com/en/sql-reference/functions/get_ddl, and the constraints page's example
  it("prints a table as Snowflake does", () => {
    expect(getDdl("TABLE", "mydatabase.public.salesorders", false, context)).toBe(
      `create or replace TABLE SALESORDERS (
\tORDER_ID NUMBER(38,0) NOT NULL,
\tQUANTITY NUMBER(38,0),
\tDESCRIPTION VARCHAR(16777216),
\tSP_ID NUMBER(38,0) NOT NULL,
\tunique (SP_ID),
\tconstraint PK_ORDER_ID primary key (ORDER_ID),
\tconstraint FK_SP_ID foreign key (SP_ID) references MYDATABASE.PUBLIC.SALESPEOPLE(SP_ID),
\tcheck (quantity > 0),
\tconstraint SMALL check (quantity < 9) enable novalidate
);`,
    );
  });

  it("prints views and quotes names", () => {
    expect(getDdl("view", '"my view"', true, context)).toBe(
      'create or replace view MYDATABASE.PUBLIC."my view"(\n\tQUANTITY\n) as select quantity from salesorders;',
    );
  });

  it("prints what a database contains, tables before views", () => {
    const text = getDdl("database", "mydatabase", false, context);
    expect(text.match(/create or replace .*/g)).toEqual([
      "create or replace database MYDATABASE;",
      "create or replace transient schema PUBLIC;",
      "create or replace TABLE SALESORDERS (",
      'create or replace view "my view"(',
    ]);
  });

  it("fails for what is not there", () => {
    expect(() => getDdl("table", "nothing", false, context)).toThrow(
      "Table 'NOTHING' does not exist or not authorized.",
    );
    expect(() => getDdl("secret", "x", false, context)).toThrow("Unsupported feature");
  });
});
