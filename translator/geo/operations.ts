/**
 * The operations that lowered SQL calls by name through a few host functions (host.ts). Each takes the kind of
 * value it works on and texts: stored values (geojson.ts), and numbers and booleans as DuckDB prints them.
 */

import { bounds, shapeOfBox } from "./bounds.ts";
import { buffer } from "./buffer.ts";
import { boxOfGeohash, geohash, geohashOfBox } from "./geohash.ts";
import { load, store, storedJson } from "./geojson.ts";
import * as plane from "./plane.ts";
import { ewktOf, wktOf } from "./print.ts";
import { badShape } from "./problem.ts";
import { combine, contains, covers, demandSameSrid, distanceOf, intersects } from "./relate.ts";
import {
  dimensionOf,
  type Geo,
  type GeoKind,
  type Parts,
  type Position,
  partsOf,
  positionsOf,
  type Shape,
  shapeOf,
  WGS84,
  x,
  y,
} from "./shape.ts";
import { interpolate, simplify } from "./simplify.ts";
import * as sphere from "./sphere.ts";
import { transform } from "./transform.ts";
import { invalidity } from "./validate.ts";

export type Result = string | number | boolean | null;
export type Operation = (kind: GeoKind, ...args: readonly string[]) => Result;

/** A stored value made by computing: its coordinates are FLOATs. */
function made(kind: GeoKind, shape: Shape, srid: number): string {
  return store({ kind, shape, srid: kind === "geography" ? WGS84 : srid, computed: true });
}

/** A stored value of coordinates that others had. */
function rebuilt(shape: Shape, ...from: readonly Geo[]): string {
  const [first] = from;
  const kind = first?.kind ?? "geography";
  return store({ kind, shape, srid: first?.srid ?? 0, computed: from.some((geo) => geo.computed) });
}

type PointShape = Shape & { readonly type: "Point" };

function isPoint(shape: Shape): shape is PointShape {
  return shape.type === "Point" && shape.coordinates.length > 0;
}

function pointOf(name: string, geo: Geo): Position {
  if (!isPoint(geo.shape)) throw badShape(name, `the value is a ${geo.shape.type}, not a Point`);
  return geo.shape.coordinates;
}

function lineOf(name: string, geo: Geo): readonly Position[] {
  if (geo.shape.type !== "LineString") {
    throw badShape(name, `the value is a ${geo.shape.type}, not a LineString`);
  }
  return geo.shape.coordinates;
}

function sumOf<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((sum, item) => sum + measure(item), 0);
}

type OneArgument = (geo: Geo, ...args: readonly string[]) => Result;

const one =
  (run: OneArgument): Operation =>
  (kind, text = "", ...args) =>
    run(load(text, kind), ...args);

type TwoArguments = (a: Geo, b: Geo, ...args: readonly string[]) => Result;

const two =
  (run: TwoArguments): Operation =>
  (kind, a = "", b = "", ...args) =>
    run(load(a, kind), load(b, kind), ...args);

function edge(name: string, side: "left" | "bottom" | "right" | "top"): Operation {
  return one((geo) => {
    const box = bounds(geo);
    return box === undefined ? emptyOf(name) : box[side];
  });
}

/** Empty values have no extent. */
function emptyOf(_name: string): null {
  return null;
}

const MEASURES: Readonly<Record<string, Operation>> = {
  area: one((geo) => {
    const area = geo.kind === "geography" ? sphere.polygonArea : plane.polygonArea;
    return sumOf(partsOf(geo.shape).polygons, area);
  }),
  length: one((geo) => {
    const length = geo.kind === "geography" ? sphere.pathLength : plane.pathLength;
    return sumOf(partsOf(geo.shape).lines, length);
  }),
  perimeter: one((geo) => {
    const length = geo.kind === "geography" ? sphere.pathLength : plane.pathLength;
    return sumOf(partsOf(geo.shape).polygons.flat(), length);
  }),
  distance: two((a, b) => distanceOf("ST_DISTANCE", a, b) ?? null),
  dwithin: two((a, b, limit) => {
    const found = distanceOf("ST_DWITHIN", a, b);
    return found === undefined ? null : found <= Number(limit);
  }),
  azimuth: two((a, b) => {
    demandSameSrid("ST_AZIMUTH", a, b);
    const [from, to] = [pointOf("ST_AZIMUTH", a), pointOf("ST_AZIMUTH", b)];
    if (from[0] === to[0] && from[1] === to[1]) return null;
    if (a.kind === "geography") return sphere.azimuth(from, to);
    const turn = Math.atan2(x(to) - x(from), y(to) - y(from));
    return turn < 0 ? turn + 2 * Math.PI : turn;
  }),
  hausdorff: two((a, b) => {
    const [first, second] = [positionsOf(a.shape), positionsOf(b.shape)];
    if (first.length === 0 || second.length === 0) return null;
    return Math.max(farthest(first, second), farthest(second, first));
  }),
  x: one((geo) => x(pointOf("ST_X", geo))),
  y: one((geo) => y(pointOf("ST_Y", geo))),
  xmin: edge("ST_XMIN", "left"),
  ymin: edge("ST_YMIN", "bottom"),
  xmax: edge("ST_XMAX", "right"),
  ymax: edge("ST_YMAX", "top"),
};

/** The largest distance, in degrees of arc, of a point to the nearest of the others. */
function farthest(points: readonly Position[], others: readonly Position[]): number {
  const targets = others.map(sphere.toVector);
  const nearest = (point: Position) => {
    const from = sphere.toVector(point);
    return targets.reduce((low, to) => Math.min(low, sphere.angle(from, to)), Infinity);
  };
  const most = points.reduce((high, point) => Math.max(high, nearest(point)), 0);
  return (most * 180) / Math.PI;
}

const RELATIONS: Readonly<Record<string, Operation>> = {
  contains: two((a, b) => contains("ST_CONTAINS", a, b)),
  within: two((a, b) => contains("ST_WITHIN", b, a)),
  covers: two((a, b) => covers("ST_COVERS", a, b)),
  coveredby: two((a, b) => covers("ST_COVEREDBY", b, a)),
  intersects: two((a, b) => intersects("ST_INTERSECTS", a, b)),
  disjoint: two((a, b) => !intersects("ST_DISJOINT", a, b)),
  isvalid: one((geo) => invalidity(geo.shape, geo.kind) === undefined),
};

const ACCESSORS: Readonly<Record<string, Operation>> = {
  npoints: one((geo) => positionsOf(geo.shape).length),
  dimension: one((geo) => dimensionOf(geo.shape)),
  srid: one((geo) => geo.srid),
  pointn: one((geo, at) => {
    const line = lineOf("ST_POINTN", geo);
    const n = Number(at);
    const point = n === 0 ? undefined : line[n > 0 ? n - 1 : line.length + n];
    if (point === undefined) {
      throw badShape("ST_POINTN", `the line has ${line.length} points and no point ${at}`);
    }
    return rebuilt({ type: "Point", coordinates: point }, geo);
  }),
  centroid: one((geo) => {
    const parts = partsOf(geo.shape);
    const center = geo.kind === "geography" ? sphere.centroid(parts) : plane.centroid(parts);
    if (center === undefined) return null;
    return made(geo.kind, { type: "Point", coordinates: center }, geo.srid);
  }),
  envelope: one((geo) => {
    const box = bounds(geo);
    if (box === undefined) return null;
    // An arc's highest latitude is computed.
    const isComputed = geo.kind === "geography" && dimensionOf(geo.shape) > 0;
    return isComputed ? made(geo.kind, shapeOfBox(box), geo.srid) : rebuilt(shapeOfBox(box), geo);
  }),
  geohash: one((geo, precision) => {
    const digits = Number(precision);
    if (!(digits >= 1 && digits <= 20)) {
      throw badShape("ST_GEOHASH", `the precision ${precision} is not between 1 and 20`);
    }
    if (geo.kind === "geometry" && geo.srid !== WGS84) {
      throw badShape("ST_GEOHASH", `the SRID must be 4326, not ${geo.srid}`);
    }
    if (isPoint(geo.shape))
      return geohash(x(geo.shape.coordinates), y(geo.shape.coordinates), digits);
    const box = bounds(geo);
    return box === undefined ? null : geohashOfBox(box, digits);
  }),
  wkt: one(wktOf),
  ewkt: one(ewktOf),
  geojson: (_, text = "") => storedJson(text),
};

const CONSTRUCTORS: Readonly<Record<string, Operation>> = {
  point: (kind, a, b) => {
    const at = [Number(a), Number(b)];
    const shape: Shape = { type: "Point", coordinates: at };
    const reason = invalidity(shape, kind);
    if (reason !== undefined) throw badShape("ST_MAKEPOINT", reason);
    return made(kind, shape, 0);
  },
  makeline: two((a, b) => {
    demandSameSrid("ST_MAKELINE", a, b);
    const path = [a, b].flatMap(({ shape }) => {
      const isPath =
        shape.type === "Point" || shape.type === "MultiPoint" || shape.type === "LineString";
      if (!isPath) throw badShape("ST_MAKELINE", `a line cannot be made of a ${shape.type}`);
      return positionsOf(shape);
    });
    return rebuilt({ type: "LineString", coordinates: path }, a, b);
  }),
  makepolygon: one((geo) => polygonFrom("ST_MAKEPOLYGON", geo)),
  makeoriented: one((geo) => {
    const ring = lineOf("ST_MAKEPOLYGONORIENTED", geo);
    if (sphere.ringAngle(ring) < 0) {
      throw badShape("ST_MAKEPOLYGONORIENTED", "polygons larger than half the globe are not kept");
    }
    return polygonFrom("ST_MAKEPOLYGONORIENTED", geo);
  }),
  fromgeohash: (kind, hash = "", precision = "") => {
    const box = boxOfGeohash("geohash", hash, precision === "" ? undefined : Number(precision));
    const { left, bottom, right, top } = box;
    const ring = [
      [left, bottom],
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ];
    return made(kind, { type: "Polygon", coordinates: [ring] }, WGS84);
  },
  pointfromgeohash: (kind, hash = "") => {
    const { left, bottom, right, top } = boxOfGeohash("geohash", hash, undefined);
    const center = [(left + right) / 2, (bottom + top) / 2];
    return made(kind, { type: "Point", coordinates: center }, WGS84);
  },
};

function polygonFrom(name: string, geo: Geo): string {
  const ring = lineOf(name, geo);
  const shape: Shape = { type: "Polygon", coordinates: [ring] };
  const reason = invalidity(shape, geo.kind);
  if (reason !== undefined) throw badShape(name, reason);
  return rebuilt(shape, geo);
}

function combined(name: string, operation: Parameters<typeof combine>[3]): Operation {
  return two((a, b) => {
    const parts = combine(name, a, b, operation);
    const isNone = parts.points.length + parts.lines.length + parts.polygons.length === 0;
    return isNone ? null : made(a.kind, shapeOf(parts), a.srid);
  });
}

const CHANGES: Readonly<Record<string, Operation>> = {
  union: combined("ST_UNION", "union"),
  intersection: combined("ST_INTERSECTION", "intersection"),
  difference: combined("ST_DIFFERENCE", "difference"),
  symdifference: combined("ST_SYMDIFFERENCE", "symdifference"),
  buffer: one((geo, by) => made(geo.kind, buffer(geo.shape, Number(by)), geo.srid)),
  simplify: one((geo, by, preserve) =>
    rebuilt(simplify(geo, Number(by), preserve === "true"), geo),
  ),
  interpolate: one((geo, by) => made(geo.kind, interpolate(geo.shape, Number(by)), geo.srid)),
  setsrid: one((geo, srid) => store({ ...geo, srid: Number(srid) })),
  transform: one((geo, to = "", from = String(geo.srid)) => {
    if (Number(from) === 0) {
      throw badShape("ST_TRANSFORM", "the value has no SRID; give the one that it has");
    }
    return made(geo.kind, transform(geo.shape, Number(from), Number(to)), Number(to));
  }),
  collect: two((a, b) => collected([a, b])),
};

/** Values together: points, lines or polygons as their Multi… type, anything else as a collection. */
export function collected(geos: readonly Geo[]): string | null {
  const [first] = geos;
  if (first === undefined) return null;
  for (const other of geos) demandSameSrid("ST_COLLECT", first, other);
  const types = new Set(geos.map(({ shape }) => shape.type));
  const isSimple = types.size === 1 && /^(?:Point|LineString|Polygon)$/.test([...types].join());
  const shapes = geos.map(({ shape }) => shape);
  if (!isSimple) return rebuilt({ type: "GeometryCollection", geometries: shapes }, ...geos);
  const coordinates = shapes.map((shape) => ("coordinates" in shape ? shape.coordinates : []));
  return rebuilt({ type: `Multi${first.shape.type}`, coordinates } as Shape, ...geos);
}

/** Every value united with, or cut by, the next. */
export function folded(geos: readonly Geo[], operation: "union" | "intersection"): string | null {
  const [first, ...rest] = geos;
  if (first === undefined) return null;
  const name = operation === "union" ? "ST_UNION_AGG" : "ST_INTERSECTION_AGG";
  const start = combine(name, first, first, operation);
  const parts = rest.reduce(
    (sum: Parts, next) => combine(name, { ...first, shape: shapeOf(sum) }, next, operation),
    start,
  );
  const isNone = parts.points.length + parts.lines.length + parts.polygons.length === 0;
  return isNone ? null : made(first.kind, shapeOf(parts), first.srid);
}

export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries({ ...MEASURES, ...RELATIONS, ...ACCESSORS, ...CONSTRUCTORS, ...CHANGES }),
);
