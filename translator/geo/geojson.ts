/**
 * GeoJSON (RFC 7946) into shapes, and the stored text of a value: GeoJSON as the canonical text of a VARIANT
 * (variant/encoding.ts), behind `SRID=n;` for a GEOMETRY whose SRID is not 0. So a value prints and
 * casts as its object does; coordinates as written stay exact numbers, computed ones are FLOATs.
 * https://docs.snowflake.com/en/sql-reference/functions/st_asgeojson
 */

import { MARK } from "../variant/encoding.ts";
import { badInput } from "./problem.ts";
import { type Geo, type GeoKind, type Shape, WGS84 } from "./shape.ts";

const DEEPEST = 50;

/** How many lists are around a position, by type. */
const NESTING: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

const FLOAT_MARK = `${MARK}F`;
const EXACT_MARK = `${MARK}N`;

function coordinate(value: unknown, source: string): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && value.startsWith(MARK)) return Number(value.slice(2));
  throw badInput(source, "Coordinates must be numbers");
}

function positions(value: unknown, depth: number, source: string): unknown {
  if (!Array.isArray(value)) throw badInput(source, "Coordinates must be arrays");
  if (depth > 0) return value.map((item) => positions(item, depth - 1, source));
  if (value.length === 1) throw badInput(source, "A position needs two coordinates");
  return value.slice(0, 3).map((item) => coordinate(item, source));
}

/** A shape from parsed JSON; a Feature is its geometry, a FeatureCollection the collection of theirs. */
export function shapeFromJson(value: unknown, source: string, depth = 0): Shape {
  if (typeof value !== "object" || value === null || depth > DEEPEST) {
    throw badInput(source, "Not a GeoJSON object");
  }
  const object = value as Record<string, unknown>;
  const type = String(object["type"]);
  const members = (key: string): Shape[] => {
    const list = object[key];
    if (!Array.isArray(list)) throw badInput(source, `Missing '${key}'`);
    return list.map((member) => shapeFromJson(member, source, depth + 1));
  };
  if (type === "Feature") return shapeFromJson(object["geometry"], source, depth + 1);
  if (type === "FeatureCollection") {
    return { type: "GeometryCollection", geometries: members("features") };
  }
  if (type === "GeometryCollection") return { type, geometries: members("geometries") };
  const nesting = NESTING[type];
  if (nesting === undefined) throw badInput(source, `Unknown type '${type}'`);
  return { type, coordinates: positions(object["coordinates"], nesting, source) } as Shape;
}

const EXACT_DIGITS = 15;

/** One coordinate as VARIANT text. */
function coordinateText(value: number, computed: boolean): string {
  const text = String(value);
  if (computed || text.includes("e")) return JSON.stringify(FLOAT_MARK + text);
  const digits = text.replace(/^-?0?\.?0*|\./g, "").length;
  return digits > EXACT_DIGITS ? JSON.stringify(EXACT_MARK + text) : text;
}

/** Compact GeoJSON with the keys in order, as the canonical text of a VARIANT. */
export function shapeToJson(shape: Shape, computed: boolean): string {
  if (shape.type === "GeometryCollection") {
    const inner = shape.geometries.map((member) => shapeToJson(member, computed)).join(",");
    return `{"geometries":[${inner}],"type":"GeometryCollection"}`;
  }
  const write = (item: unknown): string =>
    Array.isArray(item) ? `[${item.map(write).join(",")}]` : coordinateText(Number(item), computed);
  return `{"coordinates":${write(shape.coordinates)},"type":"${shape.type}"}`;
}

/** The stored text of a value. */
export function store(geo: Geo): string {
  const json = shapeToJson(geo.shape, geo.computed);
  return geo.kind === "geometry" && geo.srid !== 0 ? `SRID=${geo.srid};${json}` : json;
}

type StoredShape =
  | { readonly type: "GeometryCollection"; readonly geometries: readonly StoredShape[] }
  | { readonly type: string; readonly coordinates: unknown };

/** The values read last: a constant, or the one side of a join, comes again with every row. */
const RECENT = 4;
const recent: { text: string; geo: Geo }[] = [];
let next = 0;

/** The value of a stored text; the same object again when it was read just before. */
export function load(text: string, kind: GeoKind): Geo {
  for (const known of recent) {
    if (known.geo.kind === kind && known.text === text) return known.geo;
  }
  const geo = read(text, kind);
  recent[next] = { text, geo };
  next = (next + 1) % RECENT;
  return geo;
}

function read(text: string, kind: GeoKind): Geo {
  const semicolon = text.startsWith("SRID=") ? text.indexOf(";") : -1;
  const json = semicolon < 0 ? text : text.slice(semicolon + 1);
  const computed = json.includes(MARK);
  const parsed = JSON.parse(json) as StoredShape;
  return {
    kind,
    // Only exact numbers: the parsed object is the shape.
    shape: computed ? shapeFromJson(parsed, json) : (parsed as Shape),
    srid: kind === "geography" ? WGS84 : semicolon < 0 ? 0 : Number(text.slice(5, semicolon)),
    computed: computed && json.includes(FLOAT_MARK),
  };
}

/** The GeoJSON object of a stored text, as VARIANT text. */
export function storedJson(text: string): string {
  return text.startsWith("SRID=") ? text.slice(text.indexOf(";") + 1) : text;
}
