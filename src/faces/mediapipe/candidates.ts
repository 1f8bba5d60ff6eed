import { type Frame, uncrop } from '../crop.ts';
import type { Point } from '../face.ts';

/** A place where a face may be, in pixels of the picture. */
export interface Candidate {
  /** Centre and side of a square from brow to chin. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** Where the eyes are thought to be, left one of the picture first. */
  readonly eyes: readonly [Point, Point];
  /** 0 to 1. */
  readonly score: number;
}

/** A grid of cells over the square, each with so many anchors: guesses at the middle of the cell, all of one size. */
export interface Grid {
  readonly cells: number;
  readonly anchors: number;
}

/** Numbers an anchor: a score, a box (centre, width, height), and six points, eyes first, as shifts from the anchor in pixels of the square. */
const stride = 17;

/** Scores are logits; beyond this their exponential is of no use. */
const mostLogit = 80;

/**
 * Reads what a detector says of its anchors (BlazeFace, arXiv:1907.05047, section 3.2).
 * @param faces 17 numbers an anchor, grid after grid, row by row
 * @param side of the square in pixels
 * @param frame what the square shows
 */
export function readCandidates(
  faces: Float32Array,
  grids: readonly Grid[],
  side: number,
  frame: Frame,
  minScore: number,
): readonly Candidate[] {
  const found: Candidate[] = [];
  const minLogit = Math.log(minScore / (1 - minScore));
  const scale = Math.max(frame.width, frame.height);
  let at = 0;
  for (const { cells, anchors } of grids) {
    for (let anchor = 0; anchor < cells * cells * anchors; anchor += 1, at += stride) {
      const logit = faces[at] ?? 0;
      if (logit < minLogit) continue;
      const cell = Math.floor(anchor / anchors);
      const [u, v] = [((cell % cells) + 0.5) / cells, (Math.floor(cell / cells) + 0.5) / cells];
      const point = (offset: number) => uncrop(frame, u + (faces[at + offset] ?? 0) / side, v + (faces[at + offset + 1] ?? 0) / side);
      const [x, y] = point(1);
      const size = (Math.max(faces[at + 3] ?? 0, faces[at + 4] ?? 0) / side) * scale;
      found.push({ x, y, side: size, eyes: [point(5), point(7)], score: 1 / (1 + Math.exp(-Math.min(logit, mostLogit))) });
    }
  }
  return found;
}

/** More than this shared with a better one (intersection over union), and it is the same face. */
const sameFace = 0.3;

/**
 * One candidate a face: the neighbours of the best one are averaged with it, weighted by their scores (BlazeFace, section 3.4).
 * @returns by falling score
 */
export function blend(found: readonly Candidate[]): readonly Candidate[] {
  const rest = [...found].sort((a, b) => b.score - a.score);
  const blended: Candidate[] = [];
  for (let best = rest.shift(); best !== undefined; best = rest.shift()) {
    const group = [best];
    for (let i = rest.length - 1; i >= 0; i -= 1) {
      const other = rest[i];
      if (other !== undefined && overlap(best, other) > sameFace) group.push(...rest.splice(i, 1));
    }
    blended.push(mean(group, best.score));
  }
  return blended;
}

/** The best of those that mean the same face, by falling score; unlike `blend` for looks from different frames, which see it differently well. */
export function distinct(found: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const one of [...found].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(one, other) <= sameFace && !inside(one, other))) kept.push(one);
  }
  return kept;
}

/** Whether the middle of one lies deep in the other, as that of a nose found as a face does. */
function inside(one: Candidate, other: Candidate): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) < 0.3 * Math.max(one.side, other.side);
}

function mean(group: readonly Candidate[], score: number): Candidate {
  const total = group.reduce((sum, one) => sum + one.score, 0);
  const of = (read: (one: Candidate) => number) => group.reduce((sum, one) => sum + one.score * read(one), 0) / total;
  const eye = (i: 0 | 1): Point => [of(({ eyes }) => eyes[i][0]), of(({ eyes }) => eyes[i][1])];
  return { x: of(({ x }) => x), y: of(({ y }) => y), side: of(({ side }) => side), eyes: [eye(0), eye(1)], score };
}

/** Intersection over union of two squares. */
export function overlap(a: Candidate, b: Candidate): number {
  const across = (a.side + b.side) / 2 - Math.abs(a.x - b.x);
  const down = (a.side + b.side) / 2 - Math.abs(a.y - b.y);
  const shared = Math.max(0, Math.min(across, a.side, b.side)) * Math.max(0, Math.min(down, a.side, b.side));
  return shared / (a.side * a.side + b.side * b.side - shared);
}
