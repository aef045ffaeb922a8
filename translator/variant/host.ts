/**
 * Host functions on VARIANT, OBJECT and ARRAY values. Here `v`, `a` (array), `o` (object, map) stand for canonical
 * text (encoding.ts), `s` for plain text, `session` for the text that session.ts describes ('' = defaults). A NULL
 * argument gives NULL unless [null] says that the function sees it.
 *
 * Reading: `_v_parse_json(s)`, `_v_parse_json_d(s)` (last of repeated keys wins), `_v_try_parse_json(s)`,
 *   `_v_try_parse_json_d(s)` -> VARCHAR v; `_v_check_json(s)` -> VARCHAR message.
 * From SQL values -> VARCHAR v: `_v_from_number(VARCHAR decimal text)`, `_v_from_double(DOUBLE)`, `_v_from_text(s)`,
 *   `_v_from_boolean(BOOLEAN)`, `_v_from_date(DATE)`, `_v_from_time(TIME)`, `_v_from_timestamp_ntz(TIMESTAMP)`,
 *   `_v_from_timestamp_ltz(TIMESTAMPTZ)`, `_v_from_timestamp_tz(TIMESTAMPTZ, BIGINT offset minutes)`,
 *   `_v_from_binary(BLOB)`.
 * Printing -> VARCHAR: `_v_compact(v, session)` (compact JSON, or XML), `_v_to_json(v, session)` (TO_JSON: never XML), `_v_pretty(v, session)` (results),
 *   `_v_to_text(v, session)` (::VARCHAR).
 * Casts, each also as `_v_try_to_...` that gives NULL instead of 100071: `_v_to_number(v, BIGINT precision,
 *   BIGINT scale)` -> VARCHAR decimal text, `_v_to_double(v)` -> DOUBLE, `_v_to_boolean(v)` -> BOOLEAN,
 *   `_v_to_binary(v)` -> BLOB, `_v_to_date(v, session)` -> DATE, `_v_to_time(v, session)` -> TIME,
 *   `_v_to_timestamp_ntz(v, session)` -> TIMESTAMP, `_v_to_timestamp_ltz(v, session)` -> TIMESTAMPTZ,
 *   `_v_to_timestamp_tz_instant(v, session)` -> TIMESTAMPTZ, `_v_to_timestamp_tz_offset(v, session)` -> BIGINT,
 *   `_v_to_array(v)`, `_v_to_object(v)` -> VARCHAR v.
 * Classifying: `_v_typeof(v)` -> VARCHAR; `_v_is(v, kind)` [null] -> BOOLEAN and `_v_as(v, kind)` -> VARCHAR v, kind
 *   being what follows IS_ or AS_; `_v_compare(v, v)` -> BIGINT -1, 0, 1; `_v_equal(v, v)` -> BOOLEAN;
 *   `_v_sort_key(v)` -> VARCHAR (orders and groups equal values equally).
 * Access -> VARCHAR v: `_v_get(v, s key)`, `_v_get_index(v, BIGINT)`, `_v_get_variant(v, v key or index)`,
 *   `_v_get_path(v, s path)`, `_v_get_ignore_case(v, s key)`; `_v_json_extract_path_text(s, s path, session)`.
 * FLATTEN [null] -> VARCHAR[]: `_v_flatten(v, s path, BOOLEAN outer, BOOLEAN recursive, s mode)`; each element is JSON text
 *   `[key, path, index, value, this]` with value and this as JSON strings of canonical text. `_v_flatten_lean` leaves
 *   `this` null: use it when THIS is not selected.
 * Building arrays -> VARCHAR a: `_v_array_construct(v...)`, `_v_array_construct_compact(v...)` [null];
 *   `_v_array_from_list(VARCHAR[])` (NULL as undefined); `_v_array_agg_list(VARCHAR[])` (NULL dropped, NULL list `[]`),
 *   `_v_array_unique_list(VARCHAR[])`, `_v_array_union_list(VARCHAR[] of a)` [null]; `_v_array_generate_range(BIGINT, BIGINT,
 *   BIGINT step)`; `_v_array_repeat(v, BIGINT)` [null]. `_v_array_elements(a)` -> VARCHAR[] (undefined as NULL).
 * Arrays -> VARCHAR a: `_v_array_append(a, v)` [null], `_v_array_prepend(a, v)` [null], `_v_array_cat(a, a)`,
 *   `_v_array_compact(a)`, `_v_array_distinct(a)`, `_v_array_except(a, a)`, `_v_array_intersection(a, a)`,
 *   `_v_array_flatten(a)`, `_v_array_insert(a, BIGINT, v)` [null], `_v_array_remove(a, v)`, `_v_array_remove_at(a, BIGINT)`,
 *   `_v_array_reverse(a)`, `_v_array_slice(a, BIGINT, BIGINT)`, `_v_array_sort(a, BOOLEAN ascending, BOOLEAN nulls first)`,
 *   `_v_arrays_zip(a, a...)` [null]. -> VARCHAR v: `_v_array_max(a)`, `_v_array_min(a)`. -> VARCHAR o:
 *   `_v_arrays_to_object(a, a)`. -> VARCHAR: `_v_array_to_string(a, s, session)`. -> BOOLEAN: `_v_array_contains(v, a)`
 *   [null], `_v_arrays_overlap(a, a)`. -> BIGINT: `_v_array_position(v, a)` [null], `_v_array_size(v)`.
 * Objects -> VARCHAR o: `_v_object_construct(s key, v, ...)`, `_v_object_construct_keep_null(s key, v, ...)` [null],
 *   `_v_object_agg_lists(VARCHAR[] keys, VARCHAR[] values)` [null], `_v_object_insert(o, s key, v, BOOLEAN update)` [null],
 *   `_v_object_delete(o, s key...)` [null], `_v_object_pick(o, s key...)` [null], `_v_object_pick_array(o, a)`,
 *   `_v_map_cat(o, o)`. -> VARCHAR a: `_v_object_keys(o)`, `_v_map_keys(o, BOOLEAN numeric)`,
 *   `_v_map_entries(o, BOOLEAN numeric)`. -> BIGINT: `_v_object_size(o)`. -> BOOLEAN: `_v_map_contains_key(s key, o)`.
 * XML: `_v_parse_xml(s, BOOLEAN disable_auto_convert)` -> VARCHAR o, `_v_check_xml(s)` -> VARCHAR message,
 *   `_v_xml_get(v, s tag, BIGINT instance)` -> VARCHAR o, `_v_to_xml(v, session)` -> VARCHAR.
 * Structured types, `type` being JSON.stringify of a SnowType: `_v_cast_structured(v, type, session)` -> VARCHAR v (100071
 *   when it does not fit), `_v_try_cast_structured`; `_v_in_declared_order(v, type)` -> VARCHAR to hand to a printing
 *   function, which keeps its order of keys.
 */
import type { HostFunction } from "../base/host.ts";
import { CONTAINER_FUNCTIONS } from "./host-containers.ts";
import { STRUCTURED_FUNCTIONS } from "./host-structured.ts";
import { VALUE_FUNCTIONS } from "./host-values.ts";

export const VARIANT_HOST_FUNCTIONS: readonly HostFunction[] = [
  ...VALUE_FUNCTIONS,
  ...CONTAINER_FUNCTIONS,
  ...STRUCTURED_FUNCTIONS,
];
