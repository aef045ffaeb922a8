import { expect, test } from "vitest";
import { INTEGER, OBJECT, type SnowType, textType } from "../../translator/types/types.ts";
import { rowtype } from "./rowtype.ts";

const TEXT = textType(5);

function described(type: SnowType): Record<string, unknown> | undefined {
  return rowtype([{ name: "C", type, nullable: true }])[0];
}

test("structured types say what they are made of, to any depth", () => {
  const list: SnowType = { kind: "array", element: { type: INTEGER, nullable: true } };
  expect(described(list)).toMatchObject({
    type: "array",
    fields: [{ type: "fixed", precision: 38, scale: 0, nullable: true }],
  });
  expect(
    described({ kind: "map", key: TEXT, value: { type: list, nullable: false } }),
  ).toMatchObject({
    type: "map",
    fields: [
      { type: "text", length: 5, nullable: false },
      { type: "array", nullable: false, fields: [{ type: "fixed" }] },
    ],
  });
  const fields = [{ name: "a", type: TEXT, nullable: false }];
  expect(described({ kind: "object", fields })).toMatchObject({
    type: "object",
    fields: [{ name: "a", type: "text", length: 5, nullable: false }],
  });
});

test("semi-structured types have no member fields: drivers take a present one for a structure", () => {
  expect(described(OBJECT)).not.toHaveProperty("fields");
  expect(described({ kind: "array" })).not.toHaveProperty("fields");
});
