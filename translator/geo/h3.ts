/**
 * H3 cells through the h3-js library, which the account gives (`provideH3`): half a megabyte that is loaded
 * when the first H3 function is called and not before.
 * https://docs.snowflake.com/en/sql-reference/functions-geospatial#h3
 */

import type * as Library from "h3-js";
import { assert } from "../base/assert.ts";
import { badShape } from "./problem.ts";
import { type Parts, type Position, partsOf, type Shape, x, y } from "./shape.ts";
import { along, angle, EARTH_RADIUS, polygonArea, toPosition, toVector } from "./sphere.ts";

export type H3Library = typeof Library;

let load: (() => H3Library) | undefined;
let loaded: H3Library | undefined;

/** Says where h3-js comes from. Called once, before any statement. */
export function provideH3(loader: () => H3Library): void {
  load ??= loader;
}

export function h3(): H3Library {
  assert(load !== undefined, "provideH3 was not called");
  loaded ??= load();
  return loaded;
}

const HEX_BASE = 16;

/** A cell as text from its 64-bit number. */
export function cellText(cell: bigint): string {
  return BigInt.asUintN(64, cell).toString(HEX_BASE);
}

export function cellNumber(cell: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${cell}`));
}

/** @throws 100218 when a text is no cell */
export function demandCell(name: string, text: string): string {
  const lower = text.toLowerCase();
  if (!/^[0-9a-f]{1,16}$/.test(lower) || !h3().isValidCell(lower)) {
    throw badShape(name, `'${text}' is not a valid H3 cell`);
  }
  return lower;
}

const FINEST = 15;

/** @throws 100218 when a resolution is not 0 to 15 */
export function demandResolution(name: string, resolution: number): number {
  if (!Number.isInteger(resolution) || resolution < 0 || resolution > FINEST) {
    throw badShape(name, `the resolution ${resolution} is not between 0 and ${FINEST}`);
  }
  return resolution;
}

export function cellOfPoint(at: Position, resolution: number): string {
  const longitude = ((((x(at) + 180) % 360) + 360) % 360) - 180;
  return h3().latLngToCell(y(at), longitude, resolution);
}

export function pointOfCell(cell: string): Shape {
  const [latitude, longitude] = h3().cellToLatLng(cell);
  return { type: "Point", coordinates: [longitude, latitude] };
}

export function boundaryOfCell(cell: string): Shape {
  return { type: "Polygon", coordinates: [h3().cellToBoundary(cell, true)] };
}

/** Cells in one result, at most: what a 16 MB array holds. */
const MOST_CELLS = 800_000;

/** Whether so many cells of a resolution would be in a result. */
export function isTooMany({ polygons, lines }: Parts, resolution: number): boolean {
  const square = polygons.reduce((sum, rings) => sum + polygonArea(rings), 0);
  const cells = square / h3().getHexagonAreaAvg(resolution, h3().UNITS.m2);
  const length = lines.flat().length < 2 ? 0 : lines.reduce((sum, line) => sum + metres(line), 0);
  return cells + length / h3().getHexagonEdgeLengthAvg(resolution, h3().UNITS.m) > MOST_CELLS;
}

function metres(line: readonly Position[]): number {
  return line.slice(1).reduce((sum, to, i) => {
    return sum + EARTH_RADIUS * angle(toVector(line[i] ?? to), toVector(to));
  }, 0);
}

function plain(rings: readonly (readonly Position[])[]): number[][][] {
  return rings.map((ring) => ring.map((at) => [x(at), y(at)]));
}

/** Cells whose centres are in the polygons. */
export function cellsInside(shape: Shape, resolution: number): string[] {
  const { polygons } = partsOf(shape);
  return unique(polygons.flatMap((rings) => h3().polygonToCells(plain(rings), resolution, true)));
}

/** Cells that have a point in common with the shape. */
export function cellsCovering(shape: Shape, resolution: number): string[] {
  const { points, lines, polygons } = partsOf(shape);
  const flag = h3().POLYGON_TO_CELLS_FLAGS.containmentOverlapping;
  return unique([
    ...points.map((at) => cellOfPoint(at, resolution)),
    ...lines.flatMap((line) => cellsAlong(line, resolution)),
    ...polygons.flatMap((rings) =>
      h3().polygonToCellsExperimental(plain(rings), resolution, flag, true),
    ),
  ]);
}

/** Looked at every twentieth of a cell's edge: a corner cut shorter than that can be missed. */
const STEPS_PER_EDGE = 20;

function cellsAlong(line: readonly Position[], resolution: number): string[] {
  const edge = h3().getHexagonEdgeLengthAvg(resolution, h3().UNITS.m);
  return line.slice(1).flatMap((to, i) => {
    const [a, b] = [toVector(line[i] ?? to), toVector(to)];
    const steps = Math.ceil(((EARTH_RADIUS * angle(a, b)) / edge) * STEPS_PER_EDGE) + 1;
    const at = (n: number) => cellOfPoint(toPosition(along(a, b, n / steps)), resolution);
    return unique(Array.from({ length: steps + 1 }, (_, n) => at(n)));
  });
}

function unique(cells: readonly string[]): string[] {
  return [...new Set(cells)];
}
