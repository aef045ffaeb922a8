import { describe, expect, test } from "vitest";
import { printScript } from "../../ast/printer-scripting.ts";
import type { BlockStatement } from "../../ast/scripting.ts";
import { SnowflakeError } from "../../base/errors.ts";
import { parseScript } from "./block.ts";

/** The tree as JSON without spans: an SQL statement inside is told by its text. */
function bare(block: BlockStatement): string {
  return JSON.stringify(block, (key, value: unknown) => (key === "span" ? undefined : value));
}

const SCRIPTS: Readonly<Record<string, string>> = {
  "declarations of every kind": `
    DECLARE
      price NUMBER(12, 2) DEFAULT 11.11;
      name := 'x';
      c1 CURSOR FOR SELECT id FROM invoices WHERE price > ? ORDER BY id;
      c2 CURSOR FOR rs;
      rs RESULTSET;
      rs2 RESULTSET DEFAULT (SELECT 1);
      rs3 RESULTSET := ASYNC (SELECT 1);
      e EXCEPTION;
      e2 EXCEPTION (-20002, 'it''s wrong');
      p PROCEDURE (a INT DEFAULT 1) RETURNS INT AS BEGIN RETURN a; END;
    BEGIN
      RETURN price;
    END;`,
  "branches and cases": `
    BEGIN
      IF (a > 1) THEN RETURN 1; ELSEIF (a = 1) THEN NULL; ELSE RETURN 2; END IF;
      CASE (a) WHEN 1 THEN RETURN 1; WHEN 2 THEN RETURN 2; ELSE RETURN 3; END CASE;
      CASE WHEN a = 1 THEN RETURN 1; END;
    END`,
  "loops with labels": `
    BEGIN
      FOR i IN 1 TO n DO BREAK outer_loop; END FOR inner_loop;
      FOR i IN REVERSE 1 TO 3 LOOP CONTINUE; END LOOP;
      FOR r IN c1 DO total := total + r.price; END FOR;
      WHILE (a < 3) DO ITERATE; END WHILE;
      WHILE (a < 3) LOOP EXIT; END LOOP;
      REPEAT a := a + 1; UNTIL (a > 3) END REPEAT;
      LOOP BREAK; END LOOP outer_loop;
    END`,
  "cursors, results, jobs": `
    BEGIN
      OPEN c1 USING (a, b + 1);
      FETCH c1 INTO x, :y;
      CLOSE c1;
      rs := (EXECUTE IMMEDIATE :query USING (a));
      n := (SELECT COUNT(*) FROM t);
      n := (SELECT 1) + 1;
      ASYNC (INSERT INTO t VALUES (1));
      AWAIT rs;
      AWAIT ALL;
      CANCEL rs;
      LET d RESULTSET := (SHOW TABLES);
      SYSTEM$LOG_INFO('text');
      CALL p(:a) INTO :b;
      RETURN TABLE(RESULTSET_FROM_CURSOR(c1));
    END`,
  "handlers and nested blocks": `
    BEGIN
      BEGIN RAISE e; EXCEPTION WHEN e OR f THEN RAISE; END;
      BEGIN TRANSACTION;
      COMMIT;
      CREATE TABLE t2 AS SELECT CASE WHEN 1 = 1 THEN 2 END AS "end";
    EXCEPTION
      WHEN STATEMENT_ERROR CONTINUE THEN RETURN SQLERRM;
      WHEN OTHER EXIT THEN LET x := 1; RETURN x;
    END`,
  "one statement without a block": "GRANT ROLE a TO ROLE b;",
};

describe("the grammar of blocks", () => {
  for (const [name, text] of Object.entries(SCRIPTS)) {
    test(`${name}: the printed text gives the same tree`, () => {
      const block = parseScript(text);
      expect(bare(parseScript(printScript(block)))).toBe(bare(block));
    });
  }

  test("statements inside are trees of their own, whose spans point into their own text", () => {
    const { body } = parseScript(
      "BEGIN\n  INSERT INTO t SELECT ?;\n  DELETE FROM t WHERE a = ?;\nEND",
    );
    const texts = body.map((statement) => (statement.kind === "sql" ? statement.sql.text : ""));
    expect(texts).toEqual(["INSERT INTO t SELECT ?", "DELETE FROM t WHERE a = ?"]);
  });

  test("nesting without end is refused", () => {
    const deep = `BEGIN ${"IF (a) THEN ".repeat(20_000)} NULL;`;
    expect(() => parseScript(deep)).toThrow("compilation memory exhausted");
  });

  test.each([
    ["BEGIN\n  RETURN 1\nEND", "syntax error line 3 at position 0 unexpected 'END'."],
    ["BEGIN\n  SELECT 1 FROM;\nEND", "syntax error line 2 at position 15 unexpected '<EOF>'."],
    ["DECLARE\n  x;\nBEGIN NULL; END", "syntax error line 2 at position 3 unexpected ';'."],
    ["BEGIN NULL; EXCEPTION END", "syntax error line 1 at position 22 unexpected 'END'."],
  ])("a mistake is told with its place in the whole text: %j", (text, message) => {
    expect(() => parseScript(text)).toThrow(SnowflakeError);
    expect(() => parseScript(text)).toThrow(message);
  });
});
