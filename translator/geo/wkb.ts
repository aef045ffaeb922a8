/**
 * Well-known binary and its extension with an SRID, both ways. Written little-endian.
 * https://docs.snowflake.com/en/sql-reference/functions/st_asewkb
 */

import { badInput } from "./problem.ts";
import { hasHeight, type Position, type Shape, type ShapeType } from "./shape.ts";
import type { Parsed } from "./wkt.ts";

const CODES: readonly ShapeType[] = [
  "Point",
  "LineString",
  "Polygon",
  "MultiPoint",
  "MultiLineString",
  "MultiPolygon",
  "GeometryCollection",
];
const HEIGHT_FLAG = 0x80000000;
const MEASURE_FLAG = 0x40000000;
const SRID_FLAG = 0x20000000;
/** ISO codes: 1001 is a point with a height, 2001 with a measure, 3001 with both. */
const ISO_STEP = 1_000;
const DEEPEST = 50;

type Header = { readonly type: ShapeType; readonly width: number; readonly height: boolean };

class Reader {
  readonly view: DataView;
  readonly hex: string;
  at = 0;
  little = true;
  srid: number | undefined;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.hex = toHex(bytes.subarray(0, 40));
  }

  problem(reason: string) {
    return badInput(this.hex, reason);
  }

  take(bytes: number): number {
    const at = this.at;
    if (at + bytes > this.view.byteLength) throw this.problem("Unexpected end of input");
    this.at += bytes;
    return at;
  }

  word(): number {
    return this.view.getUint32(this.take(4), this.little);
  }

  double(): number {
    return this.view.getFloat64(this.take(8), this.little);
  }

  header(): Header {
    const order = this.view.getUint8(this.take(1));
    if (order > 1) throw this.problem("Unknown byte order");
    this.little = order === 1;
    const word = this.word();
    if ((word & SRID_FLAG) !== 0) this.srid = this.word();
    const code = word & 0x0fffffff;
    const iso = Math.floor(code / ISO_STEP);
    const type = CODES[(code % ISO_STEP) - 1];
    if (type === undefined || iso > 3) throw this.problem(`Unknown type ${code}`);
    const height = (word & HEIGHT_FLAG) !== 0 || iso === 1 || iso === 3;
    const measure = (word & MEASURE_FLAG) !== 0 || iso >= 2;
    return { type, height, width: 2 + (height ? 1 : 0) + (measure ? 1 : 0) };
  }

  position({ width, height }: Header): Position {
    const numbers = Array.from({ length: width }, () => this.double());
    return numbers.slice(0, height ? 3 : 2);
  }

  /** Each item takes at least `bytes`, so that a count cannot ask for more than there is. */
  list<T>(bytes: number, item: () => T): T[] {
    const count = this.word();
    if (count * bytes > this.view.byteLength - this.at) {
      throw this.problem("Unexpected end of input");
    }
    return Array.from({ length: count }, item);
  }
}

function read(reader: Reader, depth: number): Shape {
  if (depth > DEEPEST) throw reader.problem("Too many collections inside each other");
  const header = reader.header();
  const point = () => reader.position(header);
  const line = () => reader.list(16, point);
  const { type } = header;
  const member = (wanted: ShapeType): Shape => {
    const shape = read(reader, depth + 1);
    if (shape.type !== wanted) throw reader.problem(`${type} with a ${shape.type} in it`);
    return shape;
  };
  switch (type) {
    case "Point": {
      const at = point();
      return { type, coordinates: at.some(Number.isNaN) ? [] : at };
    }
    case "LineString":
      return { type, coordinates: line() };
    case "Polygon":
      return { type, coordinates: reader.list(4, line) };
    case "GeometryCollection":
      return { type, geometries: reader.list(5, () => read(reader, depth + 1)) };
    case "MultiPoint":
      return { type, coordinates: members(reader, () => member("Point")) as Position[] };
    case "MultiLineString":
      return { type, coordinates: members(reader, () => member("LineString")) as Position[][] };
    case "MultiPolygon":
      return { type, coordinates: members(reader, () => member("Polygon")) as Position[][][] };
  }
}

function members(reader: Reader, member: () => Shape): unknown[] {
  return reader.list(5, () => {
    const shape = member();
    return "coordinates" in shape ? shape.coordinates : [];
  });
}

/** A shape from WKB or EWKB of either byte order. @throws 100205 */
export function parseWkb(bytes: Uint8Array): Parsed {
  const reader = new Reader(bytes);
  const shape = read(reader, 0);
  if (reader.at !== bytes.byteLength) throw reader.problem("Unexpected bytes at the end");
  return { shape, srid: reader.srid };
}

/** WKB; EWKB when an SRID is given. */
export function printWkb(shape: Shape, srid: number | undefined): Uint8Array {
  const bytes: number[] = [];
  const scratch = new DataView(new ArrayBuffer(8));
  const word = (value: number) => {
    scratch.setUint32(0, value, true);
    for (let i = 0; i < 4; i++) bytes.push(scratch.getUint8(i));
  };
  const double = (value: number) => {
    scratch.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) bytes.push(scratch.getUint8(i));
  };
  const height = hasHeight(shape);
  const point = (at: Position) => {
    for (let i = 0; i < (height ? 3 : 2); i++) double(at[i] ?? (at.length === 0 ? Number.NaN : 0));
  };
  const list = <T>(items: readonly T[], each: (item: T) => void) => {
    word(items.length);
    items.forEach(each);
  };
  const line = (items: readonly Position[]) => list(items, point);
  const write = (member: Shape, outer: boolean): void => {
    const flags = (height ? HEIGHT_FLAG : 0) + (outer && srid !== undefined ? SRID_FLAG : 0);
    bytes.push(1);
    word(CODES.indexOf(member.type) + 1 + flags);
    if (outer && srid !== undefined) word(srid);
    const multi = <T>(items: readonly T[], each: (item: T) => Shape) =>
      list(items, (item) => write(each(item), false));
    switch (member.type) {
      case "Point":
        point(member.coordinates);
        break;
      case "LineString":
        line(member.coordinates);
        break;
      case "Polygon":
        list(member.coordinates, line);
        break;
      case "GeometryCollection":
        multi(member.geometries, (item) => item);
        break;
      case "MultiPoint":
        multi(member.coordinates, (coordinates) => ({ type: "Point", coordinates }));
        break;
      case "MultiLineString":
        multi(member.coordinates, (coordinates) => ({ type: "LineString", coordinates }));
        break;
      case "MultiPolygon":
        multi(member.coordinates, (coordinates) => ({ type: "Polygon", coordinates }));
        break;
    }
  };
  write(shape, true);
  return Uint8Array.from(bytes);
}

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text.toUpperCase();
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length >> 1 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}
