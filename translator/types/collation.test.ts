import { describe, expect, it } from "vitest";
import { collationNamed, isCollation } from "./collation.ts";

describe("collation specifications", () => {
  it.each([
    "en",
    "en-ci",
    "en_US-ci-ai",
    "DE-CI",
    "utf8",
    "utf8-trim",
    "upper",
    "upper-trim",
    "ci",
    "fr_CA-cs-as-ps-fu",
    "en-rtrim",
  ])("takes %s", (text) => {
    expect(isCollation(text)).toBe(true);
  });

  it.each([
    "xx",
    "foo",
    "en-foo",
    "ci-en",
    "en-ci-cs",
    "en-trim-ltrim",
    "upper-lower",
    "en--ci",
    "english",
    "-ci",
  ])("refuses %s", (text) => {
    expect(() => collationNamed(text)).toThrow(`invalid value [${text}] for parameter 'COLLATE'`);
  });

  it("takes the empty one for none", () => {
    expect(collationNamed("")).toBeUndefined();
  });
});
