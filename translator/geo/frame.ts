/**
 * GEOGRAPHY in the plane: the gnomonic projection makes every great circle arc of a hemisphere a straight
 * segment, so planar algorithms give the exact result on the sphere.
 */

import { notComputed } from "./problem.ts";
import { type Parts, type Position, x, y } from "./shape.ts";
import { add, cross, dot, norm, scale, toPosition, toVector, unit, type Vector } from "./sphere.ts";

export type Frame = {
  readonly center: Vector;
  readonly project: (parts: Parts) => Parts;
  /** One position, which `restore` will not give back digit by digit. */
  readonly projectPoint: (position: Position) => Position;
  readonly restore: (parts: Parts) => Parts;
};

/** Points nearer than this to the edge of the hemisphere project too far away for doubles. */
const HORIZON = 0.02;

export function allPositions(parts: Parts): Position[] {
  return [...parts.points, ...parts.lines.flat(), ...parts.polygons.flat(2)];
}

/** The direction in the middle of the positions. */
export function centerOf(positions: readonly Position[]): Vector {
  const sum = positions.map(toVector).reduce(add, [0, 0, 0]);
  return norm(sum) < 1e-12 ? [1, 0, 0] : unit(sum);
}

/** A direction and the smallest cosine from it to any position. */
export function capOf(positions: readonly Position[]): { center: Vector; cosine: number } {
  const center = centerOf(positions);
  const cosine = positions.reduce((low, at) => Math.min(low, dot(center, toVector(at))), 1);
  return { center, cosine };
}

export function isFar(positions: readonly Position[], center: Vector): boolean {
  return positions.some((at) => dot(center, toVector(at)) < HORIZON);
}

/** Whether the caps around two sets of positions have nothing in common. */
export function areApart(a: readonly Position[], b: readonly Position[]): boolean {
  const [first, second] = [capOf(a), capOf(b)];
  if (first.cosine < HORIZON || second.cosine < HORIZON) return false;
  const reach = Math.acos(Math.min(1, first.cosine)) + Math.acos(Math.min(1, second.cosine));
  const between = Math.acos(Math.max(-1, Math.min(1, dot(first.center, second.center))));
  return between > reach + 1e-7;
}

/** The frame in whose hemisphere all parts lie. @throws 000002 when there is none */
export function frameOf(feature: string, ...parts: readonly Parts[]): Frame {
  const positions = parts.flatMap(allPositions);
  const center = centerOf(positions);
  if (isFar(positions, center)) {
    throw notComputed(`${feature} of GEOGRAPHY values that together span half the globe`);
  }
  return frameAt(center);
}

export function frameAt(center: Vector): Frame {
  const pole: Vector = Math.abs(center[2]) > 0.9 ? [1, 0, 0] : [0, 0, 1];
  const east = unit(cross(pole, center));
  const north = cross(center, east);
  const known = new Map<string, Position>();
  const key = (at: Position) => `${at[0]} ${at[1]}`;
  const projectPoint = (at: Position): Position => {
    const vector = toVector(at);
    const depth = dot(center, vector);
    return [dot(east, vector) / depth, dot(north, vector) / depth];
  };
  const forward = (at: Position): Position => {
    const projected = projectPoint(at);
    if (!known.has(key(projected))) known.set(key(projected), [x(at), y(at)]);
    return projected;
  };
  const back = (at: Position): Position =>
    known.get(key(at)) ?? toPosition(add(center, add(scale(east, x(at)), scale(north, y(at)))));
  return {
    center,
    projectPoint,
    project: (parts) => mapParts(parts, forward),
    restore: (parts) => mapParts(parts, back),
  };
}

export function mapParts(parts: Parts, change: (position: Position) => Position): Parts {
  return {
    points: parts.points.map(change),
    lines: parts.lines.map((line) => line.map(change)),
    polygons: parts.polygons.map((rings) => rings.map((ring) => ring.map(change))),
  };
}
