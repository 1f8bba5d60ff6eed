import { Problem } from '../../problems.ts';
import { type HeifFile, openHeif } from './file.ts';
import { profileOf } from './profile.ts';
import { layTile, shrinkFactor } from './shrink.ts';
import { blankTiff } from './tiff.ts';
import { orientationOf } from './turns.ts';

/** A HEIC file that was opened: its header is read, no pixel is decoded. */
export interface Heic {
  /** Pixels of the upright picture. What its EXIF says of orientation does not count (ISO 23008-12, 6.5.10): `irot` and `imir` do. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation that means the same as `irot` and `imir`. */
  readonly orientation: number;
  /** Whether it is decoded as one piece, and so costs the memory of the whole picture. Telephones write tiles. */
  readonly whole: boolean;
  /**
   * Decodes tile by tile; each is shrunk and forgotten before the next one, so the peak is one tile and the small picture.
   * @param maxSide the result's long side is at least this, where the picture's is; left out: not shrunk at all
   * @returns an uncompressed TIFF with the picture's colour profile and orientation
   * @throws Problem `unreadable-image`, `unsupported-image-type`
   */
  toTiff(maxSide?: number): Buffer;
}

/** @throws Problem `unreadable-image`, `unsupported-image-type`, `image-too-large` */
export async function openHeic(encoded: Buffer, maxPixels: number): Promise<Heic> {
  const file = await openHeif(encoded, maxPixels);
  const orientation = orientationOf(file.turns);
  const [width, height] = orientation < 5 ? [file.width, file.height] : [file.height, file.width];
  const whole = file.tiling.columns * file.tiling.rows === 1;
  return { width, height, orientation, whole, toTiff: (maxSide = Number.POSITIVE_INFINITY) => toTiff(file, orientation, maxSide) };
}

function toTiff(file: HeifFile, orientation: number, maxSide: number): Buffer {
  const { width, height, channels, tiling } = file;
  const { columns, rows, tileWidth, tileHeight } = tiling;
  // As few tiles as cover the picture: none is missing, and none is decoded in vain.
  const covers = (count: number, tile: number, whole: number) => count * tile >= whole && (count - 1) * tile < whole;
  if (!covers(columns, tileWidth, width) || !covers(rows, tileHeight, height)) throw new Problem('unreadable-image');
  const factor = shrinkFactor(width, height, tiling, maxSide);
  const small = { width: Math.ceil(width / factor), height: Math.ceil(height / factor), channels, orientation };
  const tiff = blankTiff(small, file.profile ?? (file.nclx && profileOf(file.nclx)));
  const canvas = { ...small, data: tiff.pixels };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      file.tile(column, row, (tile) => layTile(tile, canvas, factor, width, height, column * tileWidth, row * tileHeight));
    }
  }
  return tiff.file;
}
