/**
 * ST_TRANSFORM between WGS 84 (4326), web Mercator (3857) and the UTM zones on WGS 84 (32601–32660 and
 * 32701–32760). Every other reference system is refused by its number: they need a database of definitions.
 * https://docs.snowflake.com/en/sql-reference/functions/st_transform
 */

import { notComputed } from "./problem.ts";
import { mapPositions, type Position, type Shape, WGS84, x, y } from "./shape.ts";

const RADIAN = Math.PI / 180;
const AXIS = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const ECCENTRICITY = Math.sqrt(FLATTENING * (2 - FLATTENING));
const WEB_MERCATOR = 3857;

type Projection = {
  readonly forward: (at: Position) => Position;
  readonly inverse: (at: Position) => Position;
};

const PLATE: Projection = { forward: (at) => at, inverse: (at) => at };

const MERCATOR: Projection = {
  forward: (at) => [
    AXIS * x(at) * RADIAN,
    AXIS * Math.log(Math.tan(Math.PI / 4 + (y(at) * RADIAN) / 2)),
  ],
  inverse: (at) => [
    x(at) / AXIS / RADIAN,
    (2 * Math.atan(Math.exp(y(at) / AXIS)) - Math.PI / 2) / RADIAN,
  ],
};

function projectionOf(srid: number): Projection {
  if (srid === WGS84) return PLATE;
  if (srid === WEB_MERCATOR) return MERCATOR;
  const [hemisphere, zone] = [Math.floor(srid / 100), srid % 100];
  if ((hemisphere === 326 || hemisphere === 327) && zone >= 1 && zone <= 60) {
    return utm(zone, hemisphere === 327);
  }
  throw notComputed(`ST_TRANSFORM with SRID ${srid}`);
}

/** Krüger's series of the transverse Mercator projection, to the fourth power of the third flattening. */
const N = FLATTENING / (2 - FLATTENING);
const RECTIFYING = (AXIS / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3 + (41 / 180) * N ** 4,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3 + (557 / 1440) * N ** 4,
  (61 / 240) * N ** 3 - (103 / 140) * N ** 4,
  (49_561 / 161_280) * N ** 4,
];
const BETA = [
  N / 2 - (2 / 3) * N ** 2 + (37 / 96) * N ** 3 - (1 / 360) * N ** 4,
  (1 / 48) * N ** 2 + (1 / 15) * N ** 3 - (437 / 1440) * N ** 4,
  (17 / 480) * N ** 3 - (37 / 840) * N ** 4,
  (4_397 / 161_280) * N ** 4,
];
const UTM_SCALE = 0.9996;
const FALSE_EASTING = 500_000;
const FALSE_NORTHING = 10_000_000;

function utm(zone: number, isSouth: boolean): Projection {
  const meridian = zone * 6 - 183;
  const shift = isSouth ? FALSE_NORTHING : 0;
  return {
    forward: (at) => {
      const latitude = y(at) * RADIAN;
      const turn = (x(at) - meridian) * RADIAN;
      const sine = Math.sin(latitude);
      const t = Math.sinh(Math.atanh(sine) - ECCENTRICITY * Math.atanh(ECCENTRICITY * sine));
      const xi = Math.atan2(t, Math.cos(turn));
      const eta = Math.atanh(Math.sin(turn) / Math.hypot(1, t));
      let [north, east] = [xi, eta];
      ALPHA.forEach((a, i) => {
        const j = 2 * (i + 1);
        north += a * Math.sin(j * xi) * Math.cosh(j * eta);
        east += a * Math.cos(j * xi) * Math.sinh(j * eta);
      });
      const unit = UTM_SCALE * RECTIFYING;
      return [FALSE_EASTING + unit * east, shift + unit * north];
    },
    inverse: (at) => {
      const unit = UTM_SCALE * RECTIFYING;
      const xi = (y(at) - shift) / unit;
      const eta = (x(at) - FALSE_EASTING) / unit;
      let [north, east] = [xi, eta];
      BETA.forEach((b, i) => {
        const j = 2 * (i + 1);
        north -= b * Math.sin(j * xi) * Math.cosh(j * eta);
        east -= b * Math.cos(j * xi) * Math.sinh(j * eta);
      });
      const conformal = Math.asin(Math.sin(north) / Math.cosh(east));
      const turn = Math.atan2(Math.sinh(east), Math.cos(north));
      return [meridian + turn / RADIAN, geodetic(conformal) / RADIAN];
    },
  };
}

/** The latitude of a conformal latitude, by iteration. */
function geodetic(conformal: number): number {
  const target = Math.atanh(Math.sin(conformal));
  let sine = Math.sin(conformal);
  for (let i = 0; i < 10; i++) {
    sine = Math.tanh(target + ECCENTRICITY * Math.atanh(ECCENTRICITY * sine));
  }
  return Math.asin(sine);
}

/** A shape in another reference system. @throws 000002 for systems that are not known */
export function transform(shape: Shape, from: number, to: number): Shape {
  if (from === to) return shape;
  const [source, target] = [projectionOf(from), projectionOf(to)];
  return mapPositions(shape, (at) => [...target.forward(source.inverse(at)), ...at.slice(2)]);
}
