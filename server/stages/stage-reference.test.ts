import { describe, expect, it } from "vitest";
import { parseStageReference } from "./stage-reference.ts";

describe("references", () => {
  it.each([
    ["@~", { kind: "user", path: "" }],
    ["@~/a/b.csv", { kind: "user", path: "a/b.csv" }],
    ["@st", { kind: "stage", name: ["ST"], path: "" }],
    ["@st/", { kind: "stage", name: ["ST"], path: "" }],
    ["@st/A b.csv", { kind: "stage", name: ["ST"], path: "A b.csv" }],
    ["@Db.sc.st/p.q/r%s", { kind: "stage", name: ["DB", "SC", "ST"], path: "p.q/r%s" }],
    ['@"d.b"."S""c".st', { kind: "stage", name: ["d.b", 'S"c', "ST"], path: "" }],
    ["@db..st", { kind: "stage", name: ["DB", "", "ST"], path: "" }],
    ["@%t", { kind: "table", name: ["T"], path: "" }],
    ['@sc.%"My T"/x', { kind: "table", name: ["SC", "My T"], path: "x" }],
    ["@SYSTEM$BIND/0f-1", { kind: "stage", name: ["SYSTEM$BIND"], path: "0f-1" }],
  ])("%s", (text, expected) => {
    expect(parseStageReference(text)).toEqual(expected);
  });

  it.each(["@", "@/x", "@%", "@a.b.c.d", "@~x", '@"open', "@a.%b.c"])("%s is none", (text) => {
    expect(() => parseStageReference(text)).toThrow("syntax error");
  });
});
