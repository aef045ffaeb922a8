/**
 * Bounding boxes: ST_XMIN and its like, ST_ENVELOPE. On the sphere an arc can reach nearer to a pole than its
 * ends do.
 * https://docs.snowflake.com/en/sql-reference/functions/st_envelope
 */

import { type Box, boxOf } from "./plane.ts";
import { type Geo, partsOf, positionsOf, type Shape } from "./shape.ts";
import { arcLatitudes } from "./sphere.ts";

/** The box of a value; undefined when it is empty. */
export function bounds({ kind, shape }: Geo): Box | undefined {
  const box = boxOf(positionsOf(shape));
  if (box === undefined || kind === "geometry") return box;
  const { lines, polygons } = partsOf(shape);
  let { bottom, top } = box;
  for (const path of [...lines, ...polygons.flat()]) {
    path.slice(1).forEach((to, i) => {
      const [low, high] = arcLatitudes(path[i] ?? to, to);
      bottom = Math.min(bottom, low);
      top = Math.max(top, high);
    });
  }
  return { ...box, bottom, top };
}

/** A box as a point, a line when it has no width or no height, or a polygon. */
export function shapeOfBox({ left, bottom, right, top }: Box): Shape {
  if (left === right && bottom === top) return { type: "Point", coordinates: [left, bottom] };
  if (left === right || bottom === top) {
    return {
      type: "LineString",
      coordinates: [
        [left, bottom],
        [right, top],
      ],
    };
  }
  return {
    type: "Polygon",
    coordinates: [
      [
        [left, bottom],
        [right, bottom],
        [right, top],
        [left, top],
        [left, bottom],
      ],
    ],
  };
}
