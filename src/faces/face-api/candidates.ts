import type { Box } from '../face.ts';

/** A box that may hold a face. It may reach past the edges. */
export interface Candidate {
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
}

/** More than this of one box shared with a better one (intersection over union), and it is the same face. */
const sameFace = 0.5;

/** Maps of features of the whole square, fine to coarse: cells a side, and anchors in each cell. Their anchors follow each other row by row. */
const maps = [
  { cells: 32, anchors: 3 },
  { cells: 16, anchors: 6 },
  { cells: 8, anchors: 6 },
  { cells: 4, anchors: 6 },
  { cells: 2, anchors: 6 },
  { cells: 1, anchors: 6 },
] as const;

/**
 * Turns what the heads of the SSD say about its anchors into boxes, and keeps the best of those that mean the same face.
 * @param boxes for each map four numbers an anchor: shift of the centre (y, x) in tenths and logarithm of the size (height, width) in fifths of
 *   the anchor's own
 * @param classes for each map three numbers an anchor: background, face, unused
 * @param anchors four shares of the square an anchor (top, left, bottom, right), all maps one after the other
 * @param part how much of the square's side the network saw, 1 or 1/2: then these are the maps of its upper left quarter
 * @returns by falling score; equal scores in the order of the anchors, so that the same picture always gives the same list
 */
export function candidates(
  boxes: readonly Float32Array[],
  classes: readonly Float32Array[],
  anchors: Float32Array,
  part: number,
  minScore: number,
): readonly Candidate[] {
  const found: Candidate[] = [];
  let first = 0;
  maps.forEach(({ cells, anchors: each }, map) => {
    const [shifts, logits, seen] = [boxes[map] ?? new Float32Array(), classes[map] ?? new Float32Array(), cells * part];
    // The coarsest map has no half.
    for (let i = 0; Number.isInteger(seen) && i < seen * seen * each; i += 1) {
      const score = 1 / (1 + Math.exp(-(logits[3 * i + 1] ?? 0)));
      if (score <= minScore) continue;
      const cell = Math.floor(i / each);
      const anchor = first + 4 * (i + Math.floor(cell / seen) * (cells - seen) * each);
      found.push({ score, box: boxOf(shifts.subarray(4 * i, 4 * i + 4), anchors.subarray(anchor, anchor + 4)) });
    }
    first += 4 * cells * cells * each;
  });
  return best(found);
}

/** The best of those that mean the same face, by falling score. */
export function best(found: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of [...found].sort((a, b) => b.score - a.score)) {
    if (kept.every(({ box }) => overlap(box, candidate.box) <= sameFace)) kept.push(candidate);
  }
  return kept;
}

function boxOf(shift: Float32Array, anchor: Float32Array): Box {
  const [top = 0, left = 0, bottom = 0, right = 0] = anchor;
  const [dy = 0, dx = 0, dh = 0, dw = 0] = shift;
  const [anchorWidth, anchorHeight] = [right - left, bottom - top];
  const [width, height] = [Math.exp(dw / 5) * anchorWidth, Math.exp(dh / 5) * anchorHeight];
  const [x, y] = [left + anchorWidth / 2 + (dx / 10) * anchorWidth, top + anchorHeight / 2 + (dy / 10) * anchorHeight];
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Intersection over union of two boxes. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}
