/**
 * Measures on the sphere that GEOGRAPHY lives on: great circle arcs between unit vectors.
 * https://docs.snowflake.com/en/sql-reference/data-types-geospatial
 */

import { type Parts, type Position, x, y } from "./shape.ts";

/** Metres; the radius that the documented distances and areas have. */
export const EARTH_RADIUS = 6_371_010;
const RADIAN = Math.PI / 180;

export type Vector = readonly [number, number, number];

export function toVector(position: Position): Vector {
  const longitude = x(position) * RADIAN;
  const latitude = y(position) * RADIAN;
  const flat = Math.cos(latitude);
  return [flat * Math.cos(longitude), flat * Math.sin(longitude), Math.sin(latitude)];
}

/** The longitude and latitude of a direction of any length. */
export function toPosition([a, b, c]: Vector): Position {
  return [Math.atan2(b, a) / RADIAN, Math.atan2(c, Math.hypot(a, b)) / RADIAN];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function add(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function scale(a: Vector, by: number): Vector {
  return [a[0] * by, a[1] * by, a[2] * by];
}

export function norm(a: Vector): number {
  return Math.hypot(a[0], a[1], a[2]);
}

export function unit(a: Vector): Vector {
  const length = norm(a);
  return length === 0 ? a : scale(a, 1 / length);
}

/** The angle between two directions, in radians; exact for tiny ones too. */
export function angle(a: Vector, b: Vector): number {
  return Math.atan2(norm(cross(a, b)), dot(a, b));
}

/** The angle from a point to the nearest point of an arc. */
export function angleToArc(p: Vector, a: Vector, b: Vector): number {
  const normal = cross(a, b);
  const length = norm(normal);
  if (length > 1e-15) {
    // The foot of the perpendicular lies on the arc when p is between the planes through its ends.
    const inside = dot(cross(normal, a), p) > 0 && dot(cross(b, normal), p) > 0;
    if (inside) return Math.asin(Math.min(1, Math.abs(dot(p, normal)) / length));
  }
  return Math.min(angle(p, a), angle(p, b));
}

/** Whether the arcs ab and cd cross properly. */
export function arcsCross(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const first = cross(a, b);
  const second = cross(c, d);
  const [ac, ad] = [dot(first, c), dot(first, d)];
  const [ca, cb] = [dot(second, a), dot(second, b)];
  // Opposite sides of each other's circle, and on the same half of the sphere.
  return ac * ad < 0 && ca * cb < 0 && ac * cb > 0;
}

export function pathLength(path: readonly Position[]): number {
  const vectors = path.map(toVector);
  return EARTH_RADIUS * vectors.slice(1).reduce((sum, b, i) => sum + angle(vectors[i] ?? b, b), 0);
}

/** Rings that span less, in degrees, are flat for every digit that a double has. */
const FLAT_SPAN = 1e-4;

/** The signed solid angle of a closed ring: positive when it runs counterclockwise around its smaller side. */
export function ringAngle(ring: readonly Position[]): number {
  const [first] = ring;
  if (first === undefined) return 0;
  const isFlat = ring.every(
    (at) => Math.abs(x(at) - x(first)) < FLAT_SPAN && Math.abs(y(at) - y(first)) < FLAT_SPAN,
  );
  return isFlat ? flatAngle(ring, first) : roundAngle(ring.map(toVector));
}

/** Vectors of points this near each other would differ in their last digits only. */
function flatAngle(ring: readonly Position[], origin: Position): number {
  const narrow = Math.cos(y(origin) * RADIAN) * RADIAN * RADIAN;
  const twice = ring.slice(1).reduce((sum, to, i) => {
    const from = ring[i] ?? to;
    const [ax, ay] = [x(from) - x(origin), y(from) - y(origin)];
    return sum + ax * (y(to) - y(origin)) - ay * (x(to) - x(origin));
  }, 0);
  return (twice / 2) * narrow;
}

function roundAngle(vectors: readonly Vector[]): number {
  const [origin] = vectors;
  let sum = 0;
  for (let i = 1; i + 1 < vectors.length; i++) {
    const [b, c] = [vectors[i], vectors[i + 1]];
    if (origin === undefined || b === undefined || c === undefined) break;
    // The triple product of differences keeps the digits that small triangles need.
    const back = scale(origin, -1);
    const triple = dot(origin, cross(add(b, back), add(c, back)));
    sum += 2 * Math.atan2(triple, 1 + dot(origin, b) + dot(b, c) + dot(c, origin));
  }
  return sum;
}

/** Square metres; rings enclose their smaller side. */
export function polygonArea(rings: readonly (readonly Position[])[]): number {
  const areas = rings.map((ring) => {
    const part = Math.abs(ringAngle(ring)) % (4 * Math.PI);
    return Math.min(part, 4 * Math.PI - part);
  });
  const [shell = 0, ...holes] = areas;
  return EARTH_RADIUS ** 2 * holes.reduce((left, hole) => left - hole, shell);
}

/** Radians clockwise from north, 0 to 2π. */
export function azimuth(from: Position, to: Position): number {
  const [a, b] = [y(from) * RADIAN, y(to) * RADIAN];
  const turn = (x(to) - x(from)) * RADIAN;
  const east = Math.sin(turn) * Math.cos(b);
  const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn);
  const result = Math.atan2(east, north);
  return result < 0 ? result + 2 * Math.PI : result;
}

/** The point at a fraction of the arc from a to b. */
export function along(a: Vector, b: Vector, fraction: number): Vector {
  const whole = angle(a, b);
  const sine = Math.sin(whole);
  if (sine < 1e-15) return a;
  const left = Math.sin((1 - fraction) * whole) / sine;
  return add(scale(a, left), scale(b, Math.sin(fraction * whole) / sine));
}

/** The centroid of the parts of the highest dimension; undefined when there are none. */
export function centroid({ points, lines, polygons }: Parts): Position | undefined {
  let sum: Vector = [0, 0, 0];
  if (polygons.length > 0) {
    for (const rings of polygons) {
      rings.forEach((ring, i) => {
        const moment = ringMoment(ring);
        const outward = dot(moment, ringMean(ring)) >= 0 ? 1 : -1;
        sum = add(sum, scale(moment, i === 0 ? outward : -outward));
      });
    }
  } else if (lines.length > 0) {
    for (const line of lines) {
      line.slice(1).forEach((to, i) => {
        const [a, b] = [toVector(line[i] ?? to), toVector(to)];
        sum = add(sum, scale(unit(add(a, b)), 2 * Math.sin(angle(a, b) / 2)));
      });
    }
  } else {
    for (const point of points) sum = add(sum, toVector(point));
  }
  if (points.length + lines.length + polygons.length === 0) return undefined;
  const isBalanced = norm(sum) < (polygons.length > 0 ? Number.MIN_VALUE : 1e-15);
  return isBalanced ? (points[0] ?? lines[0]?.[0] ?? polygons[0]?.[0]?.[0]) : toPosition(sum);
}

function ringMean(ring: readonly Position[]): Vector {
  return ring.map(toVector).reduce(add, [0, 0, 0]);
}

/** Radians; the curvature inside of smaller rings moves their centroid by less than 1e-12. */
const SMALL_RING = 1e-4;

/** The integral of the position over a ring's inside. */
function ringMoment(ring: readonly Position[]): Vector {
  const vectors = ring.map(toVector);
  const [origin] = vectors;
  if (origin === undefined) return [0, 0, 0];
  const isSmall = vectors.every((to) => norm(add(to, scale(origin, -1))) < SMALL_RING);
  return isSmall ? smallMoment(vectors, origin) : edgeMoment(vectors);
}

/** By triangles from one corner: the edges' share would cancel out to the last digits. */
function smallMoment(vectors: readonly Vector[], origin: Vector): Vector {
  const offsets = vectors.map((to) => add(to, scale(origin, -1)));
  let [area, moment]: [number, Vector] = [0, [0, 0, 0]];
  offsets.slice(1).forEach((c, i) => {
    const b = offsets[i] ?? c;
    const part = dot(origin, cross(b, c)) / 2;
    area += part;
    moment = add(moment, scale(add(b, c), part / 3));
  });
  return add(scale(origin, area), moment);
}

/** From the edges alone. */
function edgeMoment(vectors: readonly Vector[]): Vector {
  let sum: Vector = [0, 0, 0];
  vectors.slice(1).forEach((b, i) => {
    const a = vectors[i] ?? b;
    const normal = cross(a, b);
    const sine = norm(normal);
    if (sine > 0) sum = add(sum, scale(normal, angle(a, b) / (2 * sine)));
  });
  return sum;
}

/** Lowest and highest latitude of an arc: its middle can be nearer to a pole than its ends. */
export function arcLatitudes(from: Position, to: Position): readonly [number, number] {
  const [low, high] = [Math.min(y(from), y(to)), Math.max(y(from), y(to))];
  const [a, b] = [toVector(from), toVector(to)];
  const normal = cross(a, b);
  // The circle's topmost point, in the plane of its normal and the pole.
  const top = cross(cross(normal, [0, 0, 1]), normal);
  if (norm(normal) < 1e-15 || norm(top) < 1e-15) return [low, high];
  const between = (p: Vector) =>
    dot(cross(normal, a), p) > 0 && dot(cross(b, normal), p) > 0 ? y(toPosition(p)) : undefined;
  const highest = between(top);
  const lowest = between(scale(top, -1));
  return [Math.min(low, lowest ?? low), Math.max(high, highest ?? high)];
}
