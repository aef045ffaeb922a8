import { describe, expect, it } from "vitest";
import { stripSpans } from "../ast/printer.test-helpers.ts";
import { ALL_CASES } from "./cases-all.test-helpers.ts";
import { parseStatement, parseStatements, printStatement } from "./statement.ts";

describe.each(ALL_CASES)("%s", (_table, statements) => {
  it.each(statements)("%s", (sql) => {
    const tree = parseStatement(sql);
    const printed = printStatement(tree);
    expect(stripSpans(parseStatement(printed))).toEqual(stripSpans(tree));
    expect(printStatement(parseStatement(printed))).toBe(printed);
  });
});

describe("parseStatement", () => {
  it("allows one semicolon at the end", () => {
    expect(parseStatement("COMMIT;").kind).toBe("commit");
    expect(() => parseStatement("COMMIT;;")).toThrow("unexpected ';'");
  });

  it.each(["", "  -- nothing\n", ";"])("refuses an empty text %j", (sql) => {
    expect(() => parseStatement(sql)).toThrow("Empty SQL statement.");
  });

  it.each([
    ["CREATE TABLE", "syntax error line 1 at position 12 unexpected '<EOF>'."],
    ["SELEC 1", "syntax error line 1 at position 0 unexpected 'SELEC'."],
    ["DROP TABLE t u", "syntax error line 1 at position 13 unexpected 'u'."],
    ["CREATE TABEL t (a INT)", "syntax error line 1 at position 7 unexpected 'TABEL'."],
    ["DROP TABEL t", "syntax error line 1 at position 5 unexpected 'TABEL'."],
    ["constructor", "syntax error line 1 at position 0 unexpected 'constructor'."],
    ["CREATE WAREHOUSE w NO_SUCH = 1", "invalid property 'NO_SUCH' for 'WAREHOUSE'"],
    ["ALTER TABLE t UNSET NO_SUCH", "invalid property 'NO_SUCH' for 'TABLE'"],
    ["MERGE INTO t USING u ON a = b", "unexpected '<EOF>'"],
    ["INSERT ALL SELECT 1", "unexpected 'SELECT'"],
    ["CREATE TABLE t (current_date DATE)", "line 1 at position 16 unexpected 'current_date'."],
    ["CREATE TABLE t (a INT, order INT)", "line 1 at position 23 unexpected 'order'."],
    ["ALTER TABLE t ADD COLUMN localtime TIME", "line 1 at position 25 unexpected 'localtime'."],
    ["SELECT 1\n  FROM &x", "syntax error line 2 at position 7 unexpected '&'."],
    ["SELECT a b c FROM t", "syntax error line 1 at position 11 unexpected 'c'."],
    ["SELECT FROM t", "syntax error line 1 at position 7 unexpected 'FROM'."],
    ["SELECT SUM(a) FILTER (WHERE b) FROM t", "line 1 at position 21 unexpected '('."],
    ["SELECT 1,, 2", "syntax error line 1 at position 9 unexpected ','."],
    ["SELECT a FROM t WHERE case = 1", "syntax error line 1 at position 27 unexpected '='."],
    ["SHOW TABLES IN SCHEMA s LIKE x", "syntax error line 1 at position 29 unexpected 'x'."],
    ["SELECT /* a /* b */ c */ 1", "syntax error line 1 at position 23 unexpected '/'."],
  ])("%s: %s", (sql, message) => {
    expect(() => parseStatement(sql)).toThrow(message);
  });

  it("bounds nesting", () => {
    const deep = `CREATE STAGE s DIRECTORY = ${"(".repeat(5000)}`;
    expect(() => parseStatement(deep)).toThrow();
    expect(() => parseStatement("EXPLAIN ".repeat(5000))).toThrow();
  });
});

describe("parseStatements", () => {
  it("splits at semicolons outside blocks", () => {
    const text = "SET a = 1; BEGIN LET x := 1; RETURN x; END; SELECT $a;";
    expect(parseStatements(text).map(({ kind }) => kind)).toEqual(["set", "block", "select"]);
  });
});

describe("nodes", () => {
  it("keeps column clauses apart", () => {
    const tree = parseStatement("CREATE TABLE t (a INT NOT NULL DEFAULT 1 COMMENT 'c')");
    expect(tree).toMatchObject({
      kind: "create_table",
      persistence: "permanent",
      columns: [
        {
          name: { name: "A" },
          nullable: false,
          default: { kind: "expression", expression: { kind: "number_literal", text: "1" } },
          comment: "c",
        },
      ],
    });
  });

  it("reads a bare USE as such", () => {
    expect(parseStatement("USE d.s")).toMatchObject({ kind: "use", target: { kind: "bare" } });
  });

  it("reads properties by value kind", () => {
    expect(
      parseStatement("CREATE WAREHOUSE w AUTO_SUSPEND = NULL AUTO_RESUME = TRUE COMMENT = 'x'"),
    ).toMatchObject({
      kind: "create_object",
      object: "WAREHOUSE",
      properties: [
        { name: "AUTO_SUSPEND", value: { kind: "null" } },
        { name: "AUTO_RESUME", value: { kind: "boolean", value: true } },
        { name: "COMMENT", value: { kind: "text", value: "x" } },
      ],
    });
  });
});
