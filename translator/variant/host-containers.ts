/** Host functions on arrays, objects, maps and paths, and XML. The list with signatures is in host.ts. */
import type { HostFunction } from "../base/host.ts";
import {
  arrayDistinct,
  arrayExcept,
  arrayIntersection,
  arraysOverlap,
  arrayUnionAgg,
} from "./array-sets.ts";
import {
  arrayAppend,
  arrayCat,
  arrayCompact,
  arrayContains,
  arrayElements,
  arrayExtreme,
  arrayFlatten,
  arrayGenerateRange,
  arrayInsert,
  arrayPosition,
  arrayPrepend,
  arrayRemove,
  arrayRemoveAt,
  arrayRepeat,
  arrayReverse,
  arraySlice,
  arraySort,
  arraysZip,
  arrayToString,
} from "./arrays.ts";
import { arrayText, compactArrayText } from "./construct.ts";
import { decodeVariant, encodeVariant } from "./encoding.ts";
import { type FlattenMode, flattenRowText, flattenVariant } from "./flatten.ts";
import {
  bigint,
  bigintOrNull,
  boolean,
  integer,
  list,
  nullable,
  strict,
  text,
  textOrNull,
  texts,
  variadic,
} from "./host-arguments.ts";
import {
  arraysToObject,
  keyArguments,
  keysOfArray,
  objectAgg,
  objectCat,
  objectConstruct,
  objectEntryArray,
  objectFilter,
  objectHasKey,
  objectInsert,
  objectKeys,
  objectSize,
} from "./objects.ts";
import { parseJsonText } from "./parse-json.ts";
import { getByIndex, getByKey, getIgnoreCase, getPath } from "./path.ts";
import { textOf, variantToText } from "./print.ts";
import { elementCount } from "./scan.ts";
import { variantSession } from "./session.ts";
import { variantType } from "./typeof.ts";
import { checkXml, parseXmlText, xmlGet } from "./xml-parse.ts";
import { toXml } from "./xml-print.ts";

const ACCESS: readonly HostFunction[] = [
  strict("_v_get", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, key) => getByKey(text(v), text(key))),
  strict("_v_get_index", ["VARCHAR", "BIGINT"], "VARCHAR", (v, i) =>
    getByIndex(text(v), integer(i)),
  ),
  strict("_v_get_variant", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, step) => {
    const type = variantType(text(step));
    if (type === "VARCHAR") return getByKey(text(v), textOf(text(step)));
    return type === "INTEGER" ? getByIndex(text(v), Number(text(step))) : null;
  }),
  strict("_v_get_path", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, path) =>
    getPath(text(v), text(path)),
  ),
  strict("_v_get_ignore_case", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, key) =>
    getIgnoreCase(text(v), text(key)),
  ),
  strict("_v_json_extract_path_text", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (s, p, c) => {
    const parsed = parseJsonText(text(s));
    const found = parsed === null ? null : getPath(parsed, text(p));
    return found === null ? null : variantToText(found, variantSession(text(c)).formats);
  }),
];

function flattenFunction(name: string, withSelf: boolean): HostFunction {
  return nullable(
    name,
    ["VARCHAR", "VARCHAR", "BOOLEAN", "BOOLEAN", "VARCHAR"],
    "VARCHAR[]",
    (v, path, outer, recursive, mode) => {
      const rows = flattenVariant(textOrNull(v), {
        path: textOrNull(path) ?? "",
        outer: outer === true,
        recursive: recursive === true,
        mode: flattenMode(textOrNull(mode)),
      });
      return rows.map((row) => flattenRowText(row, withSelf));
    },
  );
}

function flattenMode(mode: string | null): FlattenMode {
  const upper = (mode ?? "BOTH").toUpperCase();
  return upper === "OBJECT" || upper === "ARRAY" ? upper : "BOTH";
}

const FLATTEN: readonly HostFunction[] = [
  flattenFunction("_v_flatten", true),
  flattenFunction("_v_flatten_lean", false),
];

const ARRAY_BUILDING: readonly HostFunction[] = [
  variadic("_v_array_construct", [], "VARCHAR", (...args) => arrayText(texts(args, 0))),
  variadic("_v_array_construct_compact", [], "VARCHAR", (...args) =>
    compactArrayText(texts(args, 0)),
  ),
  strict("_v_array_from_list", ["VARCHAR[]"], "VARCHAR", (l) => arrayText(list(l))),
  nullable("_v_array_agg_list", ["VARCHAR[]"], "VARCHAR", (l) =>
    compactArrayText(l === null ? [] : list(l)),
  ),
  nullable("_v_array_unique_list", ["VARCHAR[]"], "VARCHAR", (l) =>
    arrayDistinct(compactArrayText(l === null ? [] : list(l))),
  ),
  nullable("_v_array_union_list", ["VARCHAR[]"], "VARCHAR", (l) =>
    arrayUnionAgg(l === null ? [] : list(l)),
  ),
  strict("_v_array_elements", ["VARCHAR"], "VARCHAR[]", (a) => arrayElements(text(a))),
  strict("_v_array_generate_range", ["BIGINT", "BIGINT", "BIGINT"], "VARCHAR", (a, b, step) =>
    arrayGenerateRange(bigint(a), bigint(b), bigint(step)),
  ),
  nullable("_v_array_repeat", ["VARCHAR", "BIGINT"], "VARCHAR", (v, n) =>
    n === null ? null : arrayRepeat(textOrNull(v), integer(n)),
  ),
];

const ARRAYS: readonly HostFunction[] = [
  nullable("_v_array_append", ["VARCHAR", "VARCHAR"], "VARCHAR", (a, v) =>
    a === null ? null : arrayAppend(text(a), textOrNull(v)),
  ),
  nullable("_v_array_prepend", ["VARCHAR", "VARCHAR"], "VARCHAR", (a, v) =>
    a === null ? null : arrayPrepend(text(a), textOrNull(v)),
  ),
  strict("_v_array_cat", ["VARCHAR", "VARCHAR"], "VARCHAR", (a, b) => arrayCat(text(a), text(b))),
  strict("_v_array_compact", ["VARCHAR"], "VARCHAR", (a) => arrayCompact(text(a))),
  nullable("_v_array_contains", ["VARCHAR", "VARCHAR"], "BOOLEAN", (v, a) =>
    a === null ? null : arrayContains(textOrNull(v), text(a)),
  ),
  nullable("_v_array_position", ["VARCHAR", "VARCHAR"], "BIGINT", (v, a) =>
    a === null ? null : bigintOrNull(arrayPosition(textOrNull(v), text(a))),
  ),
  strict("_v_array_distinct", ["VARCHAR"], "VARCHAR", (a) => arrayDistinct(text(a))),
  strict("_v_array_except", ["VARCHAR", "VARCHAR"], "VARCHAR", (a, b) =>
    arrayExcept(text(a), text(b)),
  ),
  strict("_v_array_intersection", ["VARCHAR", "VARCHAR"], "VARCHAR", (a, b) =>
    arrayIntersection(text(a), text(b)),
  ),
  strict("_v_arrays_overlap", ["VARCHAR", "VARCHAR"], "BOOLEAN", (a, b) =>
    arraysOverlap(text(a), text(b)),
  ),
  strict("_v_array_flatten", ["VARCHAR"], "VARCHAR", (a) => arrayFlatten(text(a))),
  nullable("_v_array_insert", ["VARCHAR", "BIGINT", "VARCHAR"], "VARCHAR", (a, i, v) =>
    a === null || i === null ? null : arrayInsert(text(a), integer(i), textOrNull(v)),
  ),
  strict("_v_array_max", ["VARCHAR"], "VARCHAR", (a) => arrayExtreme(text(a), true)),
  strict("_v_array_min", ["VARCHAR"], "VARCHAR", (a) => arrayExtreme(text(a), false)),
  strict("_v_array_remove", ["VARCHAR", "VARCHAR"], "VARCHAR", (a, v) =>
    arrayRemove(text(a), text(v)),
  ),
  strict("_v_array_remove_at", ["VARCHAR", "BIGINT"], "VARCHAR", (a, i) =>
    arrayRemoveAt(text(a), integer(i)),
  ),
  strict("_v_array_reverse", ["VARCHAR"], "VARCHAR", (a) => arrayReverse(text(a))),
  strict("_v_array_size", ["VARCHAR"], "BIGINT", (a) =>
    bigintOrNull(elementCount(text(a)) ?? null),
  ),
  strict("_v_array_slice", ["VARCHAR", "BIGINT", "BIGINT"], "VARCHAR", (a, from, to) =>
    arraySlice(text(a), integer(from), integer(to)),
  ),
  strict("_v_array_sort", ["VARCHAR", "BOOLEAN", "BOOLEAN"], "VARCHAR", (a, asc, first) =>
    arraySort(text(a), boolean(asc), boolean(first)),
  ),
  strict("_v_array_to_string", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (a, sep, session) =>
    arrayToString(text(a), text(sep), variantSession(text(session)).formats),
  ),
  variadic("_v_arrays_zip", ["VARCHAR"], "VARCHAR", (...args) => arraysZip(texts(args, 0))),
  strict("_v_arrays_to_object", ["VARCHAR", "VARCHAR"], "VARCHAR", (k, v) =>
    arraysToObject(text(k), text(v)),
  ),
];

const OBJECTS: readonly HostFunction[] = [
  variadic("_v_object_construct", [], "VARCHAR", (...args) =>
    objectConstruct(texts(args, 0), false),
  ),
  variadic("_v_object_construct_keep_null", [], "VARCHAR", (...args) =>
    objectConstruct(texts(args, 0), true),
  ),
  nullable("_v_object_agg_lists", ["VARCHAR[]", "VARCHAR[]"], "VARCHAR", (k, v) =>
    k === null || v === null ? "{}" : objectAgg(list(k), list(v)),
  ),
  nullable(
    "_v_object_insert",
    ["VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN"],
    "VARCHAR",
    (o, k, v, update) =>
      o === null || k === null
        ? null
        : objectInsert(text(o), text(k), textOrNull(v), update === true),
  ),
  variadic("_v_object_delete", ["VARCHAR"], "VARCHAR", (o, ...keys) =>
    o === null ? null : objectFilter(text(o), keyArguments(texts(keys, 0)), false),
  ),
  variadic("_v_object_pick", ["VARCHAR"], "VARCHAR", (o, ...keys) =>
    o === null ? null : objectFilter(text(o), keyArguments(texts(keys, 0)), true),
  ),
  strict("_v_object_pick_array", ["VARCHAR", "VARCHAR"], "VARCHAR", (o, keys) =>
    objectFilter(text(o), keysOfArray(text(keys)), true),
  ),
  strict("_v_object_keys", ["VARCHAR"], "VARCHAR", (o) => objectKeys(text(o), false)),
  strict("_v_object_size", ["VARCHAR"], "BIGINT", (o) => bigintOrNull(objectSize(text(o)))),
  strict("_v_map_keys", ["VARCHAR", "BOOLEAN"], "VARCHAR", (o, n) =>
    objectKeys(text(o), boolean(n)),
  ),
  strict("_v_map_entries", ["VARCHAR", "BOOLEAN"], "VARCHAR", (o, n) =>
    objectEntryArray(text(o), boolean(n)),
  ),
  strict("_v_map_contains_key", ["VARCHAR", "VARCHAR"], "BOOLEAN", (k, o) =>
    objectHasKey(text(o), text(k)),
  ),
  strict("_v_map_cat", ["VARCHAR", "VARCHAR"], "VARCHAR", (a, b) => objectCat(text(a), text(b))),
];

const XML: readonly HostFunction[] = [
  strict("_v_parse_xml", ["VARCHAR", "BOOLEAN"], "VARCHAR", (s, keepText) =>
    parseXmlText(text(s), boolean(keepText)),
  ),
  strict("_v_check_xml", ["VARCHAR"], "VARCHAR", (s) => checkXml(text(s))),
  strict("_v_xml_get", ["VARCHAR", "VARCHAR", "BIGINT"], "VARCHAR", (v, name, n) =>
    xmlGet(text(v), text(name), integer(n)),
  ),
  strict("_v_to_xml", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, session) => {
    const { formats } = variantSession(text(session));
    return toXml(
      decodeVariant(text(v)),
      (value) => variantType(encodeVariant(value)),
      (value) => variantToText(encodeVariant(value), formats) ?? "",
    );
  }),
];

export const CONTAINER_FUNCTIONS: readonly HostFunction[] = [
  ...ACCESS,
  ...FLATTEN,
  ...ARRAY_BUILDING,
  ...ARRAYS,
  ...OBJECTS,
  ...XML,
];
