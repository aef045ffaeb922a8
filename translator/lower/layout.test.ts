import { describe, expect, it } from "vitest";
import { clause, indent, parenthesize } from "./layout.ts";

describe("layout", () => {
  it("indents lines, but not inside texts and names", () => {
    expect(indent("a\nb")).toBe("  a\n  b");
    expect(indent("SELECT 'x\ny'\nFROM \"t\nu\"")).toBe("  SELECT 'x\ny'\n  FROM \"t\nu\"");
    expect(indent("'it''s\nfine'\nx")).toBe("  'it''s\nfine'\n  x");
  });

  it("keeps short queries on one line", () => {
    expect(parenthesize("SELECT 1 AS c1")).toBe("(SELECT 1 AS c1)");
    expect(parenthesize("SELECT 1\nFROM t")).toBe("(\n  SELECT 1\n  FROM t\n)");
  });

  it("breaks long clauses", () => {
    const long = "x".repeat(60);
    expect(clause("SELECT", ["a", "b"])).toBe("SELECT a, b");
    expect(clause("SELECT", [long, long])).toBe(`SELECT\n  ${long},\n  ${long}`);
  });
});
