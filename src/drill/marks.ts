import { createHmac } from 'node:crypto';

/** What a canary photo carries, and what is looked for when it is gone: both are made from one seed, so that nobody has to hand the marks around. */
export interface Marks {
  /** 48 bytes of text that stand in the file, outside the picture. */
  readonly text: Buffer;
  /** 16 pixels of three bytes that repeat over a corner of the picture. */
  readonly pixels: Buffer;
}

/** @param seed 32 random bytes; it tells nothing of the marks to who finds it in memory, and cannot be mistaken for them */
export function marksOf(seed: Uint8Array): Marks {
  const derive = (name: string) => createHmac('sha384', seed).update(name).digest();
  return { text: Buffer.from(derive('text').subarray(0, 24).toString('hex')), pixels: derive('pixels') };
}

/** The forms in which a mark may stand in memory: as it is, and pixels with an opaque fourth channel. */
export function needlesOf({ text, pixels }: Marks): readonly Buffer[] {
  const opaque = Buffer.alloc((pixels.length / 3) * 4, 255);
  for (let i = 0; i < pixels.length / 3; i++) pixels.copy(opaque, 4 * i, 3 * i, 3 * i + 3);
  return [text, pixels, opaque];
}
