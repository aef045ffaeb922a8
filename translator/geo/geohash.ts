/**
 * Geohashes: base 32 digits of five bits each, longitude and latitude taking turns.
 * https://docs.snowflake.com/en/sql-reference/functions/st_geohash
 */

import type { Box } from "./plane.ts";
import { badShape } from "./problem.ts";

const DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
const DIGIT_BITS = 5;

/** The geohash of a point. */
export function geohash(longitude: number, latitude: number, precision: number): string {
  const low = [-180, -90];
  const high = [180, 90];
  const values = [longitude, latitude];
  let text = "";
  let axis = 0;
  for (let i = 0; i < precision; i++) {
    let digit = 0;
    for (let bit = 0; bit < DIGIT_BITS; bit++) {
      const middle = ((low[axis] ?? 0) + (high[axis] ?? 0)) / 2;
      const upper = (values[axis] ?? 0) >= middle;
      (upper ? low : high)[axis] = middle;
      digit = digit * 2 + (upper ? 1 : 0);
      axis = 1 - axis;
    }
    text += DIGITS.charAt(digit);
  }
  return text;
}

/** The longest geohash that a whole box is in. */
export function geohashOfBox(box: Box, precision: number): string {
  const low = geohash(box.left, box.bottom, precision);
  const high = geohash(box.right, box.top, precision);
  let same = 0;
  while (same < precision && low[same] === high[same]) same++;
  return low.slice(0, same);
}

/** The box of a geohash, of its first `precision` digits when given. */
export function boxOfGeohash(name: string, hash: string, precision: number | undefined): Box {
  const low = [-180, -90];
  const high = [180, 90];
  let axis = 0;
  for (const character of hash.slice(0, precision).toLowerCase()) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) throw badShape(name, `'${hash}' is no geohash`);
    for (let bit = DIGIT_BITS - 1; bit >= 0; bit--) {
      const middle = ((low[axis] ?? 0) + (high[axis] ?? 0)) / 2;
      (((digit >> bit) & 1) === 1 ? low : high)[axis] = middle;
      axis = 1 - axis;
    }
  }
  return { left: low[0] ?? 0, bottom: low[1] ?? 0, right: high[0] ?? 0, top: high[1] ?? 0 };
}
