/**
 * What makes a shape valid, and the normal form of a GEOGRAPHY.
 * https://docs.snowflake.com/en/user-guide/geospatial-data-validation (allowInvalid) and st_isvalid
 */

import { capOf, frameAt } from "./frame.ts";
import { isBetween, isInPolygon, segmentsMeet, signedArea, turn } from "./plane.ts";
import { type GeoKind, type Position, partsOf, positionsOf, type Shape, x, y } from "./shape.ts";

/** Why a shape is not valid; undefined when it is. */
export function invalidity(shape: Shape, kind: GeoKind): string | undefined {
  for (const at of positionsOf(shape)) {
    if (!Number.isFinite(x(at)) || !Number.isFinite(y(at))) return "a coordinate is not finite";
    if (kind === "geography" && Math.abs(y(at)) > 90) {
      return `the latitude ${y(at)} is not between -90 and 90`;
    }
    if (kind === "geography" && Math.abs(x(at)) > 180) {
      return `the longitude ${x(at)} is not between -180 and 180`;
    }
  }
  const { lines, polygons } = partsOf(shape);
  for (const line of lines) {
    if (new Set(line.map(String)).size < 2) return "a line has fewer than two different points";
  }
  for (const rings of polygons) {
    const problem = polygonProblem(rings, kind);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

type Rings = readonly (readonly Position[])[];

function polygonProblem(rings: Rings, kind: GeoKind): string | undefined {
  for (const ring of rings) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (ring.length < 4) return "a polygon ring has fewer than four points";
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return "a polygon ring is not closed";
  }
  const flat = kind === "geometry" ? rings : projected(rings);
  if (flat === undefined) return undefined;
  for (const ring of flat) {
    const crossing = selfCrossing(ring);
    if (crossing !== undefined) return `edges ${crossing} of a polygon ring cross`;
    if (signedArea(ring) === 0) return "a polygon ring has no area";
  }
  return holeProblem(flat);
}

/** A polygon too large for one hemisphere is taken as it is. */
function projected(rings: Rings): Rings | undefined {
  const { center, cosine } = capOf(rings.flat());
  if (cosine <= 0.02) return undefined;
  return frameAt(center).project({ points: [], lines: [], polygons: [rings] }).polygons[0];
}

function selfCrossing(ring: readonly Position[]): string | undefined {
  const edges = ring.slice(1).map((to, i) => ({ from: ring[i] ?? to, to, i }));
  const sorted = edges
    .map((edge) => ({
      ...edge,
      left: Math.min(x(edge.from), x(edge.to)),
      right: Math.max(x(edge.from), x(edge.to)),
    }))
    .sort((p, q) => p.left - q.left);
  for (let n = 0; n < sorted.length; n++) {
    const a = sorted[n];
    for (let m = n + 1; a !== undefined && m < sorted.length; m++) {
      const b = sorted[m];
      if (b === undefined || b.left > a.right) break;
      const [first, second] = a.i < b.i ? [a, b] : [b, a];
      const isNext = second.i === first.i + 1;
      const isLast = first.i === 0 && second.i === edges.length - 1;
      const bad =
        isNext || isLast
          ? foldsBack(isNext ? first : second, isNext ? second : first)
          : segmentsMeet(first.from, first.to, second.from, second.to);
      if (bad) return `${first.i} and ${second.i}`;
    }
  }
  return undefined;
}

type Edge = { readonly from: Position; readonly to: Position };

/** Whether the second edge runs back over the first. */
function foldsBack(first: Edge, second: Edge): boolean {
  if (turn(first.from, first.to, second.to) !== 0) return false;
  return (
    isBetween(second.to, first.from, first.to) || isBetween(first.from, second.from, second.to)
  );
}

function holeProblem(rings: Rings): string | undefined {
  const [shell = [], ...holes] = rings;
  const corners = new Set(shell.map(String));
  for (const hole of holes) {
    const outside = hole.some((at) => !corners.has(String(at)) && !isInPolygon(at, [shell]));
    if (outside) return "a hole is outside its shell";
    const crosses = hole
      .slice(1)
      .some((to, i) =>
        shell.slice(1).some((end, j) => crossesProperly(hole[i] ?? to, to, shell[j] ?? end, end)),
      );
    if (crosses) return "a hole crosses its shell";
  }
  return undefined;
}

function crossesProperly(a: Position, b: Position, c: Position, d: Position): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}
