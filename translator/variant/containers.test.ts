import { describe, expect, it } from "vitest";
import type { HostValue } from "../base/host.ts";
import { call, json, show } from "./host-call.ts";

/** Calls with JSON texts as canonical arguments and shows the result compactly. */
function on(name: string, ...args: (string | null)[]): string {
  const result = call(name, ...args.map((arg) => (arg === null ? null : json(arg))));
  return typeof result === "boolean" ? String(result) : show(result);
}

describe("paths", () => {
  const car = json('{"vehicle":[{"make":"Honda"}],"a b":{"c.d":1},"n":null,"K":1,"k":2}');
  it("reads by key, index and path", () => {
    expect(call("_v_get_path", car, "vehicle[0]:make")).toBe('"Honda"');
    expect(call("_v_get_path", car, "vehicle[0].make")).toBe('"Honda"');
    expect(call("_v_get_path", car, "[\"a b\"]['c.d']")).toBe("1");
    expect(call("_v_get_path", car, '"a b"."c.d"')).toBe("1");
    expect(call("_v_get_path", car, "vehicle[1].make")).toBeNull();
    expect(call("_v_get_path", car, "vehicle.make")).toBeNull();
    expect(call("_v_get", car, "n")).toBe("null");
    expect(call("_v_get", car, "VEHICLE")).toBeNull();
    expect(call("_v_get", car, "k")).toBe("2");
    expect(call("_v_get_ignore_case", car, "K")).toBe("1");
    expect(call("_v_get_ignore_case", car, "VEHICLE")).toBe('[{"make":"Honda"}]');
    expect(call("_v_get_index", json("[1,,3]"), 1n)).toBeNull();
    expect(call("_v_get_index", json("[1,,3]"), -1n)).toBeNull();
    expect(call("_v_get_index", json("[1,,3]"), 2n)).toBe("3");
    expect(call("_v_get_variant", car, '"n"')).toBe("null");
    expect(() => call("_v_get_path", car, "a..b")).toThrow("Invalid extraction path 'a..b'");
  });

  it("extracts text from JSON text", () => {
    const text = '{"level_1_key": {"level_2_key": ["zero", "one", "two"]}}';
    const get = (path: string) => call("_v_json_extract_path_text", text, path, "");
    expect(get("level_1_key")).toBe('{"level_2_key":["zero","one","two"]}');
    expect(get("level_1_key.level_2_key[1]")).toBe("one");
    expect(get("nothing")).toBeNull();
  });
});

describe("FLATTEN", () => {
  const input = '{"a":1, "b":[77,88], "c": {"d":"X"}}';
  function rows(text: string | null, path = "", outer = false, recursive = false, mode = "BOTH") {
    const value = text === null ? null : json(text);
    const list = call("_v_flatten", value, path, outer, recursive, mode);
    return (list as string[]).map((row) => JSON.parse(row) as HostValue[]);
  }
  it("lists members and elements", () => {
    expect(rows("[1, ,77]").map((row) => row.slice(0, 4))).toEqual([
      [null, "[0]", 0, "1"],
      [null, "[2]", 2, "77"],
    ]);
    expect(rows('{"a":1, "b":[77,88]}', "b")).toEqual([
      [null, "b[0]", 0, "77", "[77,88]"],
      [null, "b[1]", 1, "88", "[77,88]"],
    ]);
    expect(rows(input).map((row) => row[1])).toEqual(["a", "b", "c"]);
    expect(rows('{"a b":1}').map((row) => row[1])).toEqual(["['a b']"]);
  });
  it("recurses depth first", () => {
    expect(rows(input, "", false, true).map((row) => row[1])).toEqual([
      "a",
      "b",
      "b[0]",
      "b[1]",
      "c",
      "c.d",
    ]);
    expect(rows(input, "", false, true, "OBJECT").map((row) => row[1])).toEqual([
      "a",
      "b",
      "c",
      "c.d",
    ]);
  });
  it("gives one row for nothing when OUTER", () => {
    expect(rows("[]")).toEqual([]);
    expect(rows("[]", "", true)).toEqual([[null, "", null, null, "[]"]]);
    expect(rows("1")).toEqual([]);
    expect(rows(null)).toEqual([]);
    expect(rows(null, "", true)).toEqual([[null, "", null, null, null]]);
    expect(rows("[null]").map((row) => row[3])).toEqual(["null"]);
  });
  it("can leave THIS out", () => {
    expect(call("_v_flatten_lean", "[1]", "", false, false, "BOTH")).toEqual([
      '[null,"[0]",0,"1",null]',
    ]);
  });
});

describe("array functions of the documentation", () => {
  it.each([
    ["_v_array_cat", ["[1,2]", "[3,4]"], "[1,2,3,4]"],
    ["_v_array_cat", ["[]", "[3]"], "[3]"],
    ["_v_array_compact", ["[10,,30]"], "[10,30]"],
    ["_v_array_compact", ["[10,null,30]"], "[10,30]"],
    ["_v_array_flatten", ["[[1, 2, 3], [4], [5, 6]]"], "[1,2,3,4,5,6]"],
    ["_v_array_flatten", ["[[[1, 2], [3]], [[4], [5]]]"], "[[1,2],[3],[4],[5]]"],
    ["_v_array_flatten", ["[[1, 2, 3], , [5, 6]]"], "NULL"],
    ["_v_array_flatten", ["[[1],[]]"], "[1]"],
    ["_v_array_max", ["[20, 0, , 10, ,]"], "20"],
    ["_v_array_max", ["[, null,,]"], "null"],
    ["_v_array_max", ["[]"], "NULL"],
    ["_v_array_min", ["[20, 0, , 10, ,]"], "0"],
    ["_v_array_prepend", ["[0,1]", '"hello"'], '["hello",0,1]'],
    ["_v_array_append", ["[0,1]", null], "[0,1,undefined]"],
    ["_v_array_remove", ['[1,5,5.00,5e0,"5",5,,]', "5"], '[1,"5",undefined,undefined]'],
    ["_v_array_remove", ["[5,5]", "5"], "[]"],
    ["_v_array_distinct", ['["A","A","B",,,1,1e0]'], '["A","B",undefined,1]'],
    ["_v_array_except", ['["A","B","B","B","C"]', '["B"]'], '["A","B","B","C"]'],
    ["_v_array_except", ['["A",,undefined]', '["B",undefined]'], '["A",undefined]'],
    ["_v_array_except", ['[{"a":1,"b":2},1]', '[{"b":2,"a":1},3]'], "[1]"],
    ["_v_array_intersection", ['["A","B","B","B","C"]', '["B","B"]'], '["B","B"]'],
    [
      "_v_array_intersection",
      ["[undefined,102,undefined]", "[undefined,undefined,103]"],
      "[undefined,undefined]",
    ],
    ["_v_array_reverse", ["[1,2,3,4]"], "[4,3,2,1]"],
    ["_v_arrays_overlap", ["[1,2,undefined]", "[3,undefined,5]"], "true"],
    ["_v_arrays_overlap", ['["hello"]', '["hola"]'], "false"],
    ["_v_arrays_zip", ["[1,2,3]", '["one"]', '["I","II"]'], ""],
    ["_v_arrays_zip", ["[]", "[]"], "[{}]"],
    ["_v_arrays_zip", ["[1]", null], "NULL"],
    ["_v_arrays_to_object", ['["key1",undefined,"key3"]', "[1,2,3]"], '{"key1":1,"key3":3}'],
    ["_v_arrays_to_object", ['["k1","k2"]', "[1,undefined]"], '{"k1":1,"k2":null}'],
  ] as const)("%s %j is %s", (name, args, expected) => {
    const want =
      expected === ""
        ? '[{"$1":1,"$2":"one","$3":"I"},{"$1":2,"$2":null,"$3":"II"},{"$1":3,"$2":null,"$3":null}]'
        : expected;
    expect(on(name, ...args)).toBe(want);
  });

  it("counts, positions and slices", () => {
    const seven = "[0,1,2,3,4,5,6]";
    const slice = (from: bigint, to: bigint) => call("_v_array_slice", seven, from, to);
    expect(slice(0n, 2n)).toBe("[0,1]");
    expect(slice(0n, -2n)).toBe("[0,1,2,3,4]");
    expect(slice(10n, 12n)).toBe("[]");
    expect(slice(-10n, -12n)).toBe("[]");
    expect(call("_v_array_slice", seven, null, 2n)).toBeNull();
    const insert = (at: bigint) => show(call("_v_array_insert", "[0,1,2,3]", at, '"hello"'));
    expect(insert(2n)).toBe('[0,1,"hello",2,3]');
    expect(insert(5n)).toBe('[0,1,2,3,undefined,"hello"]');
    expect(insert(-1n)).toBe('[0,1,2,"hello",3]');
    expect(call("_v_array_position", '"hi"', '["hello","hi"]')).toBe(1n);
    expect(call("_v_array_position", '["hello","hi"]', '"hello"')).toBeNull();
    expect(call("_v_array_position", null, json("[10,undefined,30]"))).toBe(1n);
    expect(call("_v_array_contains", "5", "[1,5]")).toBe(true);
    expect(call("_v_array_contains", null, "[1]")).toBeNull();
    expect(call("_v_array_size", "[1,[2,3],{}]")).toBe(3n);
    expect(call("_v_array_size", "{}")).toBeNull();
    expect(call("_v_array_generate_range", 5n, 25n, 10n)).toBe("[5,15]");
    expect(call("_v_array_generate_range", -5n, -25n, -10n)).toBe("[-5,-15]");
    expect(call("_v_array_remove_at", "[1,2,3]", -1n)).toBe("[1,2]");
    expect(() => on("_v_array_flatten", "[[1],4]")).toThrow(
      "Not an array: 'Input argument to ARRAY_FLATTEN is not an array of arrays'",
    );
    expect(() => on("_v_arrays_to_object", "[1]", "[1]")).toThrow("does not have string type");
  });

  it("stays within memory", () => {
    expect(() => call("_v_array_insert", "[]", 2n ** 60n, "1")).toThrow("Max LOB size");
    expect(() => call("_v_array_generate_range", 0n, 2n ** 60n, 1n)).toThrow("Max LOB size");
    const deep = "[".repeat(500) + "]".repeat(500);
    expect(String(call("_v_sort_key", deep)).length).toBeLessThan(2000);
    expect(call("_v_array_contains", deep, `[${deep}]`)).toBe(true);
  });

  it("sorts", () => {
    const input = json("[20, null, 0, undefined, 10]");
    const sort = (asc: boolean, first: boolean) => show(call("_v_array_sort", input, asc, first));
    expect(sort(true, false)).toBe("[0,10,20,null,undefined]");
    expect(sort(false, true)).toBe("[undefined,null,20,10,0]");
    expect(sort(true, true)).toBe("[undefined,0,10,20,null]");
    expect(sort(false, false)).toBe("[null,20,10,0,undefined]");
  });

  it("joins to text", () => {
    const join = (text: string) => call("_v_array_to_string", json(text), ", ", "");
    expect(join('[true, 1, -1.2e-3, "Abc", ["x","y"], {"a":1}]')).toBe(
      'true, 1, -0.0012, Abc, ["x","y"], {"a":1}',
    );
    expect(join("[, 1]")).toBe(", 1");
    expect(join("[1, , ,2]")).toBe("1, , , 2");
  });

  it("builds from lists", () => {
    expect(show(call("_v_array_construct", "1", null, '"x"'))).toBe('[1,undefined,"x"]');
    expect(call("_v_array_construct_compact", "1", null)).toBe("[1]");
    expect(call("_v_array_agg_list", null)).toBe("[]");
    expect(call("_v_array_agg_list", ["1", null, "2"])).toBe("[1,2]");
    expect(call("_v_array_unique_list", ["1", "2", "1"])).toBe("[1,2]");
    expect(call("_v_array_union_list", ["[1,1,2]", "[1,2,2]", null])).toBe("[1,1,2,2]");
    expect(call("_v_array_elements", json("[1,,2]"))).toEqual(["1", null, "2"]);
    expect(call("_v_array_repeat", "1", 2n)).toBe("[1,1]");
  });
});

describe("object functions", () => {
  it("constructs", () => {
    expect(call("_v_object_construct", "b", "1", "a", null, "c", "null", null, "2")).toBe(
      '{"b":1,"c":null}',
    );
    expect(call("_v_object_construct_keep_null", "b", "1", "a", null, null, "2")).toBe(
      '{"a":null,"b":1}',
    );
    expect(() => call("_v_object_construct", "a", "1", "a", "2")).toThrow(
      "Duplicate field key 'a'",
    );
    expect(call("_v_object_agg_lists", ["k", null], ["1", "2"])).toBe('{"k":1}');
    expect(call("_v_object_agg_lists", null, null)).toBe("{}");
  });

  it("inserts, deletes and picks", () => {
    const o = '{"a":"value1","b":"value2"}';
    const insert = (k: string, v: string | null, update: boolean) =>
      call("_v_object_insert", o, k, v, update);
    expect(insert("c", '"value3"', false)).toBe('{"a":"value1","b":"value2","c":"value3"}');
    expect(insert("aa", "null", false)).toBe('{"a":"value1","aa":null,"b":"value2"}');
    expect(insert("e", null, false)).toBe(o);
    expect(insert("b", '"valuex"', true)).toBe('{"a":"value1","b":"valuex"}');
    expect(insert("b", null, true)).toBe('{"a":"value1"}');
    expect(() => insert("b", "1", false)).toThrow("Duplicate field key 'b'");
    expect(call("_v_object_delete", '{"a":1,"b":2,"c":3}', "a", "b")).toBe('{"c":3}');
    expect(call("_v_object_pick", '{"a":1,"b":2,"c":3}', "a", "b")).toBe('{"a":1,"b":2}');
    expect(call("_v_object_pick_array", '{"a":1,"b":2,"c":3}', '["a","x"]')).toBe('{"a":1}');
    expect(call("_v_object_keys", '{"a":1,"b":{"c":2}}')).toBe('["a","b"]');
  });

  it("works on maps", () => {
    expect(call("_v_map_keys", '{"1":"a","2":"b"}', true)).toBe("[1,2]");
    expect(call("_v_map_contains_key", "1", '{"1":"a"}')).toBe(true);
    expect(call("_v_map_cat", '{"a":1,"b":2}', '{"b":3}')).toBe('{"a":1,"b":3}');
    expect(call("_v_object_size", '{"a":1}')).toBe(1n);
    expect(call("_v_map_entries", '{"a":1}', false)).toBe('[{"key":"a","value":1}]');
  });
});

describe("XML", () => {
  const parse = (text: string, plain = false) => String(call("_v_parse_xml", text, plain));
  it("parses and prints", () => {
    expect(show(parse("<a/>"))).toBe("<a></a>");
    expect(show(parse('<a attr="123">text</a>'))).toBe('<a attr="123">text</a>');
    expect(call("_v_pretty", parse("<a><b>X</b><b>Y</b></a>"), "")).toBe(
      "<a>\n  <b>X</b>\n  <b>Y</b>\n</a>",
    );
    expect(call("_v_pretty", parse("<t1>foo<t2>bar</t2><t3></t3></t1>"), "")).toBe(
      "<t1>\n  foo\n  <t2>bar</t2>\n  <t3></t3>\n</t1>",
    );
    expect(show(parse("<test>22257e111</test>"))).toBe("<test>2.225700000000000e+115</test>");
    expect(show(parse("<test>22257e111</test>", true))).toBe("<test>22257e111</test>");
    const note = parse("<note> <body>Sample XML</body> </note>");
    expect(call("_v_to_text", note, "")).toBe("<note><body>Sample XML</body></note>");
    expect(call("_v_to_xml", note, "")).toBe("<note><body>Sample XML</body></note>");
  });

  it("has the documented shape inside", () => {
    const parts = parse(
      '<parts><part count="4"><item>Plug</item><price units="dollar">27.00</price></part></parts>',
    );
    expect(show(call("_v_get", parts, "@"))).toBe('"parts"');
    expect(show(call("_v_get", parts, "$"))).toBe(
      '{"$":[{"$":"Plug","@":"item"},{"$":27,"@":"price","@units":"dollar"}],"@":"part","@count":4,"item":0,"price":1}',
    );
    expect(show(call("_v_xml_get", parts, "part", 0n))).toBe(
      '<part count="4"><item>Plug</item><price units="dollar">27.00</price></part>',
    );
    expect(call("_v_xml_get", parts, "part", 1n)).toBeNull();
    const price = String(call("_v_xml_get", call("_v_xml_get", parts, "part", 0n), "price", 0n));
    expect(call("_v_to_text", call("_v_get", price, "$"), "")).toBe("27");
    expect(show(call("_v_object_keys", parts))).toBe('["$","@","part"]');
  });

  it("skips what is not content", () => {
    const text =
      '<?xml version="1.0"?><!-- c --><!DOCTYPE a [<!ELEMENT a ANY>]><a> 2 <![CDATA[<]]></a>';
    expect(show(parse(text))).toBe("<a>2&lt;</a>");
    expect(call("_v_get", parse("<a> 2 </a>"), "$")).toBe("2");
    expect(call("_v_get", parse("<a>&lt;&#65;&amp;</a>"), "$")).toBe('"<A&"');
  });

  it("prints as JSON inside other values and by TO_JSON", () => {
    const xml = parse("<a>x</a>");
    const array = call("_v_array_construct", xml, "1");
    expect(show(array)).toBe('[{"$":"x","@":"a"},1]');
    expect(call("_v_to_json", xml, "")).toBe('{"$":"x","@":"a"}');
    expect(call("_v_array_size", array)).toBe(2n);
  });

  it("names what is wrong", () => {
    expect(call("_v_check_xml", "<a/>")).toBeNull();
    expect(call("_v_check_xml", "<a>")).toContain("no closing tag");
    expect(call("_v_check_xml", "<?xml")).toContain("in processing instructions, pos 5");
    expect(() => parse("<a>&x;</a>")).toThrow("Error parsing XML: unknown entity &x;, pos 6");
  });

  it("writes other values with types", () => {
    expect(call("_v_to_xml", json('{"a":10,"b":["x"]}'), "")).toBe(
      '<SnowflakeData type="OBJECT"><a type="INTEGER">10</a><b type="ARRAY"><e type="VARCHAR">x</e></b></SnowflakeData>',
    );
    expect(call("_v_to_xml", "10", "")).toBe('<SnowflakeData type="INTEGER">10</SnowflakeData>');
  });
});
