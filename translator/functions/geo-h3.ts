/**
 * H3: hexagonal cells of the globe, as 64-bit numbers or hexadecimal text.
 * https://docs.snowflake.com/en/sql-reference/functions-geospatial
 */

import { GEO_HOST_FUNCTIONS } from "../geo/host.ts";
import {
  ARRAY,
  BOOLEAN,
  GEOGRAPHY,
  INTEGER,
  numberType,
  type SnowType,
  textType,
} from "../types/types.ts";
import { type Example, type FunctionEntry, family, type Signature, sig } from "./define.ts";
import { argumentText } from "./geo.ts";

type Form = "number" | "text";

const define = family("geospatial H3");
const CELL_TEXT = textType(16);
const ALWAYS = { nullability: "always" } as const;

/** A signature whose cells come in and go out in one form; `$` stands for the cell's pattern. */
function form(operation: string, cell: Form, parameters: string, returns: SnowType): Signature {
  const pattern = cell === "number" ? "integer" : "text";
  const host = returns === BOOLEAN ? "_h3_flag" : "_h3_text";
  return sig(
    parameters.replaceAll("$", pattern),
    returns,
    (call) => `${host}('${operation}', '${cell}', ${call.arguments.map(argumentText).join(", ")})`,
    ALWAYS,
  );
}

/** Both forms; a cell result has the form of the arguments. */
function forms(operation: string, parameters: string, returns: SnowType | "cell"): Signature[] {
  const number = returns === "cell" ? INTEGER : returns;
  const text = returns === "cell" ? CELL_TEXT : returns;
  return [form(operation, "number", parameters, number), form(operation, "text", parameters, text)];
}

function h3(
  name: string,
  summary: string,
  signatures: readonly Signature[],
  ...examples: readonly Example[]
): FunctionEntry {
  const doc = name.toLowerCase();
  return define(name, { doc, summary, signatures, examples, host: GEO_HOST_FUNCTIONS });
}

const CELL = "613036919424548863";
const HASH = "'881F1D4887FFFFF'";
const TALL =
  "TO_GEOGRAPHY('POLYGON((-108.959 40.948, -109.015 37.077, -102.117 36.956, -108.959 40.948))')";
const SMALL =
  "TO_GEOGRAPHY('POLYGON((-122.481889 37.826683, -122.479487 37.808548, -122.474150 37.808904, -122.476510 37.826935, -122.481889 37.826683))')";

/** A function of a shape and a resolution, in its number and its text form, each also with TRY_. */
function ofShape(
  operation: string,
  name: string,
  strings: string,
  summary: string,
  count: string,
): FunctionEntry[] {
  const parameters = "value geography, resolution integer";
  return (
    [
      ["number", name],
      ["text", strings],
    ] as const
  ).flatMap(([cell, full]) => [
    h3(
      `H3_${full}`,
      summary,
      [form(operation, cell, parameters, ARRAY)],
      [`ARRAY_SIZE(H3_${full}(${SMALL}, 9))`, count],
    ),
    h3(
      `H3_TRY_${full}`,
      `${summary}; NULL instead of an error`,
      [form(`try_${operation}`, cell, parameters, ARRAY)],
      [`H3_TRY_${full}(${TALL}, 15) IS NULL`, "true"],
    ),
  ]);
}

export const H3_FUNCTIONS: readonly FunctionEntry[] = [
  h3(
    "H3_LATLNG_TO_CELL",
    "Cell of a latitude and longitude",
    [
      form(
        "latlng_to_cell",
        "number",
        "latitude float, longitude float, resolution integer",
        INTEGER,
      ),
    ],
    ["H3_LATLNG_TO_CELL(52.516262, 13.377704, 8)", CELL],
  ),
  h3(
    "H3_LATLNG_TO_CELL_STRING",
    "Cell of a latitude and longitude, as text",
    [
      form(
        "latlng_to_cell",
        "text",
        "latitude float, longitude float, resolution integer",
        CELL_TEXT,
      ),
    ],
    ["H3_LATLNG_TO_CELL_STRING(52.516262, 13.377704, 8)", "881F1D4887FFFFF"],
  ),
  h3(
    "H3_POINT_TO_CELL",
    "Cell of a point",
    [form("point_to_cell", "number", "point geography, resolution integer", INTEGER)],
    ["H3_POINT_TO_CELL(ST_POINT(13.377704, 52.516262), 8)", CELL],
  ),
  h3(
    "H3_POINT_TO_CELL_STRING",
    "Cell of a point, as text",
    [form("point_to_cell", "text", "point geography, resolution integer", CELL_TEXT)],
    ["H3_POINT_TO_CELL_STRING(ST_POINT(13.377704, 52.516262), 8)", "881F1D4887FFFFF"],
  ),
  h3("H3_CELL_TO_POINT", "Middle of a cell", forms("cell_to_point", "cell $", GEOGRAPHY), [
    `ROUND(ST_X(H3_CELL_TO_POINT(${CELL})), 6)`,
    "13.376768",
  ]),
  h3(
    "H3_CELL_TO_BOUNDARY",
    "Edge of a cell as a polygon",
    forms("cell_to_boundary", "cell $", GEOGRAPHY),
    [`ST_NPOINTS(H3_CELL_TO_BOUNDARY(${CELL}))`, "7"],
  ),
  h3(
    "H3_CELL_TO_PARENT",
    "Cell of a coarser resolution around a cell",
    forms("cell_to_parent", "cell $, resolution integer", "cell"),
    [`H3_CELL_TO_PARENT(${CELL}, 7)`, "608533319805566975"],
    [`H3_CELL_TO_PARENT(${HASH}, 7)`, "871F1D488FFFFFF"],
  ),
  h3(
    "H3_CELL_TO_CHILDREN",
    "Cells of a finer resolution in a cell",
    [form("cell_to_children", "number", "cell $, resolution integer", ARRAY)],
    [`ARRAY_SIZE(H3_CELL_TO_CHILDREN(${CELL}, 9))`, "7"],
  ),
  h3(
    "H3_CELL_TO_CHILDREN_STRING",
    "Cells of a finer resolution in a cell, as texts",
    [form("cell_to_children", "text", "cell $, resolution integer", ARRAY)],
    [`H3_CELL_TO_CHILDREN_STRING(${HASH}, 9)[0]::VARCHAR`, "891f1d48863ffff"],
  ),
  ...ofShape(
    "coverage",
    "COVERAGE",
    "COVERAGE_STRINGS",
    "Cells that have a point in common with a shape; polygon edges are straight in latitude and longitude",
    "20",
  ),
  ...ofShape(
    "polygon_to_cells",
    "POLYGON_TO_CELLS",
    "POLYGON_TO_CELLS_STRINGS",
    "Cells whose middle is in a polygon; polygon edges are straight in latitude and longitude",
    "9",
  ),
  h3(
    "H3_GET_RESOLUTION",
    "Resolution of a cell",
    forms("get_resolution", "cell $", numberType(2, 0)),
    ["H3_GET_RESOLUTION('89283087033ffff')", "9"],
  ),
  h3(
    "H3_GRID_DISK",
    "Cells within a number of steps of a cell",
    forms("grid_disk", "cell $, steps integer", ARRAY),
    ["ARRAY_SIZE(H3_GRID_DISK(617540519050084351, 1))", "7"],
  ),
  ...["", "TRY_"].flatMap((prefix) => [
    h3(
      `H3_${prefix}GRID_DISTANCE`,
      `Steps between two cells${prefix === "" ? "" : "; NULL instead of an error"}`,
      forms(`${prefix.toLowerCase()}grid_distance`, "first $, second $", INTEGER),
      [`H3_${prefix}GRID_DISTANCE(617540519103561727, 617540519052967935)`, "5"],
    ),
    h3(
      `H3_${prefix}GRID_PATH`,
      `Cells of a shortest way between two cells${prefix === "" ? "" : "; NULL instead of an error"}`,
      forms(`${prefix.toLowerCase()}grid_path`, "first $, second $", ARRAY),
      [`ARRAY_SIZE(H3_${prefix}GRID_PATH('891f1d48b93ffff', '891f1d4888fffff'))`, "6"],
    ),
  ]),
  h3(
    "H3_INT_TO_STRING",
    "A cell's number as text",
    [form("int_to_string", "number", "cell $", CELL_TEXT)],
    ["H3_INT_TO_STRING(617700171168612351)", "89283087033FFFF"],
  ),
  h3(
    "H3_STRING_TO_INT",
    "A cell's text as number",
    [form("string_to_int", "text", "cell $", INTEGER)],
    ["H3_STRING_TO_INT('89283087033FFFF')", "617700171168612351"],
  ),
  h3("H3_IS_PENTAGON", "Whether a cell has five sides", forms("is_pentagon", "cell $", BOOLEAN), [
    "H3_IS_PENTAGON('804dfffffffffff')",
    "true",
  ]),
  h3(
    "H3_IS_VALID_CELL",
    "Whether a number or text is a cell",
    forms("is_valid_cell", "cell $", BOOLEAN),
    ["H3_IS_VALID_CELL('Invalid Cell')", "false"],
  ),
  ...(
    [
      ["number", ""],
      ["text", "_STRINGS"],
    ] as const
  ).flatMap(([cell, suffix]) => [
    h3(
      `H3_COMPACT_CELLS${suffix}`,
      "The same area in as few cells as possible",
      [form("compact_cells", cell, "cells array", ARRAY)],
      [`ARRAY_SIZE(H3_COMPACT_CELLS${suffix}([]))`, "0"],
    ),
    h3(
      `H3_UNCOMPACT_CELLS${suffix}`,
      "The same area in cells of one resolution",
      [form("uncompact_cells", cell, "cells array, resolution integer", ARRAY)],
      [`ARRAY_SIZE(H3_UNCOMPACT_CELLS${suffix}([], 3))`, "0"],
    ),
  ]),
];
