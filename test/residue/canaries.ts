import { randomBytes } from 'node:crypto';
import { canaryOf } from '../../src/drill/canary.ts';
import { type Marks, needlesOf } from '../../src/drill/marks.ts';

/** A marked photo of one case. */
export interface Canary {
  readonly name: string;
  readonly marks: Marks;
  readonly file: Uint8Array<ArrayBuffer>;
}

/** Knows what to look for. */
export interface Finder {
  /** One byte less than the longest thing it looks for. */
  readonly overlap: number;
  /** Tells whose every mark is that stands in these bytes; '?' for one that is torn. */
  find(bytes: Buffer, tell: (name: string) => void): void;
}

/**
 * The canaries of a run. Their marks begin alike, so that one pass through memory looks for all of them and then says whose each find is. The
 * beginnings are random: nothing outside this process and the canaries has them.
 */
export interface Aviary extends Finder {
  /** @param photo an encoded picture */
  canary(name: string, photo: Buffer): Promise<Canary>;
}

const textHead = 24;
const pixelHead = 12;

export function openAviary(): Aviary {
  const text = randomBytes(textHead / 2).toString('hex');
  const pixels = randomBytes(pixelHead);
  const known: { readonly name: string; readonly needles: readonly Buffer[] }[] = [];
  const heads = needlesOf({ text: Buffer.from(text), pixels });
  return {
    async canary(name, photo) {
      const marks = {
        text: Buffer.from(text + randomBytes(12).toString('hex')),
        pixels: Buffer.concat([pixels, randomBytes(36)]),
      };
      known.push({ name, needles: needlesOf(marks) });
      return { name, marks, file: Uint8Array.from(await canaryOf(photo, marks)) };
    },
    overlap: 63,
    find(bytes, tell) {
      heads.forEach((head, form) => {
        for (let at = bytes.indexOf(head); at >= 0; at = bytes.indexOf(head, at + 1)) {
          const whose = known.find(({ needles }) => {
            const needle = needles[form];
            return needle !== undefined && bytes.subarray(at, at + needle.length).equals(needle);
          });
          tell(whose?.name ?? '?');
        }
      });
    },
  };
}
