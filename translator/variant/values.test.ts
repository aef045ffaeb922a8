import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeVariant, encodeVariant, MARK } from "./encoding.ts";
import { VARIANT_HOST_FUNCTIONS } from "./host.ts";
import { call, json, show } from "./host-call.ts";

const SAMPLE: readonly (readonly [string, string | null, string, string])[] = [
  // JSON text, TYPEOF, compact print, ::VARCHAR (typeof.md, semistructured-considerations.md)
  ["null", "NULL_VALUE", "null", "NULL"],
  ["true", "BOOLEAN", "true", "true"],
  ["-17", "INTEGER", "-17", "-17"],
  ["123.12", "DECIMAL", "123.12", "123.12"],
  ["1.912e2", "DOUBLE", "1.912000000000000e+02", "191.2"],
  ['"Om ara pa ca na dhih"  ', "VARCHAR", '"Om ara pa ca na dhih"', "Om ara pa ca na dhih"],
  [
    "[-1, 12, 289, 2188, false,]",
    "ARRAY",
    "[-1,12,289,2188,false,undefined]",
    "[-1,12,289,2188,false,undefined]",
  ],
  [
    '{ "x" : "abc", "y" : false, "z": 10} ',
    "OBJECT",
    '{"x":"abc","y":false,"z":10}',
    '{"x":"abc","y":false,"z":10}',
  ],
];

describe("host function table", () => {
  it("has unique names with the prefix", () => {
    const names = VARIANT_HOST_FUNCTIONS.map((f) => f.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.startsWith("_v_"))).toBe(true);
  });
});

describe("PARSE_JSON, TYPEOF and printing", () => {
  it.each(SAMPLE)("%s", (text, type, compact, sqlText) => {
    const value = json(text);
    expect(call("_v_typeof", value)).toBe(type);
    expect(show(value)).toBe(compact);
    expect(call("_v_to_text", value, "") ?? "NULL").toBe(sqlText);
  });

  it("gives NULL for blanks", () => {
    expect(call("_v_parse_json", "")).toBeNull();
    expect(call("_v_parse_json", "  \n")).toBeNull();
  });

  it("takes lax input", () => {
    expect(show(json("{ name: { first: 'John' }, }"))).toBe('{"name":{"first":"John"}}');
    expect(show(json("[1, ,77]"))).toBe("[1,undefined,77]");
    expect(show(json("[,]"))).toBe("[undefined,undefined]");
    expect(show(json("NULL"))).toBe("null");
    expect(show(json("[-1, FALSE,]"))).toBe("[-1,false,undefined]");
    expect(show(json('"a\\u0041\\n\\/"'))).toBe('"aA\\n/"');
  });

  it("sorts keys by code point", () => {
    expect(show(json('{"b":1,"a":2,"10":3,"9":4,"\u{1F600}":5,"\uFFFD":6}'))).toBe(
      '{"10":3,"9":4,"a":2,"b":1,"\uFFFD":6,"\u{1F600}":5}',
    );
  });

  it("keeps numbers exact", () => {
    const long = "12345678901234567890123456789012345678";
    expect(json(long)).toBe(`"${MARK}N${long}"`);
    expect(show(json(long))).toBe(long);
    expect(show(json("0.1234567890123456789"))).toBe("0.1234567890123456789");
    expect(json("1.50")).toBe("1.5");
    expect(json("-0")).toBe("0");
    expect(json("1000000000000000000")).toBe(`"${MARK}N1000000000000000000"`);
    expect(json("0.00001")).toBe("0.00001");
    expect(json("0.000001")).toBe(`"${MARK}N0.000001"`);
    expect(show(json("0.000001"))).toBe("0.000001");
    expect(call("_v_typeof", json(`${long}9`))).toBe("DOUBLE");
    expect(call("_v_typeof", json("1.0"))).toBe("INTEGER");
  });

  it("escapes texts that begin with the mark", () => {
    const value = json(JSON.stringify(`${MARK}Nx`));
    expect(call("_v_typeof", value)).toBe("VARCHAR");
    expect(call("_v_to_text", value, "")).toBe(`${MARK}Nx`);
    expect(show(value)).toBe(`"${MARK}Nx"`);
    expect(decodeVariant(value)).toBe(`${MARK}Nx`);
  });

  it("names what is wrong and where", () => {
    const duplicate = '{ "a" : "123", "b" : "456", "a": "789"} ';
    expect(call("_v_check_json", duplicate)).toBe('duplicate object attribute "a", pos 31');
    expect(() => call("_v_parse_json", duplicate)).toThrow(
      'Error parsing JSON: duplicate object attribute "a", pos 31',
    );
    expect(show(call("_v_parse_json_d", duplicate))).toBe('{"a":"789","b":"456"}');
    expect(call("_v_check_json", '{"Malformed -- Missing value": }')).toBe("misplaced }, pos 32");
    expect(call("_v_check_json", "x")).toBe('unknown keyword "x", pos 2');
    expect(call("_v_check_json", '{"a":1}')).toBeNull();
    expect(
      call("_v_try_parse_json", '{ "bad" : "json", "missing" : TRUE, "close_brace": 10 '),
    ).toBeNull();
    expect(call("_v_try_parse_json", "[".repeat(5000))).toBeNull();
  });

  it("round-trips trees, also of odd keys", () => {
    for (const text of ['{"__proto__":{"a":1},"constructor":[1.5e300,null]}', "[]", "{}"]) {
      const value = json(text);
      expect(encodeVariant(decodeVariant(value))).toBe(value);
      expect(JSON.parse(value)).toBeDefined();
    }
  });

  it("reads and prints what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const whole = (_: string, v: unknown) => (typeof v === "number" ? Math.trunc(v % 1e9) : v);
        const text = JSON.stringify(value, whole, 1);
        const canonical = json(text);
        expect(JSON.parse(show(canonical))).toEqual(JSON.parse(text));
        expect(JSON.parse(String(call("_v_pretty", canonical, "")))).toEqual(JSON.parse(text));
        expect(encodeVariant(decodeVariant(canonical))).toBe(canonical);
        expect(json(show(canonical))).toBe(canonical);
      }),
      { numRuns: 300 },
    );
  });

  it("orders random numbers as JavaScript does", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const order = call("_v_compare", call("_v_from_double", a), call("_v_from_double", b));
        expect(Number(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  it("pretty-prints with two blanks", () => {
    expect(call("_v_pretty", json('{"b":[1,{"x":[]}],"a":{}}'), "")).toBe(
      '{\n  "a": {},\n  "b": [\n    1,\n    {\n      "x": []\n    }\n  ]\n}',
    );
    expect(call("_v_pretty", json("[1,,2.5e0]"), "")).toBe(
      "[\n  1,\n  undefined,\n  2.500000000000000e+00\n]",
    );
  });

  // https://docs.snowflake.com/en/sql-reference/parameters#json-indent
  it("indents by JSON_INDENT, and not at all with 0", () => {
    const value = json('{"a":[1,{"b":"x: y"}],"c":{}}');
    const pretty = (indent: number) => call("_v_pretty", value, JSON.stringify({ indent }));
    expect(pretty(0)).toBe('{"a":[1,{"b":"x: y"}],"c":{}}');
    expect(pretty(1)).toBe('{\n "a": [\n  1,\n  {\n   "b": "x: y"\n  }\n ],\n "c": {}\n}');
  });

  // https://docs.snowflake.com/en/sql-reference/parameters#strict-json-output
  it("prints nothing that is not JSON with STRICT_JSON_OUTPUT", () => {
    const strict = JSON.stringify({ indent: 0, strict: true });
    expect(call("_v_pretty", json("[1,,null]"), strict)).toBe("[1,null,null]");
    expect(call("_v_pretty", call("_v_from_double", Number.NaN), strict)).toBe("null");
    expect(call("_v_pretty", call("_v_from_double", Number.POSITIVE_INFINITY), strict)).toBe(
      "null",
    );
    expect(call("_v_pretty", json("[1,,null]"), "")).toBe("[\n  1,\n  undefined,\n  null\n]");
  });
});

describe("values from SQL", () => {
  const days = 19_777; // 2024-02-24
  const micros = BigInt(days) * 86_400_000_000n + 43_200_456_000n;

  it("prints dates and times by the session's formats", () => {
    const session = JSON.stringify({ date: "DD.MM.YYYY", zone: "UTC" });
    expect(show(call("_v_from_date", days))).toBe('"2024-02-24"');
    expect(call("_v_compact", call("_v_from_date", days), session)).toBe('"24.02.2024"');
    expect(show(call("_v_from_time", 75_421_123_456n))).toBe('"20:57:01"');
    expect(show(call("_v_from_timestamp_ntz", micros))).toBe('"2024-02-24 12:00:00.456"');
    expect(show(call("_v_from_timestamp_ltz", micros))).toBe('"2024-02-24 04:00:00.456 -0800"');
    expect(call("_v_compact", call("_v_from_timestamp_ltz", micros), session)).toBe(
      '"2024-02-24 12:00:00.456 +0000"',
    );
    expect(show(call("_v_from_timestamp_tz", micros, 60n))).toBe('"2024-02-24 13:00:00.456 +0100"');
    expect(show(call("_v_from_binary", new TextEncoder().encode("snow")))).toBe('"736E6F77"');
    expect(show(call("_v_from_double", 9.4402e4))).toBe("9.440200000000000e+04");
    expect(show(call("_v_from_number", "1.230"))).toBe("1.23");
  });

  it("keeps their types", () => {
    const types = [
      ["_v_from_date", "DATE", days],
      ["_v_from_time", "TIME", 5n],
      ["_v_from_timestamp_ntz", "TIMESTAMP_NTZ", micros],
      ["_v_from_timestamp_ltz", "TIMESTAMP_LTZ", micros],
      ["_v_from_double", "DOUBLE", 15],
      ["_v_from_number", "INTEGER", "15"],
      ["_v_from_number", "DECIMAL", "1.23"],
      ["_v_from_boolean", "BOOLEAN", true],
    ] as const;
    for (const [name, type, value] of types) {
      expect(call("_v_typeof", call(name, value))).toBe(type);
    }
  });

  it("gives them back", () => {
    expect(call("_v_to_date", call("_v_from_date", -1000), "")).toBe(-1000);
    expect(call("_v_to_time", call("_v_from_time", 75_421_123_456n), "")).toBe(75_421_123_456n);
    expect(call("_v_to_timestamp_ntz", call("_v_from_timestamp_ntz", -1n), "")).toBe(-1n);
    expect(call("_v_to_timestamp_ltz", call("_v_from_timestamp_ltz", micros), "")).toBe(micros);
    const zoned = call("_v_from_timestamp_tz", micros, -330n);
    expect(call("_v_to_timestamp_tz_instant", zoned, "")).toBe(micros);
    expect(call("_v_to_timestamp_tz_offset", zoned, "")).toBe(-330n);
    expect(call("_v_to_binary", call("_v_from_binary", new Uint8Array([240, 165])))).toEqual(
      new Uint8Array([240, 165]),
    );
  });
});

describe("IS and AS", () => {
  it("follows the recorded table", () => {
    const is = (text: string, kind: string) => call("_v_is", json(text), kind);
    expect([is("-17", "INTEGER"), is("123.12", "INTEGER"), is("1.912e2", "INTEGER")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([is("-17", "DECIMAL"), is("123.12", "DECIMAL"), is("1.912e2", "DECIMAL")]).toEqual([
      true,
      true,
      false,
    ]);
    expect([is("-17", "DOUBLE"), is("1.912e2", "REAL"), is("true", "DOUBLE")]).toEqual([
      true,
      true,
      false,
    ]);
    expect([is('"x"', "CHAR"), is("null", "NULL_VALUE"), is("{}", "OBJECT")]).toEqual([
      true,
      true,
      true,
    ]);
    expect(call("_v_is", null, "NULL_VALUE")).toBeNull();
    expect(call("_v_is", null, "ARRAY")).toBe(false);
    expect(call("_v_as", json("15"), "INTEGER")).toBe("15");
    expect(call("_v_as", json('"15"'), "INTEGER")).toBeNull();
  });
});

describe("casts", () => {
  it("converts to numbers", () => {
    const to = (text: string, p = 38n, s = 0n) => call("_v_to_number", json(text), p, s);
    expect(to("2.345", 6n, 2n)).toBe("2.35");
    expect(to("-2.5")).toBe("-3");
    expect(to("2.34", 6n, 3n)).toBe("2.340");
    expect(to('" 12.5 "', 10n, 1n)).toBe("12.5");
    expect(to("1.912e2", 10n, 1n)).toBe("191.2");
    expect(to("true")).toBe("1");
    expect(to("null")).toBeNull();
    expect(to("0.04", 10n, 1n)).toBe("0.0");
    expect(to("0.05", 10n, 1n)).toBe("0.1");
    expect(() => to("99.9", 2n, 0n)).toThrow("Failed to cast variant value 99.9 to FIXED");
    expect(() => to('"a"')).toThrow('Failed to cast variant value "a" to FIXED');
    expect(() => to("{}")).toThrow("Failed to cast variant value {} to FIXED");
    expect(() => to('"1e999999999"')).toThrow("to FIXED");
    expect(call("_v_try_to_number", json('"a"'), 38n, 0n)).toBeNull();
  });

  it("converts to floats and booleans", () => {
    expect(call("_v_to_double", json("1.5"))).toBe(1.5);
    expect(call("_v_to_double", json('"1e3"'))).toBe(1000);
    expect(() => call("_v_to_double", json('"a"'))).toThrow(
      'Failed to cast variant value "a" to REAL',
    );
    expect(call("_v_to_boolean", json("0"))).toBe(false);
    expect(call("_v_to_boolean", json('"Yes"'))).toBe(true);
    expect(() => call("_v_to_boolean", json('"a"'))).toThrow(
      'Failed to cast variant value "a" to BOOLEAN',
    );
  });

  it("converts to dates and times", () => {
    expect(call("_v_to_date", json('"2024-01-18"'), "")).toBe(19_740);
    expect(() => call("_v_to_date", json('"x"'), "")).toThrow('"x" to DATE');
    expect(() => call("_v_to_date", call("_v_from_timestamp_ntz", 0n), "")).toThrow("to DATE");
    expect(() => call("_v_to_timestamp_ntz", call("_v_from_date", 0), "")).toThrow(
      'Failed to cast variant value "1970-01-01" to TIMESTAMP_NTZ',
    );
    // to_timestamp.md: PARSE_JSON(0)::TIMESTAMP_NTZ is 1969-12-31 16:00:00 in Los Angeles.
    expect(call("_v_to_timestamp_ntz", json("0"), "")).toBe(-8n * 3_600_000_000n);
    expect(call("_v_to_timestamp_ltz", json("1.5"), "")).toBe(1_500_000n);
    expect(call("_v_to_timestamp_ntz", json('"2024-01-02 16:00:00 +00:00"'), "")).toBe(
      1_704_211_200_000_000n,
    );
    expect(call("_v_to_timestamp_tz_offset", json('"2024-01-02 16:00:00 +02:00"'), "")).toBe(120n);
  });

  it("converts to arrays and objects", () => {
    expect(call("_v_to_array", json("1"))).toBe("[1]");
    expect(call("_v_to_array", json("[1]"))).toBe("[1]");
    expect(call("_v_to_object", json('{"a":1}'))).toBe('{"a":1}');
    expect(() => call("_v_to_object", "1")).toThrow("Failed to cast variant value 1 to OBJECT");
  });
});

describe("comparison", () => {
  const equal = (a: string, b: string) => call("_v_equal", json(a), json(b));

  it("compares numbers across kinds", () => {
    expect(equal("5", "5e0")).toBe(true);
    expect(equal("0.1", "1e-1")).toBe(true);
    expect(equal("5", '"5"')).toBe(false);
    expect(equal("12345678901234567890", "12345678901234567891")).toBe(false);
    expect(equal("null", "null")).toBe(true);
    expect(equal('{"a":1,"b":2}', '{"b":2e0,"a":1}')).toBe(true);
    expect(equal('{"PI":3.14}', '"{\\"PI\\":3.14}"')).toBe(false);
  });

  it("orders numbers", () => {
    const numbers = ["-1e30", "-12", "-2", "-1.5", "-0.123", "-0.12", "0", "1e-9", "0.02"];
    numbers.push("0.1", "0.12", "0.123", "1", "9", "10", "10.5", "99999999999999999999", "1e300");
    const keys = numbers.map((n) => String(call("_v_sort_key", json(n))));
    expect([...keys].sort()).toEqual(keys);
    expect(call("_v_compare", json("2"), json("10"))).toBe(-1n);
    expect(call("_v_compare", json("[1]"), json("[1,2]"))).toBe(-1n);
    expect(call("_v_compare", json("[2]"), json("[10]"))).toBe(-1n);
    expect(call("_v_compare", json('"b"'), json('"a"'))).toBe(1n);
  });
});
