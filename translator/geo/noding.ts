/** The edges of two shapes cut where they meet, each piece with what is at its sides. */

import { mapParts } from "./frame.ts";
import { boxOf, isBetween, isInPolygon, turn } from "./plane.ts";
import { type Parts, type Position, x, y } from "./shape.ts";

/** One shape at a piece: whether its area is left and right of it, and whether the piece is its edge or line. */
export type Side = {
  readonly left: boolean;
  readonly right: boolean;
  /** The piece belongs to the edge of an area. */
  readonly on: boolean;
  /** The piece belongs to a line. */
  readonly isLine: boolean;
};

export type Piece = {
  readonly from: Position;
  readonly to: Position;
  readonly sides: readonly [Side, Side];
  /** Place of the input edge that it comes from, the first shape's edges before the second's. */
  readonly order: number;
};

export type NodePoint = {
  readonly position: Position;
  readonly inA: boolean;
  readonly inB: boolean;
};

export type Noded = {
  readonly pieces: readonly Piece[];
  /** Every end of a piece and every point. */
  readonly nodes: readonly NodePoint[];
  /** The points alone. */
  readonly isolated: readonly NodePoint[];
};

type Segment = {
  readonly from: Position;
  readonly to: Position;
  /** 0 for the first shape, 1 for the second. */
  readonly owner: 0 | 1;
  readonly isLine: boolean;
  readonly cuts: Position[];
};

/** Two positions that differ by less than this part of the size are one. */
const SNAP = 1e-13;

export function node(first: Parts, second: Parts): Noded {
  const size = extent([first, second]);
  const snap = snapper(size * SNAP);
  const a = mapParts(first, snap);
  const b = mapParts(second, snap);
  const shapes = [a, b] as const;
  const segments = [...segmentsOf(a, 0, size), ...segmentsOf(b, 1, size)];
  cutAll(segments, [...a.points, ...b.points], size * SNAP, snap);
  const pieces = piecesOf(segments, shapes);
  const nodes = new Map<string, Position>();
  const lineNodes = [new Set<string>(), new Set<string>()] as const;
  for (const { from, to, sides } of pieces) {
    for (const end of [from, to]) {
      nodes.set(key(end), end);
      sides.forEach((side, i) => {
        if (side.on || side.isLine) lineNodes[i === 0 ? 0 : 1].add(key(end));
      });
    }
  }
  const isolated = [...a.points, ...b.points];
  for (const point of isolated) nodes.set(key(point), point);
  const pointKeys = shapes.map(({ points }) => new Set(points.map(key)));
  const holds = (i: 0 | 1, at: Position) =>
    pointKeys[i]?.has(key(at)) === true ||
    lineNodes[i].has(key(at)) ||
    shapes[i].polygons.some((rings) => isInPolygon(at, rings));
  const nodePoint = (position: Position): NodePoint => ({
    position,
    inA: holds(0, position),
    inB: holds(1, position),
  });
  return {
    pieces,
    nodes: [...nodes.values()].map(nodePoint),
    isolated: [...new Map(isolated.map((at) => [key(at), at])).values()].map(nodePoint),
  };
}

/** Gives each position the first one that is nearer to it than `near`. */
function snapper(near: number): (at: Position) => Position {
  const known = new Map<string, Position>();
  const around = [0, -1, 1];
  return (at) => {
    const [column, row] = [Math.round(x(at) / near), Math.round(y(at) / near)];
    for (const i of around) {
      for (const j of around) {
        const found = known.get(`${column + i} ${row + j}`);
        if (found !== undefined) return found;
      }
    }
    known.set(`${column} ${row}`, at);
    return at;
  };
}

function key(at: Position): string {
  return `${at[0]} ${at[1]}`;
}

function extent(shapes: readonly Parts[]): number {
  const box = boxOf(shapes.flatMap((s) => [...s.points, ...s.lines.flat(), ...s.polygons.flat(2)]));
  if (box === undefined) return 1;
  return Math.max(
    Math.abs(box.left),
    Math.abs(box.right),
    Math.abs(box.top),
    Math.abs(box.bottom),
    1e-300,
  );
}

function segmentsOf(parts: Parts, owner: 0 | 1, size: number): Segment[] {
  const of = (path: readonly Position[], isLine: boolean): Segment[] =>
    path.slice(1).flatMap((to, i) => {
      const from = path[i] ?? to;
      const same = Math.abs(x(from) - x(to)) + Math.abs(y(from) - y(to)) <= size * 1e-300;
      return same ? [] : [{ from, to, owner, isLine, cuts: [] }];
    });
  return [
    ...parts.lines.flatMap((line) => of(line, true)),
    ...parts.polygons.flatMap((rings) => rings.flatMap((ring) => of(ring, false))),
  ];
}

/** Cuts every segment at its meetings with the others. Sorted by their left ends, so that far ones are not tried. */
function cutAll(
  segments: Segment[],
  points: readonly Position[],
  near: number,
  snap: (at: Position) => Position,
): void {
  const left = (s: Segment) => Math.min(x(s.from), x(s.to));
  const right = (s: Segment) => Math.max(x(s.from), x(s.to));
  const sorted = [...segments].sort((p, q) => left(p) - left(q));
  sorted.forEach((a, i) => {
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j];
      if (b === undefined || left(b) > right(a) + near) break;
      const apart =
        Math.max(y(a.from), y(a.to)) + near < Math.min(y(b.from), y(b.to)) ||
        Math.max(y(b.from), y(b.to)) + near < Math.min(y(a.from), y(a.to));
      if (!apart) cut(a, b, near, snap);
    }
    for (const point of points) cutAt(a, point, near);
  });
}

function cut(a: Segment, b: Segment, near: number, snap: (at: Position) => Position): void {
  const touched = [
    cutAt(a, b.from, near),
    cutAt(a, b.to, near),
    cutAt(b, a.from, near),
    cutAt(b, a.to, near),
  ];
  if (touched.some(Boolean)) return;
  const [p, q] = [turn(a.from, a.to, b.from), turn(a.from, a.to, b.to)];
  const [r, s] = [turn(b.from, b.to, a.from), turn(b.from, b.to, a.to)];
  if (!(p * q < 0 && r * s < 0)) return;
  const part = r / (r - s);
  const at = snap([
    x(a.from) + part * (x(a.to) - x(a.from)),
    y(a.from) + part * (y(a.to) - y(a.from)),
  ]);
  a.cuts.push(at);
  b.cuts.push(at);
}

/** Cuts a segment at a point that lies on it; true also when the point is one of its ends. */
function cutAt(segment: Segment, point: Position, near: number): boolean {
  const { from, to } = segment;
  if (same(point, from) || same(point, to)) return true;
  const length = Math.hypot(x(to) - x(from), y(to) - y(from));
  if (Math.abs(turn(from, to, point)) > near * length) return false;
  const along = (x(point) - x(from)) * (x(to) - x(from)) + (y(point) - y(from)) * (y(to) - y(from));
  if (along <= 0 || along >= length * length) return isBetween(point, from, to);
  segment.cuts.push(point);
  return true;
}

function same(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

type Draft = {
  readonly from: Position;
  readonly to: Position;
  /** Crossings of each shape's area edge in this direction minus those against it, and how many. */
  readonly edges: [number, number];
  readonly lines: [boolean, boolean];
  readonly order: number;
};

function piecesOf(segments: readonly Segment[], shapes: readonly [Parts, Parts]): Piece[] {
  const drafts = new Map<string, Draft>();
  for (const [order, { from, to, owner, isLine, cuts }] of segments.entries()) {
    const along = (p: Position) => (x(p) - x(from)) ** 2 + (y(p) - y(from)) ** 2;
    const stops = [from, ...cuts.sort((p, q) => along(p) - along(q)), to];
    for (let i = 1; i < stops.length; i++) {
      const [start, end] = [stops[i - 1] ?? from, stops[i] ?? to];
      if (same(start, end)) continue;
      const [first, second] = [key(start), key(end)];
      const id = first < second ? `${first},${second}` : `${second},${first}`;
      const draft = drafts.get(id) ?? {
        from: start,
        to: end,
        edges: [0, 0],
        lines: [false, false],
        order,
      };
      drafts.set(id, draft);
      if (isLine) draft.lines[owner] = true;
      else draft.edges[owner]++;
    }
  }
  return [...drafts.values()].map((draft) => ({
    from: draft.from,
    to: draft.to,
    order: draft.order,
    sides: [sideOf(draft, 0, shapes[0]), sideOf(draft, 1, shapes[1])],
  }));
}

/** What is left and right of a piece: one step beside its middle decides where the shape's own edge runs. */
function sideOf(draft: Draft, owner: 0 | 1, { polygons }: Parts): Side {
  const { from, to } = draft;
  const isLine = draft.lines[owner];
  const middle: Position = [(x(from) + x(to)) / 2, (y(from) + y(to)) / 2];
  const on = draft.edges[owner] > 0;
  if (polygons.length === 0) return { left: false, right: false, on, isLine };
  if (!on) {
    const inside = polygons.some((rings) => isInPolygon(middle, rings));
    return { left: inside, right: inside, on, isLine };
  }
  const beside = (direction: number) => {
    const step = direction * BESIDE;
    const at: Position = [
      x(middle) - step * (y(to) - y(from)),
      y(middle) + step * (x(to) - x(from)),
    ];
    return polygons.some((rings) => isInPolygon(at, rings));
  };
  return { left: beside(1), right: beside(-1), on, isLine };
}

/** How far beside a piece its sides are looked at, as a part of its length. */
const BESIDE = 1e-6;
