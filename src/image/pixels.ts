/**
 * A picture in memory: sRGB, 8 bits a channel, row-major, interleaved, straight (not premultiplied) alpha.
 * `data.length === width * height * channels`. Alpha 0 is clear, 255 opaque.
 */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8ClampedArray;
}
