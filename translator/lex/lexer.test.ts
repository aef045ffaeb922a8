import { describe, expect, it } from "vitest";
import { tokenize } from "./lexer.ts";
import { quoteString, unescapeString } from "./literals.ts";

function kindsAndValues(text: string): string[] {
  return tokenize(text)
    .slice(0, -1)
    .map((token) => `${token.kind} ${token.value}`);
}

describe("tokenize", () => {
  it.each([
    ["Abc _x$1 é", ["word ABC", "word _X$1", "word É"]],
    ['"a ""b"""', ['quoted_identifier a "b"']],
    ["1 1.5 .5 1. 1e5 1.5E-3", ["1", "1.5", ".5", "1.", "1e5", "1.5E-3"].map((n) => `number ${n}`)],
    ["'it''s'", ["string it's"]],
    ["$$a'b$c$$", ["dollar_string a'b$c"]],
    ["X'0aef' x'1'", ["binary 0aef", "binary 1"]],
    ["$1 $name ? ?", ["positional 1", "variable NAME", "bind 1", "bind 2"]],
    ["a::b:c", ["word A", "punctuation ::", "word B", "punctuation :", "word C"]],
    [
      ":= => -> ->> || <> != <= >=",
      ":= => -> ->> || <> != <= >=".split(" ").map((p) => `punctuation ${p}`),
    ],
    ["1 -- c\n// d\n/* e\n */ 2", ["number 1", "number 2"]],
    [
      '@~/a/*.csv @%t;@"d b".s.st/x',
      ["stage_path @~/a/*.csv", "stage_path @%t", "punctuation ;", 'stage_path @"d b".s.st/x'],
    ],
    ["put file:///tmp/x*.csv @s", ["word PUT", "file_path file:///tmp/x*.csv", "stage_path @s"]],
  ])("%s", (text, expected) => {
    expect(kindsAndValues(text)).toEqual(expected);
  });

  it.each(["'a", "'a\\'", '"a', "$$a", "/* a", "x'0"])("refuses the unterminated %s", (text) => {
    expect(() => tokenize(`select ${text}`)).toThrow(
      /parse error line 1 at position \d+ near '<EOF>'\./,
    );
  });

  it("reads megabytes in linear time", () => {
    const parts = ["''".repeat(250_000), "\\'".repeat(250_000), "a,".repeat(250_000)];
    const text = `'${parts[0]}${parts[1]}' ${parts[2]} /*${"*".repeat(250_000)}*/`;
    expect(tokenize(text)).toHaveLength(500_002);
  });
});

describe("string escapes (docs: data-types-text)", () => {
  it.each([
    ["a\\nb\\t\\r\\b\\f", "a\nb\t\r\b\f"],
    ["\\'\\\"\\\\", "'\"\\"],
    ["\\0\\101\\x41\\u26c4", "\0AA\u26c4"],
    ["\\z\\%", "z%"],
    ["''", "'"],
  ])("%s", (body, value) => {
    expect(unescapeString(body)).toBe(value);
  });

  it("quotes what it can read back", () => {
    const value = "it's a \\ \n 'x'";
    expect(tokenize(quoteString(value))[0]?.value).toBe(value);
  });
});
