/** The H3 functions' operations, by name, on cells as numbers or hexadecimal text. */

import { SnowflakeError } from "../base/errors.ts";
import { load, store } from "./geojson.ts";
import {
  boundaryOfCell,
  cellNumber,
  cellOfPoint,
  cellsCovering,
  cellsInside,
  cellText,
  demandCell,
  demandResolution,
  type H3Library,
  h3,
  isTooMany,
  pointOfCell,
} from "./h3.ts";
import { badShape } from "./problem.ts";
import { type Geo, type GeoKind, partsOf, WGS84 } from "./shape.ts";

/** How cells come in and go out. */
type Form = "number" | "text";

type Operation = (form: Form, ...args: readonly string[]) => string | boolean | null;

function cellOf(name: string, form: Form, text = ""): string {
  return demandCell(name, form === "number" ? cellText(BigInt(text)) : text);
}

/** A cell as the function's own form has it: hexadecimal text is written in capitals where it stands alone. */
function printed(cell: string, form: Form): string {
  return form === "number" ? cellNumber(cell).toString() : cell.toUpperCase();
}

/** Cells as an ARRAY's canonical text: 18 digits are more than a plain number has. */
function list(cells: readonly string[], form: Form): string {
  if (form === "text") return JSON.stringify(cells);
  return `[${cells.map((cell) => JSON.stringify(`\uF8FFN${cellNumber(cell)}`)).join(",")}]`;
}

function geography(text = ""): Geo {
  return load(text, "geography" satisfies GeoKind);
}

function point(text = "", name = ""): readonly number[] {
  const { shape } = geography(text);
  if (shape.type === "Point" && shape.coordinates.length > 0) return shape.coordinates;
  throw badShape(name, `the value is a ${shape.type}, not a Point`);
}

/** What the TRY_ form of a function answers with NULL. */
function attempt(run: () => string | null): string | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof SnowflakeError) return null;
    throw error;
  }
}

function ofShape(
  name: string,
  cells: (shape: Geo["shape"], resolution: number) => string[],
  onlyPolygons: boolean,
) {
  return (form: Form, text = "", resolution = ""): string => {
    const wanted = demandResolution(name, Number(resolution));
    const { shape } = geography(text);
    if (onlyPolygons && shape.type !== "Polygon" && shape.type !== "MultiPolygon") {
      throw badShape(name, `the value is a ${shape.type}, not a Polygon`);
    }
    if (isTooMany(partsOf(shape), wanted)) throw badShape(name, "the result has too many cells");
    return list(cells(shape, wanted), form);
  };
}

const coverage = ofShape("H3_COVERAGE", cellsCovering, false);
const polygon = ofShape("H3_POLYGON_TO_CELLS", cellsInside, true);

function distance(form: Form, a = "", b = ""): string {
  const name = "H3_GRID_DISTANCE";
  const [from, to] = [cellOf(name, form, a), cellOf(name, form, b)];
  return String(checked(name, (library) => library.gridDistance(from, to)));
}

function path(form: Form, a = "", b = ""): string {
  const name = "H3_GRID_PATH";
  const [from, to] = [cellOf(name, form, a), cellOf(name, form, b)];
  return list(
    checked(name, (library) => library.gridPathCells(from, to)),
    form,
  );
}

/** The cells of an ARRAY's canonical text. */
function cellsOf(name: string, form: Form, array = "[]"): string[] {
  const items = JSON.parse(array) as unknown[];
  return items.map((item) => cellOf(name, form, String(item).replace(/^\uF8FF[A-Z]/, "")));
}

/** What the library cannot compute as an error of the function; errors of ours stay as they are. */
function checked<T>(name: string, run: (library: H3Library) => T): T {
  const library = h3();
  try {
    return run(library);
  } catch (error) {
    if (error instanceof SnowflakeError || !(error instanceof Error)) throw error;
    throw badShape(name, error.message);
  }
}

const MOST_STEPS = 500;

export const H3_OPERATIONS: Readonly<Record<string, Operation>> = {
  point_to_cell: (form, text, resolution) => {
    const name = "H3_POINT_TO_CELL";
    const cell = cellOfPoint(point(text, name), demandResolution(name, Number(resolution)));
    return printed(cell, form);
  },
  latlng_to_cell: (form, latitude, longitude, resolution) => {
    const wanted = demandResolution("H3_LATLNG_TO_CELL", Number(resolution));
    return printed(cellOfPoint([Number(longitude), Number(latitude)], wanted), form);
  },
  cell_to_point: (form, cell) => {
    const shape = pointOfCell(cellOf("H3_CELL_TO_POINT", form, cell));
    return store({ kind: "geography", shape, srid: WGS84, computed: true });
  },
  cell_to_boundary: (form, cell) => {
    const shape = boundaryOfCell(cellOf("H3_CELL_TO_BOUNDARY", form, cell));
    return store({ kind: "geography", shape, srid: WGS84, computed: true });
  },
  cell_to_parent: (form, cell, resolution) => {
    const name = "H3_CELL_TO_PARENT";
    const [own, wanted] = [cellOf(name, form, cell), demandResolution(name, Number(resolution))];
    if (wanted > h3().getResolution(own)) {
      throw badShape(name, `the resolution ${wanted} is finer than the cell's`);
    }
    return printed(h3().cellToParent(own, wanted), form);
  },
  cell_to_children: (form, cell, resolution) => {
    const name = "H3_CELL_TO_CHILDREN";
    const [own, wanted] = [cellOf(name, form, cell), demandResolution(name, Number(resolution))];
    return list(
      checked(name, (library) => library.cellToChildren(own, wanted)),
      form,
    );
  },
  coverage,
  try_coverage: (form, ...args) => attempt(() => coverage(form, ...args)),
  polygon_to_cells: polygon,
  try_polygon_to_cells: (form, ...args) => attempt(() => polygon(form, ...args)),
  get_resolution: (form, cell) =>
    String(h3().getResolution(cellOf("H3_GET_RESOLUTION", form, cell))),
  grid_disk: (form, cell, steps) => {
    const [own, count] = [cellOf("H3_GRID_DISK", form, cell), Number(steps)];
    if (!(count >= 0 && count <= MOST_STEPS)) {
      throw badShape("H3_GRID_DISK", `${steps} is not between 0 and ${MOST_STEPS}`);
    }
    return list(h3().gridDisk(own, count), form);
  },
  grid_distance: distance,
  try_grid_distance: (form, ...args) => attempt(() => distance(form, ...args)),
  grid_path: path,
  try_grid_path: (form, ...args) => attempt(() => path(form, ...args)),
  int_to_string: (_, cell = "0") => cellText(BigInt(cell)).toUpperCase(),
  string_to_int: (_, cell = "") => {
    if (!/^[0-9a-fA-F]{1,16}$/.test(cell)) {
      throw badShape("H3_STRING_TO_INT", `'${cell}' is not a valid H3 cell`);
    }
    return cellNumber(cell).toString();
  },
  is_pentagon: (form, cell) => h3().isPentagon(cellOf("H3_IS_PENTAGON", form, cell)),
  is_valid_cell: (form, cell = "") => {
    const text = form === "number" ? cellText(BigInt(cell)) : cell.toLowerCase();
    return /^[0-9a-f]{1,16}$/.test(text) && h3().isValidCell(text);
  },
  compact_cells: (form, cells) => {
    const name = "H3_COMPACT_CELLS";
    const given = cellsOf(name, form, cells);
    if (new Set(given).size < given.length) throw badShape(name, "a cell occurs twice");
    if (new Set(given.map((cell) => h3().getResolution(cell))).size > 1) {
      throw badShape(name, "the cells have different resolutions");
    }
    return list(
      checked(name, (library) => library.compactCells(given)),
      form,
    );
  },
  uncompact_cells: (form, cells, resolution) => {
    const name = "H3_UNCOMPACT_CELLS";
    const wanted = demandResolution(name, Number(resolution));
    return list(
      checked(name, (library) => library.uncompactCells(cellsOf(name, form, cells), wanted)),
      form,
    );
  },
};
