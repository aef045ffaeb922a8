/** Where a point is in a polygon, with what that needs of the polygon kept for the next point. */

import { capOf, type Frame, frameAt } from "./frame.ts";
import { type Box, boxOf, distanceToSegment, isInPolygon } from "./plane.ts";
import { notComputed } from "./problem.ts";
import { type GeoKind, type Position, x, y } from "./shape.ts";
import { dot, toVector, type Vector } from "./sphere.ts";

type Rings = readonly (readonly Position[])[];

export type Place = "inside" | "boundary" | "outside";

type Prepared = {
  /** The hemisphere of a GEOGRAPHY polygon; undefined for GEOMETRY. */
  readonly globe: { readonly center: Vector; readonly frame: Frame } | undefined;
  readonly rings: Rings;
  readonly box: Box | undefined;
};

const HORIZON = 0.02;
/** Nearer than this part of the size is on the edge. */
const NEAR = 1e-13;

const onGlobe = new WeakMap<Rings, Prepared>();
const onPlane = new WeakMap<Rings, Prepared>();

function prepared(rings: Rings, kind: GeoKind): Prepared {
  const cache = kind === "geography" ? onGlobe : onPlane;
  const known = cache.get(rings);
  if (known !== undefined) return known;
  const made = kind === "geography" ? prepareGlobe(rings) : preparePlane(rings);
  cache.set(rings, made);
  return made;
}

function preparePlane(rings: Rings): Prepared {
  return { globe: undefined, rings, box: boxOf(rings[0] ?? []) };
}

function prepareGlobe(rings: Rings): Prepared {
  const { center, cosine } = capOf(rings[0] ?? []);
  if (cosine <= HORIZON) throw notComputed("GEOGRAPHY polygons that span half the globe");
  const frame = frameAt(center);
  const flat = frame.project({ points: [], lines: [], polygons: [rings] }).polygons[0] ?? [];
  return { globe: { center, frame }, rings: flat, box: boxOf(flat[0] ?? []) };
}

/** @throws 000002 a GEOGRAPHY polygon that spans half the globe */
export function placeOf(point: Position, polygon: Rings, kind: GeoKind): Place {
  const { globe, rings, box } = prepared(polygon, kind);
  if (box === undefined) return "outside";
  if (globe !== undefined && dot(globe.center, toVector(point)) < HORIZON) return "outside";
  const at = globe === undefined ? point : globe.frame.projectPoint(point);
  const near = NEAR * Math.max(Math.abs(x(at)), Math.abs(y(at)), box.right - box.left);
  const isNear =
    x(at) >= box.left - near &&
    x(at) <= box.right + near &&
    y(at) >= box.bottom - near &&
    y(at) <= box.top + near;
  if (!isNear) return "outside";
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [from, to] = [ring[i - 1] ?? at, ring[i] ?? at];
      if (distanceToSegment(at, from, to) <= near) return "boundary";
    }
  }
  return isInPolygon(at, rings) ? "inside" : "outside";
}
