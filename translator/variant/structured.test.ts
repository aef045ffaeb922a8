import { describe, expect, it } from "vitest";
import { FLOAT, numberType, type SnowType, TEXT, textType } from "../types/types.ts";
import { call, json, show } from "./host-call.ts";

function cast(text: string, type: SnowType): string {
  return show(call("_v_cast_structured", json(text), JSON.stringify(type), ""));
}
function arrayOf(type: SnowType, nullable = true): SnowType {
  return { kind: "array", element: { type, nullable } };
}
const CITY: SnowType = {
  kind: "object",
  fields: [
    { name: "state", type: TEXT, nullable: true },
    { name: "city", type: TEXT, nullable: false },
  ],
};

describe("structured types", () => {
  it("casts elements", () => {
    expect(cast("[1,2,3]", arrayOf(TEXT))).toBe('["1","2","3"]');
    expect(cast("[1.26,]", arrayOf(numberType(3, 1)))).toBe("[1.3,undefined]");
    expect(cast("[1.08]", arrayOf(FLOAT))).toBe("[1.080000000000000e+00]");
    expect(() => cast("[1,]", arrayOf(TEXT, false))).toThrow("Failed to cast variant value");
    expect(() => cast('["abc"]', arrayOf(textType(2)))).toThrow("to VARCHAR(2)");
    expect(() => cast("1", arrayOf(TEXT))).toThrow("to ARRAY");
  });

  it("casts objects and maps", () => {
    expect(cast('{"city":"San Mateo","state":"CA"}', CITY)).toBe(
      '{"city":"San Mateo","state":"CA"}',
    );
    expect(() => cast('{"city":"San Mateo"}', CITY)).toThrow("to OBJECT");
    expect(() => cast('{"city":null,"state":"CA"}', CITY)).toThrow("to OBJECT");
    const value = { type: TEXT, nullable: true };
    expect(cast('{"a":1}', { kind: "map", key: TEXT, value })).toBe('{"a":"1"}');
    const type = JSON.stringify({ kind: "map", key: numberType(38, 0), value });
    expect(call("_v_try_cast_structured", '{"a":1}', type, "")).toBeNull();
    expect(call("_v_try_cast_structured", '{"01":1}', type, "")).toBe('{"1":"1"}');
  });

  it("prints in declared order", () => {
    const ordered = call("_v_in_declared_order", '{"city":"X","state":"CA"}', JSON.stringify(CITY));
    expect(show(ordered)).toBe('{"state":"CA","city":"X"}');
  });
});
