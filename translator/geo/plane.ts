/** Measures and tests in the plane, where GEOMETRY lives. */

import { type Parts, type Position, x, y } from "./shape.ts";

export type Box = {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
};

export function boxOf(positions: readonly Position[]): Box | undefined {
  if (positions.length === 0) return undefined;
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const at of positions) {
    left = Math.min(left, x(at));
    right = Math.max(right, x(at));
    bottom = Math.min(bottom, y(at));
    top = Math.max(top, y(at));
  }
  return { left, bottom, right, top };
}

export function distance(a: Position, b: Position): number {
  return Math.hypot(x(b) - x(a), y(b) - y(a));
}

export function pathLength(path: readonly Position[]): number {
  return path.slice(1).reduce((sum, to, i) => sum + distance(path[i] ?? to, to), 0);
}

/** Twice the signed area of abc: positive when c is left of ab. */
export function turn(a: Position, b: Position, c: Position): number {
  return (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a));
}

/** Positive when the ring runs counterclockwise. */
export function signedArea(ring: readonly Position[]): number {
  const origin = ring[0] ?? [0, 0];
  return ring.slice(1).reduce((sum, to, i) => sum + turn(origin, ring[i] ?? to, to), 0) / 2;
}

export function polygonArea(rings: readonly (readonly Position[])[]): number {
  const [shell = 0, ...holes] = rings.map((ring) => Math.abs(signedArea(ring)));
  return holes.reduce((left, hole) => left - hole, shell);
}

export function distanceToSegment(p: Position, a: Position, b: Position): number {
  const [dx, dy] = [x(b) - x(a), y(b) - y(a)];
  const square = dx * dx + dy * dy;
  if (square === 0) return distance(p, a);
  const part = ((x(p) - x(a)) * dx + (y(p) - y(a)) * dy) / square;
  const at = Math.max(0, Math.min(1, part));
  return Math.hypot(x(p) - x(a) - at * dx, y(p) - y(a) - at * dy);
}

/** Whether ab and cd have a point in common. */
export function segmentsMeet(a: Position, b: Position, c: Position, d: Position): boolean {
  const [abc, abd] = [Math.sign(turn(a, b, c)), Math.sign(turn(a, b, d))];
  const [cda, cdb] = [Math.sign(turn(c, d, a)), Math.sign(turn(c, d, b))];
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (
    (abc === 0 && isBetween(c, a, b)) ||
    (abd === 0 && isBetween(d, a, b)) ||
    (cda === 0 && isBetween(a, c, d)) ||
    (cdb === 0 && isBetween(b, c, d))
  );
}

/** A point of the line through a and b: whether it lies between them. */
export function isBetween(p: Position, a: Position, b: Position): boolean {
  return (
    x(p) >= Math.min(x(a), x(b)) &&
    x(p) <= Math.max(x(a), x(b)) &&
    y(p) >= Math.min(y(a), y(b)) &&
    y(p) <= Math.max(y(a), y(b))
  );
}

/** Whether a point is inside a ring, by the edges that a ray to the right crosses. */
export function isInRing(p: Position, ring: readonly Position[]): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] ?? p, ring[i] ?? p];
    if (y(a) > y(p) === y(b) > y(p)) continue;
    const left = turn(a, b, p) > 0;
    if (left === y(b) > y(a)) inside = !inside;
  }
  return inside;
}

/** Even-odd over shell and holes; points on an edge are one or the other. */
export function isInPolygon(p: Position, rings: readonly (readonly Position[])[]): boolean {
  return rings.reduce((inside, ring) => inside !== isInRing(p, ring), false);
}

/** The centroid of the parts of the highest dimension that has a size; undefined when there are none. */
export function centroid(parts: Parts): Position | undefined {
  return (
    weighted(parts.polygons.flatMap(triangles)) ??
    weighted(
      [...parts.lines, ...parts.polygons.flat()].flatMap((line) =>
        line.slice(1).map((to, i) => {
          const from = line[i] ?? to;
          return [(x(from) + x(to)) / 2, (y(from) + y(to)) / 2, distance(from, to)] as const;
        }),
      ),
    ) ??
    weighted(
      [...parts.points, ...parts.lines.flat(), ...parts.polygons.flat(2)].map(
        (at) => [x(at), y(at), 1] as const,
      ),
    )
  );
}

type Weighted = readonly [x: number, y: number, weight: number];

function weighted(items: readonly Weighted[]): Position | undefined {
  const total = items.reduce((sum, [, , weight]) => sum + weight, 0);
  if (total === 0) return undefined;
  return [
    items.reduce((sum, [at, , weight]) => sum + at * weight, 0) / total,
    items.reduce((sum, [, at, weight]) => sum + at * weight, 0) / total,
  ];
}

/** A polygon as triangles with signed areas, the holes' negative. */
function triangles(rings: readonly (readonly Position[])[]): Weighted[] {
  return rings.flatMap((ring, index) => {
    const sign = signedArea(ring) >= 0 === (index === 0) ? 1 : -1;
    const origin = ring[0] ?? [0, 0];
    return ring.slice(1).map((to, i): Weighted => {
      const from = ring[i] ?? to;
      const weight = (sign * turn(origin, from, to)) / 2;
      return [(x(origin) + x(from) + x(to)) / 3, (y(origin) + y(from) + y(to)) / 3, weight];
    });
  });
}
