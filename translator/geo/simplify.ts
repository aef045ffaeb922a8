/**
 * ST_SIMPLIFY and ST_INTERPOLATE: fewer or more points along the edges.
 * https://docs.snowflake.com/en/sql-reference/functions/st_simplify
 * https://docs.snowflake.com/en/sql-reference/functions/st_interpolate
 */

import * as plane from "./plane.ts";
import { badShape } from "./problem.ts";
import { type Geo, type GeoKind, type Position, type Shape, x, y } from "./shape.ts";
import * as sphere from "./sphere.ts";

type Path = readonly Position[];

/** The same shape with another path for each line and ring. */
function mapPaths(shape: Shape, change: (path: Path, isRing: boolean) => Path): Shape {
  const rings = (polygon: readonly Path[]) => {
    const [shell = [], ...holes] = polygon.map((ring) => change(ring, true));
    return shell.length === 0 ? [] : [shell, ...holes.filter((hole) => hole.length > 0)];
  };
  switch (shape.type) {
    case "LineString":
      return { type: shape.type, coordinates: change(shape.coordinates, false) };
    case "MultiLineString":
      return {
        type: shape.type,
        coordinates: shape.coordinates.map((line) => change(line, false)),
      };
    case "Polygon":
      return { type: shape.type, coordinates: rings(shape.coordinates) };
    case "MultiPolygon":
      return {
        type: shape.type,
        coordinates: shape.coordinates.map(rings).filter((polygon) => polygon.length > 0),
      };
    case "GeometryCollection":
      return {
        type: shape.type,
        geometries: shape.geometries.map((member) => mapPaths(member, change)),
      };
    default:
      return shape;
  }
}

/** Douglas and Peucker's: no left-out point is farther than the tolerance from the new path. */
export function simplify(geo: Geo, tolerance: number, preserveCollapsed: boolean): Shape {
  if (!(tolerance >= 0)) throw badShape("ST_SIMPLIFY", "the tolerance must not be negative");
  return mapPaths(geo.shape, (path, isRing) => {
    const kept = simplePath(path, tolerance, geo.kind);
    if (!isRing || kept.length >= 4) return kept;
    return preserveCollapsed ? path : [];
  });
}

function simplePath(path: Path, tolerance: number, kind: GeoKind): Path {
  const distance =
    kind === "geometry"
      ? plane.distanceToSegment
      : (p: Position, a: Position, b: Position) =>
          sphere.EARTH_RADIUS *
          sphere.angleToArc(sphere.toVector(p), sphere.toVector(a), sphere.toVector(b));
  const kept = new Set([0, path.length - 1]);
  const open: [number, number][] = [[0, path.length - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let [farthest, most] = [-1, tolerance];
    for (let i = from + 1; i < to; i++) {
      const off = distance(path[i] ?? [], path[from] ?? [], path[to] ?? []);
      if (off > most) [farthest, most] = [i, off];
    }
    if (farthest < 0) continue;
    kept.add(farthest);
    open.push([from, farthest], [farthest, to]);
  }
  return path.filter((_, i) => kept.has(i));
}

/** Halvings of one edge, at most: 2^16 points. */
const DEEPEST = 16;

/** Points put into the arcs until straight lines between them, as a map draws them, are within the tolerance. */
export function interpolate(shape: Shape, tolerance: number): Shape {
  if (!(tolerance > 0)) throw badShape("ST_INTERPOLATE", "the tolerance must be positive");
  return mapPaths(shape, (path) => [
    ...path.slice(0, 1),
    ...path.slice(1).flatMap((to, i) => divided(path[i] ?? to, to, tolerance, DEEPEST)),
  ]);
}

function divided(from: Position, to: Position, tolerance: number, depth: number): Position[] {
  const [a, b] = [sphere.toVector(from), sphere.toVector(to)];
  const middle = sphere.toPosition(sphere.along(a, b, 0.5));
  const drawn: Position = [(x(from) + x(to)) / 2, (y(from) + y(to)) / 2];
  const off = sphere.EARTH_RADIUS * sphere.angle(sphere.toVector(middle), sphere.toVector(drawn));
  if (off <= tolerance || depth === 0) return [to];
  return [
    ...divided(from, middle, tolerance, depth - 1),
    ...divided(middle, to, tolerance, depth - 1),
  ];
}
