import { between } from '../raster/packed.ts';
import type { Area } from '../raster/picture.ts';
import { type Bend, bendCell } from './bend.ts';
import type { Layer } from './scene.ts';

const { max, min } = Math;

/** Below this, pixels, nothing is seen to move. */
const unmoved = 0.04;

/** A row of pixels of the frame, as far as something moves there or a face is laid. Each step goes over all of it, in a loop so small that it is compiled soon. */
export interface Moving {
  /** Two floats a node of the bend. */
  readonly ways: Float32Array;
  /** Places that change, pixels from the left of the frame. */
  readonly spots: Int32Array;
  /** Where in the scene at rest each of them takes what is there from, 256ths of a pixel: layers lie at whole pixels, so the parts are the same for all. */
  readonly fromX: Int32Array;
  readonly fromY: Int32Array;
  /** What the moving layers show there, packed pixels. */
  readonly front: Int32Array;
  readonly behind: Int32Array;
}

export function movingIn(bend: Bend, frame: Area): Moving {
  const words = (): Int32Array => new Int32Array(frame.width);
  return { ways: new Float32Array(bend.width * 2), spots: words(), fromX: words(), fromY: words(), front: words(), behind: words() };
}

/** Fills in the ways of a row of pixels. @returns false where none moves */
export function readWays({ area, width, height, data }: Bend, y: number, { ways }: Moving): boolean {
  const fy = min((y + 0.5 - area.y) / bendCell, height - 1.001);
  const upper = fy | 0;
  const v = fy - upper;
  const a = 2 * upper * width;
  const b = a + 2 * width;
  let any = false;
  for (let i = 0; i < ways.length; i++) {
    const way = (data[a + i] ?? 0) * (1 - v) + (data[b + i] ?? 0) * v;
    ways[i] = way;
    if (way > unmoved || way < -unmoved) any = true;
  }
  return any;
}

/** Finds the places that change. @param faces packed pixels, 0 where none is laid @returns how many */
export function findSpots({ ways, spots, fromX, fromY }: Moving, faces: Int32Array, frame: Area, y: number): number {
  const left = frame.x | 0;
  let count = 0;
  for (let start = 0, n = 0; start < frame.width; start += bendCell, n += 2) {
    const ax = ways[n] ?? 0;
    const ay = ways[n + 1] ?? 0;
    const stepX = ((ways[n + 2] ?? 0) - ax) / bendCell;
    const stepY = ((ways[n + 3] ?? 0) - ay) / bendCell;
    const end = min(start + bendCell, frame.width);
    let dx = ax + 0.5 * stepX;
    let dy = ay + 0.5 * stepY;
    for (let i = start; i < end; i++, dx += stepX, dy += stepY) {
      const moved = dx > unmoved || dx < -unmoved || dy > unmoved || dy < -unmoved;
      if (!moved && faces[i] === 0) continue;
      spots[count] = i;
      fromX[count] = ((left + i + dx) * 256 + 0.5) | 0;
      fromY[count] = ((y + dy) * 256 + 0.5) | 0;
      count++;
    }
  }
  return count;
}

/** Samples the layer in front of the faces. */
export function sampleFront({ area, data }: Layer, { fromX, fromY, front }: Moving, count: number): void {
  // Whole numbers to the engine too, see `Area`.
  const left = area.x | 0;
  const top = area.y | 0;
  const width = area.width | 0;
  const height = area.height | 0;
  for (let n = 0; n < count; n++) front[n] = sampled(data, left, top, width, height, fromX[n] ?? 0, fromY[n] ?? 0);
}

/** Samples the layer behind the faces, where neither they nor the one in front hide it. */
export function sampleBehind(
  { area, data }: Layer,
  { spots, fromX, fromY, front, behind }: Moving,
  faces: Int32Array,
  count: number,
): void {
  const left = area.x | 0;
  const top = area.y | 0;
  const width = area.width | 0;
  const height = area.height | 0;
  for (let n = 0; n < count; n++) {
    if ((front[n] ?? 0) >>> 24 === 255 || (faces[spots[n] ?? 0] ?? 0) >>> 24 === 255) continue;
    behind[n] = sampled(data, left, top, width, height, fromX[n] ?? 0, fromY[n] ?? 0);
  }
}

/**
 * A layer between its pixels; clear outside, but where the layer ends with the scene it goes on for a pixel.
 * @param left @param top @param width @param height of the layer
 * @param gx @param gy place in the scene, 256ths of a pixel
 */
function sampled(data: Int32Array, left: number, top: number, width: number, height: number, gx: number, gy: number): number {
  const x = (gx >> 8) - left;
  const y = (gy >> 8) - top;
  if (x >= 0 && y >= 0 && x < width - 1 && y < height - 1) return between(data, y * width + x, width, gx & 255, gy & 255);
  if (x < -1 || y < -1 || x >= width || y >= height || width < 2 || height < 2) return 0;
  const column = min(max(x, 0), width - 2);
  const row = min(max(y, 0), height - 2);
  const u = x < 0 ? 0 : x > column ? 256 : gx & 255;
  const v = y < 0 ? 0 : y > row ? 256 : gy & 255;
  return between(data, row * width + column, width, u, v);
}
