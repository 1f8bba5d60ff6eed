import type { Tile, Tiling } from './file.ts';

const { max, min } = Math;

/**
 * The factor by which a picture is shrunk while its tiles are decoded: 8, 4, 2 or 1, the largest that leaves `maxSide` pixels of the long
 * side to the fine resampling after it, and that no tile's edge cuts through.
 */
export function shrinkFactor(width: number, height: number, tiling: Tiling, maxSide: number): number {
  const { columns, rows, tileWidth, tileHeight } = tiling;
  const cuts = (factor: number) => columns * rows > 1 && (tileWidth % factor !== 0 || tileHeight % factor !== 0);
  const fits = (factor: number) => max(width, height) >= factor * maxSide && !cuts(factor);
  return [8, 4, 2].find(fits) ?? 1;
}

/** A picture being put together from tiles: interleaved samples. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/**
 * Lays a tile onto a canvas that is `factor` times smaller, each pixel the mean of the square it stands for. What lies outside the picture is cut off.
 * @param width of the whole picture before it is shrunk, as is `height`
 * @param x place of the tile's corner in that picture, a multiple of the factor, as is `y`
 */
export function layTile(tile: Tile, canvas: Canvas, factor: number, width: number, height: number, x: number, y: number): void {
  const { channels, data } = canvas;
  const right = min(width, x + tile.width);
  const bottom = min(height, y + tile.height);
  for (let cellTop = y; cellTop < bottom; cellTop += factor) {
    const cellBottom = min(bottom, cellTop + factor);
    let to = ((cellTop / factor) * canvas.width + x / factor) * channels;
    for (let cellLeft = x; cellLeft < right; cellLeft += factor) {
      const cellRight = min(right, cellLeft + factor);
      const count = (cellRight - cellLeft) * (cellBottom - cellTop);
      for (let c = 0; c < channels; c++) {
        let sum = count >> 1;
        for (let v = cellTop - y; v < cellBottom - y; v++) {
          const end = v * tile.stride + (cellRight - x) * channels;
          for (let from = v * tile.stride + (cellLeft - x) * channels + c; from < end; from += channels) sum += tile.data[from] ?? 0;
        }
        data[to++] = sum / count;
      }
    }
  }
}
