/**
 * Functions on ARRAY values.
 * https://docs.snowflake.com/en/sql-reference/functions-semistructured
 */

import { must } from "../base/assert.ts";
import { sessionText } from "../lower/variant-casts.ts";
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
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";

const define = family("semi-structured");
const ALWAYS = { nullability: "always" } as const;
const NEVER = { nullability: "never" } as const;

const SIZE = numberType(9, 0);
const first = (types: readonly SnowType[]): SnowType => must(types[0]);

/** Structured arrays of one element type keep their type; others become ARRAY. */
function bothArrays(types: readonly SnowType[]): SnowType {
  return commonTypeOf(types) ?? ARRAY;
}

function entry(
  name: string,
  summary: string,
  signatures: readonly Signature[],
  examples: readonly Example[],
): FunctionEntry {
  return define(name, { doc: name.toLowerCase(), summary, signatures, examples });
}

/** Every argument as VARIANT. */
function variants(call: LoweringCall): string {
  return call.arguments.map((argument) => call.context.cast(argument, VARIANT)).join(", ");
}

const BUILDING: readonly FunctionEntry[] = [
  entry(
    "ARRAY_CONSTRUCT",
    "An array of the arguments; NULL becomes undefined",
    [sig("values?... element", ARRAY, (call) => `_v_array_construct(${variants(call)})`, NEVER)],
    [["ARRAY_CONSTRUCT(10, 'x')::VARCHAR", '[10,"x"]']],
  ),
  entry(
    "ARRAY_CONSTRUCT_COMPACT",
    "An array of the arguments without NULLs",
    [
      sig(
        "values?... element",
        ARRAY,
        (call) => `_v_array_construct_compact(${variants(call)})`,
        NEVER,
      ),
    ],
    [
      [
        "ARRAY_CONSTRUCT_COMPACT(NULL, 'hello', 3::DOUBLE)::VARCHAR",
        '["hello",3.000000000000000e+00]',
      ],
    ],
  ),
  entry(
    "ARRAY_CONSTRUCT_STRUCTURED",
    "A structured array of the arguments' common type",
    [
      sig(
        "values... same",
        (types) => ({
          kind: "array",
          element: { type: commonTypeOf(types) ?? VARIANT, nullable: true },
        }),
        (call) => `_v_array_construct(${variants(call)})`,
        NEVER,
      ),
    ],
    [],
  ),
  entry(
    "ARRAY_GENERATE_RANGE",
    "Whole numbers from a start to below a stop",
    [
      sig("start number, stop number, step? number", ARRAY, (call) => {
        const whole = (at: number): string => `CAST(${must(call.arguments[at]).sql} AS BIGINT)`;
        const step = call.arguments[2] === undefined ? "1" : whole(2);
        return `_v_array_generate_range(${whole(0)}, ${whole(1)}, ${step})`;
      }),
    ],
    [["ARRAY_GENERATE_RANGE(5, 25, 10)::VARCHAR", "[5,15]"]],
  ),
  entry(
    "ARRAY_REPEAT",
    "An array of one value several times",
    [
      sig(
        "value element, count number",
        ARRAY,
        "_v_array_repeat({1}, CAST({2} AS BIGINT))",
        ALWAYS,
      ),
    ],
    [["ARRAY_REPEAT('a', 2)::VARCHAR", '["a","a"]']],
  ),
];

/** A value put into an array: into a structured one as its element type. */
function placing(
  parameters: string,
  build: (array: string, value: string, position: string) => string,
): readonly Signature[] {
  const lower = (call: LoweringCall): string => {
    const { sql, type } = must(call.arguments[0]);
    const value = must(call.arguments.at(-1));
    const element = type.kind === "array" ? type.element?.type : undefined;
    const cast =
      element === undefined ? value : { sql: call.context.cast(value, element), type: element };
    return build(sql, call.context.cast(cast, VARIANT), call.arguments[1]?.sql ?? "");
  };
  const structured = parameters.replace("array array", "array typed_array");
  return [
    sig(parameters, first, lower, ALWAYS),
    sig(structured.replace("value element", "value any"), first, lower, ALWAYS),
  ];
}

const CHANGING: readonly FunctionEntry[] = [
  entry(
    "ARRAY_APPEND",
    "An array with a value at its end",
    placing("array array, value element", (array, value) => `_v_array_append(${array}, ${value})`),
    [["ARRAY_APPEND([1, 2], 'x')::VARCHAR", '[1,2,"x"]']],
  ),
  entry(
    "ARRAY_PREPEND",
    "An array with a value at its begin",
    placing("array array, value element", (array, value) => `_v_array_prepend(${array}, ${value})`),
    [["ARRAY_PREPEND([1, 2], 0)::VARCHAR", "[0,1,2]"]],
  ),
  entry(
    "ARRAY_CAT",
    "Two arrays one behind the other",
    [sig("left array, right array", bothArrays, "_v_array_cat({1}, {2})")],
    [["ARRAY_CAT([1], [2, 3])::VARCHAR", "[1,2,3]"]],
  ),
  entry(
    "ARRAY_COMPACT",
    "An array without its nulls",
    [sig("array array", first, "_v_array_compact({1})")],
    [["ARRAY_COMPACT([1, NULL, 2])::VARCHAR", "[1,2]"]],
  ),
  entry(
    "ARRAY_INSERT",
    "An array with a value at a position",
    placing(
      "array array, position number, value element",
      (array, value, position) =>
        `_v_array_insert(${array}, CAST(${position} AS BIGINT), ${value})`,
    ),
    [["ARRAY_INSERT([0, 1, 2, 3], 2, 'hello')::VARCHAR", '[0,1,"hello",2,3]']],
  ),
  entry(
    "ARRAY_REMOVE",
    "An array without the elements that equal a value",
    [
      sig("array array, value variant", first, "_v_array_remove({1}, {2})", ALWAYS),
      sig("array typed_array, value element", first, "_v_array_remove({1}, {2})", ALWAYS),
    ],
    [["ARRAY_REMOVE([1, 5, 5.00, '5'], 5)::VARCHAR", '[1,"5"]']],
  ),
  entry(
    "ARRAY_REMOVE_AT",
    "An array without the element at a position",
    [sig("array array, position number", first, "_v_array_remove_at({1}, CAST({2} AS BIGINT))")],
    [["ARRAY_REMOVE_AT([2, 5, 7], 0)::VARCHAR", "[5,7]"]],
  ),
  entry(
    "ARRAY_REVERSE",
    "An array backwards",
    [sig("array array", first, "_v_array_reverse({1})")],
    [["ARRAY_REVERSE([1, 2, 3])::VARCHAR", "[3,2,1]"]],
  ),
  entry(
    "ARRAY_SLICE",
    "The elements from a position to before another",
    [
      sig(
        "array array, start number, stop number",
        first,
        "_v_array_slice({1}, CAST({2} AS BIGINT), CAST({3} AS BIGINT))",
      ),
    ],
    [["ARRAY_SLICE([0, 1, 2, 3, 4, 5, 6], 0, 2)::VARCHAR", "[0,1]"]],
  ),
  entry(
    "ARRAY_SORT",
    "An array in order",
    [
      sig("array array, ascending? boolean, nulls_first? boolean", first, (call) => {
        const [array, ascending, nullsFirst] = call.arguments;
        const up = ascending?.sql ?? "true";
        const nulls = nullsFirst?.sql ?? `(NOT ${up})`;
        return `_v_array_sort(${must(array).sql}, ${up}, ${nulls})`;
      }),
    ],
    [
      ["ARRAY_SORT([20, 10])::VARCHAR", "[10,20]"],
      ["ARRAY_SORT([20, 0, 10], FALSE)::VARCHAR", "[20,10,0]"],
    ],
  ),
  entry(
    "ARRAY_FLATTEN",
    "The elements of the arrays in an array",
    [sig("array array", flattened, "_v_array_flatten({1})")],
    [["ARRAY_FLATTEN([[1, 2], [3]])::VARCHAR", "[1,2,3]"]],
  ),
  entry(
    "ARRAY_DISTINCT",
    "An array without repetitions",
    [sig("array array", first, "_v_array_distinct({1})")],
    [["ARRAY_DISTINCT(['A', 'A', 'B'])::VARCHAR", '["A","B"]']],
  ),
  entry(
    "ARRAY_EXCEPT",
    "The elements of one array that are not in another",
    [sig("left array, right array", first, "_v_array_except({1}, {2})")],
    [["ARRAY_EXCEPT(['A', 'B', 'B'], ['B'])::VARCHAR", '["A","B"]']],
  ),
  entry(
    "ARRAY_INTERSECTION",
    "The elements that two arrays share",
    [sig("left array, right array", first, "_v_array_intersection({1}, {2})")],
    [["ARRAY_INTERSECTION(['A', 'B'], ['B', 'C'])::VARCHAR", '["B"]']],
  ),
];

function flattened(types: readonly SnowType[]): SnowType {
  const type = must(types[0]);
  const inner = type.kind === "array" ? type.element?.type : undefined;
  return inner?.kind === "array" ? inner : ARRAY;
}

function elementOf(types: readonly SnowType[]): SnowType {
  const type = must(types[0]);
  return type.kind === "array" && type.element !== undefined ? type.element.type : VARIANT;
}

/** The largest or smallest element; of the element type for a structured array. */
function extreme(name: string): Signature {
  return sig(
    "array array",
    elementOf,
    (call) =>
      call.context.cast(
        { sql: `_v_array_${name}(${must(call.arguments[0]).sql})`, type: VARIANT },
        call.returns,
      ),
    ALWAYS,
  );
}

/** NULL finds undefined, as in ARRAY_CONTAINS. */
const POSITION = "_v_array_position({1}, {2})";

const ASKING: readonly FunctionEntry[] = [
  entry(
    "ARRAY_CONTAINS",
    "Whether a value is in an array",
    [
      sig("value variant, array array", BOOLEAN, "_v_array_contains({1}, {2})", ALWAYS),
      sig("value element, array typed_array", BOOLEAN, "_v_array_contains({1}, {2})", ALWAYS),
    ],
    [["ARRAY_CONTAINS('hello'::VARIANT, ['hello', 'hi'])::VARCHAR", "true"]],
  ),
  entry(
    "ARRAY_POSITION",
    "The first position of a value in an array, from 0",
    [
      sig("value variant, array array", SIZE, POSITION, ALWAYS),
      sig("value element, array typed_array", SIZE, POSITION, ALWAYS),
    ],
    [["ARRAY_POSITION('hi'::VARIANT, ['hello', 'hi'])", "1"]],
  ),
  entry(
    "ARRAY_SIZE",
    "How many elements an array has",
    [sig("array semi", SIZE, "_v_array_size({1})", ALWAYS)],
    [["ARRAY_SIZE([1, 2, 3])", "3"]],
  ),
  entry("ARRAY_MAX", "The largest element", [extreme("max")], [["ARRAY_MAX([20, 10])::INT", "20"]]),
  entry(
    "ARRAY_MIN",
    "The smallest element",
    [extreme("min")],
    [["ARRAY_MIN([20, 10])::INT", "10"]],
  ),
  entry(
    "ARRAY_TO_STRING",
    "The elements as text with a separator between them",
    [
      sig("array array, separator text", TEXT, (call) => {
        const [array, separator] = call.arguments;
        return `_v_array_to_string(${must(array).sql}, ${must(separator).sql}, ${sessionText(call.context)})`;
      }),
      sig(
        "array variant, separator text",
        TEXT,
        (call) => {
          const [array, separator] = call.arguments;
          return `_v_array_to_string(_v_to_array(${must(array).sql}), ${must(separator).sql}, ${sessionText(call.context)})`;
        },
        ALWAYS,
      ),
    ],
    [["ARRAY_TO_STRING([1, 'x'], ', ')", "1, x"]],
  ),
  entry(
    "ARRAYS_OVERLAP",
    "Whether two arrays share an element",
    [sig("left array, right array", BOOLEAN, "_v_arrays_overlap({1}, {2})")],
    [["ARRAYS_OVERLAP(['hello', 'a'], ['hello'])::VARCHAR", "true"]],
  ),
  entry(
    "ARRAYS_ZIP",
    "An array of objects with the elements of several arrays",
    [
      sig(
        "arrays... array",
        ARRAY,
        (call) => `_v_arrays_zip(${call.arguments.map(({ sql }) => sql).join(", ")})`,
        ALWAYS,
      ),
    ],
    [["ARRAYS_ZIP([1], [10])::VARCHAR", '[{"$1":1,"$2":10}]']],
  ),
  entry(
    "ARRAYS_TO_OBJECT",
    "An object of an array of keys and an array of values",
    [sig("keys array, values array", OBJECT, "_v_arrays_to_object({1}, {2})")],
    [["ARRAYS_TO_OBJECT(['a'], [1])::VARCHAR", '{"a":1}']],
  ),
];

export const ARRAY_FUNCTIONS: readonly FunctionEntry[] = [...BUILDING, ...CHANGING, ...ASKING];
