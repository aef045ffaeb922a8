/**
 * Functions on OBJECT and MAP values.
 * https://docs.snowflake.com/en/sql-reference/functions/object_construct
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { commonTypeOf } from "../types/common.ts";
import {
  ARRAY,
  BOOLEAN,
  numberType,
  OBJECT,
  type SnowType,
  TEXT,
  VARIANT,
} from "../types/types.ts";
import {
  type Example,
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";
import {
  checkKey,
  type TypeRule,
  typeOfKeys,
  typeWithKey,
  typeWithoutKeys,
} from "./structured-keys.ts";

const define = family("semi-structured");
const ALWAYS = { nullability: "always" } as const;
const NEVER = { nullability: "never" } as const;

const first = (types: readonly SnowType[]): SnowType => must(types[0]);

function entry(
  name: string,
  summary: string,
  signatures: readonly Signature[],
  examples: readonly Example[],
  doc: string = name.toLowerCase(),
): FunctionEntry {
  return define(name, { doc, summary, signatures, examples });
}

/** Keys as text and values as VARIANT, in turns. */
function pairs(call: LoweringCall): string {
  return call.arguments
    .map((argument, index) => call.context.cast(argument, index % 2 === 0 ? TEXT : VARIANT))
    .join(", ");
}

/** Refuses a key without a value. */
function evenCount(name: string, returns: (types: readonly SnowType[]) => SnowType) {
  return (types: readonly SnowType[]): SnowType => {
    if (types.length % 2 === 1) {
      throw snowflakeError("notEnoughArguments", {
        call: name,
        expected: types.length + 1,
        actual: types.length,
      });
    }
    return returns(types);
  };
}

function constructing(
  name: string,
  host: string,
  returns: (types: readonly SnowType[]) => SnowType,
): Signature {
  return sig("pairs?... any", evenCount(name, returns), (call) => `${host}(${pairs(call)})`, NEVER);
}

function mapType(types: readonly SnowType[]): SnowType {
  const at = (rest: number): SnowType[] => types.filter((_, index) => index % 2 === rest);
  return {
    kind: "map",
    key: commonTypeOf(at(0)) ?? TEXT,
    value: { type: commonTypeOf(at(1)) ?? VARIANT, nullable: true },
  };
}

/** Keys that follow the container, as text. */
function keys(call: LoweringCall): string {
  const rest = call.arguments.slice(1).map((argument) => call.context.cast(argument, TEXT));
  return [must(call.arguments[0]).sql, ...rest].join(", ");
}

/** The MAP itself, when its keys may be such as these; `count` of the arguments behind it are keys. */
function mapByKeys(name: string, count: number = Number.POSITIVE_INFINITY): TypeRule {
  return (types) => {
    const map = first(types);
    for (const key of types.slice(1, 1 + count)) checkKey(name, key, map);
    return map;
  };
}

/** Removing or picking by keys. */
function byKeys(host: string, pattern: string, returns: TypeRule = first): Signature {
  return sig(`value ${pattern}, keys... any`, returns, (call) => `${host}(${keys(call)})`, ALWAYS);
}

function picking(pattern: string, returns: TypeRule = first): readonly Signature[] {
  return [
    sig(`value ${pattern}, keys array`, first, "_v_object_pick_array({1}, {2})"),
    byKeys("_v_object_pick", pattern, returns),
  ];
}

/** A member as the MAP's type of values; as it is where there is none. */
function ofMap(
  call: LoweringCall,
  member: LoweredArgument,
): { readonly sql: string; readonly type: SnowType } {
  const { type } = must(call.arguments[0]);
  if (type.kind !== "map") return member;
  return { sql: call.context.cast(member, type.value.type), type: type.value.type };
}

function inserting(pattern: string, returns: TypeRule = first): Signature {
  return sig(
    `value ${pattern}, key any, member any, update? boolean`,
    returns,
    (call) => {
      const [value, key, member, update] = call.arguments;
      const text = call.context.cast(must(key), TEXT);
      const variant = call.context.cast(ofMap(call, must(member)), VARIANT);
      return `_v_object_insert(${must(value).sql}, ${text}, ${variant}, ${update?.sql ?? "false"})`;
    },
    ALWAYS,
  );
}

const OBJECTS: readonly FunctionEntry[] = [
  entry(
    "OBJECT_CONSTRUCT",
    "An object of keys and values; pairs with NULL are left out",
    [constructing("OBJECT_CONSTRUCT", "_v_object_construct", () => OBJECT)],
    [["OBJECT_CONSTRUCT('b', 1, 'a', NULL)::VARCHAR", '{"b":1}']],
  ),
  entry(
    "OBJECT_CONSTRUCT_KEEP_NULL",
    "An object of keys and values; NULL values are kept as null",
    [constructing("OBJECT_CONSTRUCT_KEEP_NULL", "_v_object_construct_keep_null", () => OBJECT)],
    [["OBJECT_CONSTRUCT_KEEP_NULL('b', 1, 'a', NULL)::VARCHAR", '{"a":null,"b":1}']],
  ),
  entry(
    "OBJECT_CONSTRUCT_KEEP_NULL_STRUCTURED",
    "As OBJECT_CONSTRUCT_KEEP_NULL",
    [
      constructing(
        "OBJECT_CONSTRUCT_KEEP_NULL_STRUCTURED",
        "_v_object_construct_keep_null",
        () => OBJECT,
      ),
    ],
    [],
  ),
  entry(
    "OBJECT_INSERT",
    "An object with one more pair, or a changed one",
    [inserting("object", typeWithKey)],
    [["OBJECT_INSERT(OBJECT_CONSTRUCT('a', 1), 'b', 2)::VARCHAR", '{"a":1,"b":2}']],
  ),
  entry(
    "OBJECT_DELETE",
    "An object without some keys",
    [byKeys("_v_object_delete", "object", typeWithoutKeys)],
    [["OBJECT_DELETE(OBJECT_CONSTRUCT('a', 1, 'b', 2), 'a')::VARCHAR", '{"b":2}']],
  ),
  entry("OBJECT_PICK", "An object with some of its keys only", picking("object", typeOfKeys), [
    ["OBJECT_PICK(OBJECT_CONSTRUCT('a', 1, 'b', 2), 'a')::VARCHAR", '{"a":1}'],
  ]),
  entry(
    "OBJECT_KEYS",
    "The keys of an object",
    [
      sig("value object", ARRAY, "_v_object_keys({1})"),
      sig("value variant", ARRAY, "_v_object_keys(_v_to_object({1}))", ALWAYS),
    ],
    [["OBJECT_KEYS(OBJECT_CONSTRUCT('b', 1, 'a', 2))::VARCHAR", '["a","b"]']],
  ),
];

function isNumericKey(type: SnowType): boolean {
  return type.kind === "map" && type.key.kind === "number";
}

function keyArray(types: readonly SnowType[]): SnowType {
  const type = must(types[0]);
  const key = type.kind === "map" ? type.key : VARIANT;
  return { kind: "array", element: { type: key, nullable: false } };
}

const MAP_EXAMPLE = "MAP_CONSTRUCT('a', 1, 'b', 2)";

const MAPS: readonly FunctionEntry[] = [
  entry(
    "MAP_CONSTRUCT",
    "A MAP of keys and values",
    [constructing("MAP_CONSTRUCT", "_v_object_construct_keep_null", mapType)],
    [[`${MAP_EXAMPLE}::VARCHAR`, '{"a":1,"b":2}']],
  ),
  entry(
    "MAP_CAT",
    "Two MAPs as one; the second's values win",
    [sig("left map, right map", first, "_v_map_cat({1}, {2})")],
    [[`MAP_CAT(${MAP_EXAMPLE}, MAP_CONSTRUCT('b', 3))::VARCHAR`, '{"a":1,"b":3}']],
  ),
  entry(
    "MAP_CONTAINS_KEY",
    "Whether a MAP has a key",
    [
      sig("key any, value map", BOOLEAN, (call) => {
        const [key, value] = call.arguments;
        checkKey("MAP_CONTAINS_KEY", must(key).type, must(value).type);
        return `_v_map_contains_key(${call.context.cast(must(key), TEXT)}, ${must(value).sql})`;
      }),
    ],
    [[`MAP_CONTAINS_KEY('a', ${MAP_EXAMPLE})::VARCHAR`, "true"]],
  ),
  entry(
    "MAP_DELETE",
    "A MAP without some keys",
    [byKeys("_v_object_delete", "map", mapByKeys("MAP_DELETE"))],
    [[`MAP_DELETE(${MAP_EXAMPLE}, 'a')::VARCHAR`, '{"b":2}']],
  ),
  entry(
    "MAP_INSERT",
    "A MAP with one more pair, or a changed one",
    [inserting("map", mapByKeys("MAP_INSERT", 1))],
    [[`MAP_INSERT(${MAP_EXAMPLE}, 'c', 3)::VARCHAR`, '{"a":1,"b":2,"c":3}']],
  ),
  entry("MAP_PICK", "A MAP with some of its keys only", picking("map", mapByKeys("MAP_PICK")), [
    [`MAP_PICK(${MAP_EXAMPLE}, 'a')::VARCHAR`, '{"a":1}'],
  ]),
  entry(
    "MAP_KEYS",
    "The keys of a MAP",
    [
      sig("value map", keyArray, (call) => {
        const { sql, type } = must(call.arguments[0]);
        return `_v_map_keys(${sql}, ${isNumericKey(type)})`;
      }),
    ],
    [[`MAP_KEYS(${MAP_EXAMPLE})::VARCHAR`, '["a","b"]']],
  ),
  entry(
    "MAP_ENTRIES",
    "The pairs of a MAP as objects",
    [
      sig("value map", ARRAY, (call) => {
        const { sql, type } = must(call.arguments[0]);
        return `_v_map_entries(${sql}, ${isNumericKey(type)})`;
      }),
    ],
    [],
  ),
  entry(
    "MAP_SIZE",
    "How many pairs a MAP has",
    [sig("value map", numberType(38, 0), "_v_object_size({1})")],
    [[`MAP_SIZE(${MAP_EXAMPLE})`, "2"]],
  ),
];

/**
 * OBJECT, when every {n} of a constant template has its argument.
 * @throws 000937
 */
function promptType(_types: readonly SnowType[], args: readonly BoundExpression[]): SnowType {
  const [template, ...values] = args;
  if (template?.kind !== "constant") return OBJECT;
  for (const [placeholder, index] of String(template.value ?? "").matchAll(/\{(\d+)\}/g)) {
    if (Number(index) < values.length) continue;
    throw snowflakeError("invalidArgument", { name: "PROMPT", argument: placeholder, index: 1 });
  }
  return OBJECT;
}

/** {0}, {1} … in a template stand for the arguments, as a model reads them later. */
function promptSql(call: LoweringCall): string {
  const [template, ...args] = call.arguments;
  const variant = (argument: LoweredArgument): string => call.context.cast(argument, VARIANT);
  const list = `_v_array_construct(${args.map(variant).join(", ")})`;
  return `_v_object_construct('args', ${list}, 'template', ${variant(must(template))})`;
}

const PROMPTS: readonly FunctionEntry[] = [
  entry(
    "PROMPT",
    "An object of a prompt's template and its arguments",
    [sig("template text, values... any", promptType, promptSql)],
    [["PROMPT('Say {0}', 'x')::VARCHAR", '{"args":["x"],"template":"Say {0}"}']],
  ),
];

export const OBJECT_FUNCTIONS: readonly FunctionEntry[] = [...OBJECTS, ...MAPS, ...PROMPTS];
