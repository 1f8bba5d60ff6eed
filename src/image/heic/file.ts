import type { Handle, Pointer } from 'libheif-js/libheif-wasm/libheif.js';
import { Problem } from '../../problems.ts';
import { guarded, type Library, startLibrary } from './library.ts';
import type { Turn } from './turns.ts';

/** How a picture is cut: equal tiles, of which the last may reach over its edges. */
export interface Tiling {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** 8-bit interleaved samples in the decoder's memory; gone with the next call. */
export interface Tile {
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly data: Uint8Array;
}

/** Code points of ITU-T H.273. */
export interface Nclx {
  readonly primaries: number;
  readonly transfer: number;
}

/** The primary picture of a HEIF file. */
export interface HeifFile {
  /** Pixels before any turn. */
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly tiling: Tiling;
  /** What is still to be done to the pixels. */
  readonly turns: readonly Turn[];
  readonly profile?: Buffer;
  readonly nclx?: Nclx;
  /** Decodes one tile and hands it to `use`. @throws Problem `unreadable-image`, `unsupported-image-type` */
  tile(column: number, row: number, use: (tile: Tile) => void): void;
}

/** From heif_image.h: the colour space RGB, its interleaved forms, and the channel that holds them. */
const rgb = 1;
const interleaved = { 3: 10, 4: 11 } as const;
const channel = 10;

/**
 * Reads the boxes of a file; no pixel is decoded.
 * @param maxPixels the decoder refuses what claims more, in whichever box or parameter set
 * @throws Problem `unreadable-image`, `unsupported-image-type`, `image-too-large`
 */
export async function openHeif(encoded: Buffer, maxPixels: number): Promise<HeifFile> {
  const library = await startLibrary();
  return guarded(() => readFile(library, encoded, maxPixels));
}

function readFile(library: Library, encoded: Buffer, maxPixels: number): HeifFile {
  const { heif, out, word, call } = library;
  const context = heif._heif_context_alloc();
  limit(new DataView(heif.HEAPU8.buffer, heif._heif_context_get_security_limits(context)), maxPixels);
  const file = library.place(encoded);
  call((error) => heif._heif_context_read_from_memory_without_copy(error, context, file, encoded.length, 0));
  call((error) => heif._heif_context_get_primary_image_handle(error, context, out));
  const handle = word(out);
  const channels = heif._heif_image_handle_has_alpha_channel(handle) !== 0 ? 4 : 3;
  const turns = turnsOf(library, context, handle);
  // A crop among the turns: rare, and libheif (1.23) places turned tiles wrongly. It does it all itself then, on the whole picture.
  const layout = turns === undefined ? wholeLayout(library, handle) : tiledLayout(library, handle);
  const options = heif._heif_decoding_options_alloc();
  heif.HEAPU8[options + 1] = turns === undefined ? 0 : 1; // ignore_transformations
  const { columns, rows } = layout.tiling;
  if (!isPlain(library, context, handle, columns, rows)) throw new Problem('unsupported-image-type');

  return {
    ...layout,
    channels,
    turns: turns ?? [],
    ...colours(library, handle),
    tile: (column, row, use) => {
      const [space, chroma] = [rgb, interleaved[channels]];
      call((error) =>
        columns * rows === 1
          ? heif._heif_decode_image(error, handle, out, space, chroma, options)
          : heif._heif_image_handle_decode_image_tile(error, handle, out, space, chroma, options, column, row),
      );
      const image = word(out);
      const [width, height] = [heif._heif_image_get_width(image, channel), heif._heif_image_get_height(image, channel)];
      const start = heif._heif_image_get_plane_readonly(image, channel, out);
      use({ width, height, stride: word(out), data: heif.HEAPU8.subarray(start, start + word(out) * height) });
      heif._heif_image_release(image);
    },
  };
}

/**
 * One coded picture, or a grid of such. What is derived otherwise, an overlay above all, or grids of grids, no telephone writes, and it could make the decoder
 * work without end.
 */
function isPlain({ heif, out, word, call }: Library, context: Pointer, handle: Handle, columns: number, rows: number): boolean {
  const isCoded = (item: number) => heif._heif_item_get_item_type(context, item) === fourLetters('hvc1');
  const primary = heif._heif_image_handle_get_item_id(handle);
  if (heif._heif_item_get_item_type(context, primary) !== fourLetters('grid')) return isCoded(primary);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      call((error) => heif._heif_image_handle_get_grid_image_tile_id(error, handle, 0, column, row, out));
      if (!isCoded(word(out))) return false;
    }
  }
  return true;
}

type Layout = Pick<HeifFile, 'width' | 'height' | 'tiling'>;

/** One tile, as it is to be seen. */
function wholeLayout({ heif }: Library, handle: Handle): Layout {
  const [width, height] = [heif._heif_image_handle_get_width(handle), heif._heif_image_handle_get_height(handle)];
  return { width, height, tiling: { columns: 1, rows: 1, tileWidth: width, tileHeight: height } };
}

/** As it is stored. */
function tiledLayout({ heif, out, word, call }: Library, handle: Handle): Layout {
  call((error) => heif._heif_image_handle_get_image_tiling(error, handle, 0, out));
  const [columns, rows, tileWidth, tileHeight] = [word(out + 4), word(out + 8), word(out + 12), word(out + 16)];
  return { width: word(out + 20), height: word(out + 24), tiling: { columns, rows, tileWidth, tileHeight } };
}

/** @returns undefined where there is more than turns */
function turnsOf({ heif, out, word }: Library, context: Pointer, handle: Handle): readonly Turn[] | undefined {
  const item = heif._heif_image_handle_get_item_id(handle);
  const most = 16;
  const found = heif._heif_item_get_transformation_properties(context, item, out, most);
  const turns: Turn[] = [];
  for (let i = 0; i < Math.min(found, most); i++) {
    const property = word(out + 4 * i);
    const type = heif._heif_item_get_property_type(context, item, property);
    if (type === fourLetters('irot')) {
      turns.push({ kind: 'rotate', quarters: heif._heif_item_get_property_transform_rotation_ccw(context, item, property) / 90 });
    } else if (type === fourLetters('imir')) {
      turns.push({ kind: 'mirror', leftRight: heif._heif_item_get_property_transform_mirror(context, item, property) === 1 });
    } else {
      return undefined;
    }
  }
  return found > most ? undefined : turns;
}

function colours({ heif, out, word, call, place }: Library, handle: Handle): Pick<HeifFile, 'profile' | 'nclx'> {
  const bytes = heif._heif_image_handle_get_raw_color_profile_size(handle);
  if (bytes > 0) {
    const at = place(new Uint8Array(bytes));
    call((error) => heif._heif_image_handle_get_raw_color_profile(error, handle, at));
    return { profile: Buffer.from(heif.HEAPU8.subarray(at, at + bytes)) };
  }
  // Here an error means that there is none.
  heif._heif_image_handle_get_nclx_color_profile(out, handle, out + 12);
  const nclx = word(out + 12);
  return word(out) === 0 ? { nclx: { primaries: word(nclx + 4), transfer: word(nclx + 8) } } : {};
}

/** `heif_security_limits`, version 4 (heif_security.h): 64 bits each for the pixels of one picture, the bytes of one allocation and of all. */
function limit(limits: DataView, maxPixels: number): void {
  const bytes = BigInt(Math.max(8 * maxPixels, 64 * 1024 * 1024));
  limits.setBigUint64(8, BigInt(maxPixels), true);
  limits.setBigUint64(40, bytes, true);
  limits.setBigUint64(64, bytes, true);
}

const fourLetters = (name: string) => Buffer.from(name, 'latin1').readUInt32BE();
