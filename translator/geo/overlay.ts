/**
 * Union, intersection, difference and symmetric difference of shapes in the plane.
 *
 * All edges are cut where they meet; each piece is kept when the result is on exactly one side of it (areas),
 * or when its middle belongs to the result (lines). Kept pieces are joined into rings and lines.
 * Coordinates are doubles and crossing points are rounded, so parts narrower than about 1e-12 of the
 * size of the input can come out wrong.
 */

import { type Noded, node, type Piece, type Side } from "./noding.ts";
import { isInPolygon, signedArea, turn } from "./plane.ts";
import { type Parts, type Position, x, y } from "./shape.ts";

export type Operation = "union" | "intersection" | "difference" | "symdifference";

const KEEP: Readonly<Record<Operation, (a: boolean, b: boolean) => boolean>> = {
  union: (a, b) => a || b,
  intersection: (a, b) => a && b,
  difference: (a, b) => a && !b,
  symdifference: (a, b) => a !== b,
};

type Edge = readonly [from: Position, to: Position];
/** An edge and the place of the input edge that it comes from. */
type AreaEdge = readonly [from: Position, to: Position, order: number];

export function overlay(a: Parts, b: Parts, operation: Operation): Parts {
  const keep = KEEP[operation];
  const noded = node(a, b);
  const edges = areaEdges(noded, keep);
  const polygons = polygonsOf(edges);
  const inside = (p: Position) => polygons.some((rings) => isInPolygon(p, rings));
  const boundary = new Set(edges.map(([from, to]) => edgeKey(from, to)));
  const kept = noded.pieces.filter((piece) => {
    const [inA, inB] = piece.sides.map(isMember);
    if (!isCandidate(piece, operation) || !keep(inA === true, inB === true)) return false;
    if (boundary.has(edgeKey(piece.from, piece.to))) return false;
    return !inside([(x(piece.from) + x(piece.to)) / 2, (y(piece.from) + y(piece.to)) / 2]);
  });
  const taken = new Set(
    [
      ...edges.flatMap((edge) => edge.slice(0, 2) as Position[]),
      ...kept.flatMap(({ from, to }) => [from, to]),
    ].map(key),
  );
  const candidates = operation === "intersection" ? noded.nodes : noded.isolated;
  const points = candidates.filter(
    ({ position, inA, inB }) => keep(inA, inB) && !taken.has(key(position)) && !inside(position),
  );
  return {
    points: points.map(({ position }) => position),
    lines: joinLines(kept.map(({ from, to }) => [from, to] as const)),
    polygons,
  };
}

function isMember(side: Side): boolean {
  return side.isLine || side.on || side.left || side.right;
}

/** Where a line of the result can come from: intersections also leave edges that two areas share. */
function isCandidate({ sides: [a, b] }: Piece, operation: Operation): boolean {
  if (operation === "intersection") return true;
  return operation === "difference" ? a.isLine : a.isLine || b.isLine;
}

/** True when nothing is left. */
export function isEmpty({ points, lines, polygons }: Parts): boolean {
  return points.length + lines.length + polygons.length === 0;
}

function key(at: Position): string {
  return `${at[0]} ${at[1]}`;
}

function edgeKey(a: Position, b: Position): string {
  const [first, second] = [key(a), key(b)];
  return first < second ? `${first},${second}` : `${second},${first}`;
}

/** The pieces that have the result on one side only, directed so that it is at their left. */
function areaEdges(noded: Noded, keep: (a: boolean, b: boolean) => boolean): AreaEdge[] {
  const edges: AreaEdge[] = [];
  for (const { from, to, sides, order } of noded.pieces) {
    const [a, b] = sides;
    const left = keep(a.left, b.left);
    if (left === keep(a.right, b.right)) continue;
    edges.push(left ? [from, to, order] : [to, from, order]);
  }
  return edges;
}

function polygonsOf(edges: readonly AreaEdge[]): Position[][][] {
  const rings = joinRings(edges).flatMap(simpleRings).map(withoutStraights);
  const sized = rings.filter((ring) => ring.length > 3 && signedArea(ring) !== 0);
  const shells = sized.filter((ring) => signedArea(ring) > 0).map((ring) => [ring]);
  for (const hole of sized.filter((ring) => signedArea(ring) < 0)) {
    const around = shells.filter(([shell = []]) => holds(shell, hole));
    around.sort((p, q) => signedArea(p[0] ?? []) - signedArea(q[0] ?? []));
    around[0]?.push(hole);
  }
  return shells;
}

/** Whether a hole lies in a shell; corners that both have say nothing. */
function holds(shell: readonly Position[], hole: readonly Position[]): boolean {
  const corners = new Set(shell.map(key));
  const [first = [0, 0], second = first] = hole;
  const own = hole.find((at) => !corners.has(key(at)));
  return isInPolygon(own ?? [(x(first) + x(second)) / 2, (y(first) + y(second)) / 2], [shell]);
}

/** Directed edges, the inside at their left, as closed rings: at each corner the sharpest turn left. */
function joinRings(edges: readonly AreaEdge[]): Position[][] {
  const outgoing = new Map<string, AreaEdge[]>();
  for (const edge of edges) {
    const list = outgoing.get(key(edge[0]));
    if (list === undefined) outgoing.set(key(edge[0]), [edge]);
    else list.push(edge);
  }
  const used = new Set<AreaEdge>();
  const rings: Position[][] = [];
  for (const start of edges) {
    if (used.has(start)) continue;
    const ring: AreaEdge[] = [];
    let edge: AreaEdge | undefined = start;
    while (edge !== undefined && !used.has(edge)) {
      used.add(edge);
      ring.push(edge);
      if (key(edge[1]) === key(start[0])) break;
      edge = sharpest(
        edge,
        (outgoing.get(key(edge[1])) ?? []).filter((next) => !used.has(next)),
      );
    }
    const last = ring.at(-1);
    if (last !== undefined && key(last[1]) === key(start[0])) rings.push(turned(ring));
  }
  return rings;
}

/** The corners of a closed ring, so turned that the edge of the last input edge is its last, as documented results are. */
function turned(ring: readonly AreaEdge[]): Position[] {
  let last = 0;
  ring.forEach((edge, i) => {
    if (edge[2] >= (ring[last]?.[2] ?? 0)) last = i;
  });
  const edges = [...ring.slice(last + 1), ...ring.slice(0, last + 1)];
  const [first] = edges;
  return first === undefined ? [] : [first[0], ...edges.map(([, to]) => to)];
}

function sharpest(edge: AreaEdge, choices: readonly AreaEdge[]): AreaEdge | undefined {
  const back = Math.atan2(y(edge[0]) - y(edge[1]), x(edge[0]) - x(edge[1]));
  let best: AreaEdge | undefined;
  let smallest = Infinity;
  for (const choice of choices) {
    const ahead = Math.atan2(y(choice[1]) - y(choice[0]), x(choice[1]) - x(choice[0]));
    // Clockwise from where we came: the first edge met bounds the same inside.
    const around = (back - ahead + 4 * Math.PI) % (2 * Math.PI);
    if (around < smallest) [best, smallest] = [choice, around];
  }
  return best;
}

/** A ring that comes back to one of its corners as rings that do not. */
function simpleRings(ring: readonly Position[]): Position[][] {
  const rings: Position[][] = [];
  const path: Position[] = [];
  const at = new Map<string, number>();
  for (const position of ring) {
    const before = at.get(key(position));
    if (before !== undefined) {
      const loop = path.splice(before + 1);
      for (const left of loop) at.delete(key(left));
      rings.push([position, ...loop, position]);
      continue;
    }
    at.set(key(position), path.length);
    path.push(position);
  }
  return rings;
}

/** Without corners in the middle of a straight piece, which only the cutting made. */
function withoutStraights(ring: readonly Position[]): Position[] {
  const open = ring.slice(0, -1);
  const size = open.length;
  const corners = open.filter((at, i) => {
    const [before, after] = [open[(i + size - 1) % size] ?? at, open[(i + 1) % size] ?? at];
    return !isStraight(before, at, after);
  });
  const [first] = corners;
  return first === undefined ? [] : [...corners, first];
}

const STRAIGHT = 1e-14;

function isStraight(a: Position, b: Position, c: Position): boolean {
  const size = Math.abs(x(c) - x(a)) + Math.abs(y(c) - y(a));
  return Math.abs(turn(a, b, c)) <= STRAIGHT * size * size;
}

/** Undirected edges as the longest lines: joined where exactly two meet. */
function joinLines(edges: readonly Edge[]): Position[][] {
  const at = new Map<string, Edge[]>();
  for (const edge of edges) {
    for (const end of edge) at.set(key(end), [...(at.get(key(end)) ?? []), edge]);
  }
  const used = new Set<Edge>();
  const walk = (first: Edge, forward: boolean): Position[] => {
    const line: Position[] = forward ? [first[0], first[1]] : [first[1], first[0]];
    used.add(first);
    for (;;) {
      const end = line.at(-1) ?? first[1];
      const meeting = at.get(key(end)) ?? [];
      const next = meeting.find((edge) => !used.has(edge));
      if (meeting.length !== 2 || next === undefined) return line;
      used.add(next);
      line.push(key(next[0]) === key(end) ? next[1] : next[0]);
    }
  };
  const lines: Position[][] = [];
  for (const edge of edges) {
    if (used.has(edge)) continue;
    if (at.get(key(edge[0]))?.length !== 2) lines.push(walk(edge, true));
    else if (at.get(key(edge[1]))?.length !== 2) lines.push(walk(edge, false));
  }
  for (const edge of edges) if (!used.has(edge)) lines.push(walk(edge, true));
  return lines;
}
