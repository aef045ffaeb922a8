/** How two shapes lie to each other: intersects, covers, contains; and how far apart they are. */

import { allPositions, areApart, capOf, frameAt, frameOf, isFar } from "./frame.ts";
import { node } from "./noding.ts";
import { isEmpty, type Operation, overlay } from "./overlay.ts";
import * as plane from "./plane.ts";
import { type Place, placeOf } from "./prepared.ts";
import { badShape, notComputed } from "./problem.ts";
import { type Geo, type Parts, type Position, partsOf } from "./shape.ts";
import * as sphere from "./sphere.ts";

const NOTHING: Parts = { points: [], lines: [], polygons: [] };

/** @throws 100384 when two GEOMETRY values differ in their SRID */
export function demandSameSrid(name: string, a: Geo, b: Geo): void {
  if (a.srid !== b.srid) throw badShape(name, `the SRIDs ${a.srid} and ${b.srid} differ`);
}

/** A boolean operation of two values of the same type. @throws 000002 a GEOGRAPHY case that is not computed */
export function combine(name: string, a: Geo, b: Geo, operation: Operation): Parts {
  demandSameSrid(name, a, b);
  const [first, second] = [partsOf(a.shape), partsOf(b.shape)];
  return a.kind === "geometry"
    ? overlay(first, second, operation)
    : combineOnSphere(name, first, second, operation);
}

function combineOnSphere(name: string, a: Parts, b: Parts, operation: Operation): Parts {
  if (isEmpty(a) || isEmpty(b)) return overlay(a, b, operation);
  if (areApart(allPositions(a), allPositions(b))) {
    if (operation === "intersection") return NOTHING;
    return operation === "difference" ? a : joined(a, b);
  }
  const frame = frameOf(name, a, b);
  return frame.restore(overlay(frame.project(a), frame.project(b), operation));
}

export function joined(a: Parts, b: Parts): Parts {
  return {
    points: [...a.points, ...b.points],
    lines: [...a.lines, ...b.lines],
    polygons: [...a.polygons, ...b.polygons],
  };
}

/** The shapes in one plane; undefined when b has something that a, on the sphere, cannot reach. */
function inPlane(name: string, a: Geo, b: Geo): readonly [Parts, Parts] | undefined {
  demandSameSrid(name, a, b);
  const [first, second] = [partsOf(a.shape), partsOf(b.shape)];
  if (a.kind === "geometry") return [first, second];
  const target = allPositions(second);
  // Parts of a far from b cannot matter, and left out let the rest fit in a hemisphere.
  const near: Parts = {
    points: first.points.filter((point) => !areApart([point], target)),
    lines: first.lines.filter((line) => !areApart(line, target)),
    polygons: first.polygons.filter((rings) => !areApart(rings[0] ?? [], target)),
  };
  if (isEmpty(near) || isEmpty(second)) return undefined;
  const all = [...allPositions(near), ...target];
  const { center, cosine } = capOf(all);
  if (cosine > 0.02) {
    const frame = frameAt(center);
    return [frame.project(near), frame.project(second)];
  }
  const own = capOf(allPositions(near));
  if (own.cosine > 0.02 && isFar(target, own.center)) return undefined;
  throw notComputed(`${name} of GEOGRAPHY values that together span half the globe`);
}

/** Where each point of b is in the polygons of a; undefined when they are not just that. */
function places(name: string, a: Geo, b: Geo): readonly Place[] | undefined {
  const isPlain =
    (a.shape.type === "Polygon" || a.shape.type === "MultiPolygon") &&
    (b.shape.type === "Point" || b.shape.type === "MultiPoint");
  if (!isPlain) return undefined;
  demandSameSrid(name, a, b);
  const { polygons } = partsOf(a.shape);
  return partsOf(b.shape).points.map((point) => {
    const found = polygons.map((rings) => placeOf(point, rings, a.kind));
    if (found.includes("inside")) return "inside";
    return found.includes("boundary") ? "boundary" : "outside";
  });
}

/** Whether no point of b is outside a. */
export function covers(name: string, a: Geo, b: Geo): boolean {
  const points = places(name, a, b);
  if (points !== undefined) return points.length > 0 && !points.includes("outside");
  const shapes = inPlane(name, a, b);
  return shapes !== undefined && !isEmpty(shapes[1]) && isCovered(...shapes);
}

function isCovered(a: Parts, b: Parts): boolean {
  return isEmpty(overlay(b, a, "difference"));
}

/** Whether no point of b is outside a, and one is inside it and not only on its boundary. */
export function contains(name: string, a: Geo, b: Geo): boolean {
  const points = places(name, a, b);
  if (points !== undefined) return points.includes("inside") && !points.includes("outside");
  const shapes = inPlane(name, a, b);
  if (shapes === undefined || isEmpty(shapes[1]) || !isCovered(...shapes)) return false;
  const [first, second] = shapes;
  // A covered area has inner points in common with the area around it.
  if (second.polygons.length > 0) return true;
  const noded = node(first, second);
  const onLine = noded.pieces.some(
    ({ sides: [own, other] }) => other.isLine && (own.isLine || (own.left && own.right)),
  );
  if (onLine) return true;
  const ends = lineEnds(first.lines);
  const edges = new Set(
    noded.pieces.flatMap(({ from, to, sides }) => (sides[0].on ? [from, to] : [])).map(key),
  );
  return second.points.some((p) => !ends.has(key(p)) && !edges.has(key(p)));
}

function key(at: Position): string {
  return `${at[0]} ${at[1]}`;
}

/** The ends of lines that an odd number of them share: the boundary of the lines. */
function lineEnds(lines: readonly (readonly Position[])[]): Set<string> {
  const ends = new Set<string>();
  for (const line of lines) {
    for (const end of [line[0], line.at(-1)]) {
      if (end === undefined) continue;
      if (!ends.delete(key(end))) ends.add(key(end));
    }
  }
  return ends;
}

/** What one sort of surface needs: segment tests and distances. */
type Surface = {
  readonly pointToPoint: (a: Position, b: Position) => number;
  readonly pointToSegment: (p: Position, a: Position, b: Position) => number;
  readonly segmentsMeet: (a: Position, b: Position, c: Position, d: Position) => boolean;
  readonly isInside: (p: Position, rings: readonly (readonly Position[])[]) => boolean;
};

const PLANE: Surface = {
  pointToPoint: plane.distance,
  pointToSegment: plane.distanceToSegment,
  segmentsMeet: plane.segmentsMeet,
  isInside: (p, rings) => placeOf(p, rings, "geometry") !== "outside",
};

const SPHERE: Surface = {
  pointToPoint: (a, b) =>
    sphere.EARTH_RADIUS * sphere.angle(sphere.toVector(a), sphere.toVector(b)),
  pointToSegment: (p, a, b) =>
    sphere.EARTH_RADIUS *
    sphere.angleToArc(sphere.toVector(p), sphere.toVector(a), sphere.toVector(b)),
  segmentsMeet: (a, b, c, d) =>
    sphere.arcsCross(
      sphere.toVector(a),
      sphere.toVector(b),
      sphere.toVector(c),
      sphere.toVector(d),
    ),
  isInside: (p, rings) => placeOf(p, rings, "geography") !== "outside",
};

/** Nearer than this many metres is touching: the sphere's points have no exact coordinates. */
const TOUCH = 1e-8;

/**
 * The shortest distance, in metres on the sphere and in the units of a GEOMETRY; 0 when they meet,
 * undefined when one is empty.
 */
export function distanceOf(name: string, a: Geo, b: Geo): number | undefined {
  demandSameSrid(name, a, b);
  const surface = a.kind === "geometry" ? PLANE : SPHERE;
  const [first, second] = [partsOf(a.shape), partsOf(b.shape)];
  if (isEmpty(first) || isEmpty(second)) return undefined;
  const [p, q] = [first.points[0], second.points[0]];
  if (p !== undefined && q !== undefined && a.shape.type === "Point" && b.shape.type === "Point") {
    return surface.pointToPoint(p, q);
  }
  if (meetsInside(surface, first, second)) return 0;
  const found = between(surface, first, second);
  return surface === SPHERE && found < TOUCH ? 0 : found;
}

export function intersects(name: string, a: Geo, b: Geo): boolean {
  const points = places(name, a, b) ?? places(name, b, a);
  if (points !== undefined) return points.some((place) => place !== "outside");
  return distanceOf(name, a, b) === 0;
}

/** A part of one shape inside an area of the other; enough when no edges meet. */
function meetsInside(surface: Surface, a: Parts, b: Parts): boolean {
  const starts = ({ points, lines, polygons }: Parts) => [
    ...points,
    ...lines.flatMap((line) => line.slice(0, 1)),
    ...polygons.flatMap((rings) => rings[0]?.slice(0, 1) ?? []),
  ];
  const within = (points: readonly Position[], areas: Parts) =>
    areas.polygons.some((rings) => points.some((point) => surface.isInside(point, rings)));
  return within(starts(a), b) || within(starts(b), a);
}

type Segment = readonly [Position, Position];

function segments({ lines, polygons }: Parts): Segment[] {
  return [...lines, ...polygons.flat()].flatMap((path) =>
    path.slice(1).map((to, i): Segment => [path[i] ?? to, to]),
  );
}

function between(surface: Surface, a: Parts, b: Parts): number {
  const [edges, others] = [segments(a), segments(b)];
  let nearest = Infinity;
  const take = (value: number) => {
    if (value < nearest) nearest = value;
  };
  for (const p of a.points) for (const q of b.points) take(surface.pointToPoint(p, q));
  for (const p of a.points) for (const [c, d] of others) take(surface.pointToSegment(p, c, d));
  for (const p of b.points) for (const [c, d] of edges) take(surface.pointToSegment(p, c, d));
  for (const [c, d] of edges) {
    for (const [e, f] of others) {
      if (surface.segmentsMeet(c, d, e, f)) return 0;
      take(surface.pointToSegment(c, e, f));
      take(surface.pointToSegment(d, e, f));
      take(surface.pointToSegment(e, c, d));
      take(surface.pointToSegment(f, c, d));
      if (nearest === 0) return 0;
    }
  }
  return nearest;
}
