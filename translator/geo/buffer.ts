/**
 * ST_BUFFER: everything nearer to a GEOMETRY than a distance, corners rounded with eight segments a quarter.
 * https://docs.snowflake.com/en/sql-reference/functions/st_buffer
 */

import { overlay } from "./overlay.ts";
import { signedArea } from "./plane.ts";
import { type Parts, type Position, partsOf, positionsOf, type Shape, x, y } from "./shape.ts";

const QUARTER_SEGMENTS = 8;
const STEP = Math.PI / 2 / QUARTER_SEGMENTS;
const NOTHING: Parts = { points: [], lines: [], polygons: [] };

/** Always a MultiPolygon, its shells clockwise. */
export function buffer(shape: Shape, distance: number): Shape {
  const parts = partsOf(shape);
  const areas: Parts = { ...NOTHING, polygons: parts.polygons };
  const size = positionsOf(shape).reduce(
    (m, at) => Math.max(m, Math.abs(x(at)), Math.abs(y(at))),
    0,
  );
  // A border thinner than the coordinates' own precision has no area.
  const isThin = Math.abs(distance) <= size * 1e-12;
  const border = isThin ? NOTHING : borderOf(parts, Math.abs(distance), distance > 0);
  // A point's circle alone needs no joining, and keeps its first corner.
  const isAlone = distance > 0 && border.polygons.length === 1 && areas.polygons.length === 0;
  const result = isAlone ? border : overlay(areas, border, distance > 0 ? "union" : "difference");
  return { type: "MultiPolygon", coordinates: result.polygons.map((rings) => rings.map(reversed)) };
}

function reversed(ring: readonly Position[], index: number): readonly Position[] {
  return signedArea(ring) > 0 === (index === 0) ? [...ring].reverse() : ring;
}

function borderOf(parts: Parts, distance: number, all: boolean): Parts {
  const pieces: Position[][] = [];
  if (all) pieces.push(...parts.points.map((at) => circle(at, distance)));
  const paths = all ? [...parts.lines, ...parts.polygons.flat()] : parts.polygons.flat();
  for (const path of paths) {
    path.slice(1).forEach((to, i) => {
      pieces.push(capsule(path[i] ?? to, to, distance));
    });
  }
  return united(pieces.map((ring) => ({ ...NOTHING, polygons: [[ring]] })));
}

/** Pieces united in pairs, then the pairs: few overlays of large shapes. */
function united(pieces: readonly Parts[]): Parts {
  if (pieces.length < 2) return pieces[0] ?? NOTHING;
  const half = pieces.length >> 1;
  return overlay(united(pieces.slice(0, half)), united(pieces.slice(half)), "union");
}

function circle(center: Position, radius: number): Position[] {
  const ring: Position[] = [];
  let at = 0;
  for (let i = 0; i < 4 * QUARTER_SEGMENTS; i++) {
    ring.push([x(center) + radius * Math.cos(at), y(center) + radius * Math.sin(-at)]);
    at += STEP;
  }
  return [...ring, ring[0] ?? center];
}

function capsule(from: Position, to: Position, radius: number): Position[] {
  if (x(from) === x(to) && y(from) === y(to)) return circle(from, radius);
  const ahead = Math.atan2(y(to) - y(from), x(to) - x(from));
  const arc = (center: Position, start: number): Position[] =>
    Array.from({ length: 2 * QUARTER_SEGMENTS + 1 }, (_, i) => [
      x(center) + radius * Math.cos(start + i * STEP),
      y(center) + radius * Math.sin(start + i * STEP),
    ]);
  const ring = [...arc(to, ahead - Math.PI / 2), ...arc(from, ahead + Math.PI / 2)];
  return [...ring, ring[0] ?? from];
}
