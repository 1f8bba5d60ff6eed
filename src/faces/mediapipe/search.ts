import type { Pixels } from '../../image/pixels.ts';
import type { Frame } from '../crop.ts';
import { blend, type Candidate, distinct, type Grid, readCandidates } from './candidates.ts';
import { openEyepiece } from './eyepiece.ts';

/** Looks for faces. Each look takes about 2 ms. */
export interface Search {
  /** Faces large and small in the whole picture, by falling score, in its pixels. */
  glance(picture: Pixels): Promise<readonly Candidate[]>;
  /** Faces that are too small for that, in overlapping parts of the picture: two that see half as much again, or six that see twice as much. */
  comb(picture: Pixels, parts: 2 | 6): Promise<readonly Candidate[]>;
  /** Faces that all lie on one side or stand on their heads, whichever looks more like faces. */
  turn(picture: Pixels): Promise<readonly Candidate[]>;
  /** How much like a face a candidate is from close by, 0 to 1. */
  inspect(picture: Pixels, candidate: Candidate): Promise<number>;
  close(): Promise<void>;
}

/** A detector and what it needs: its anchors, and the lowest score that counts. Low: what is no face is found out later, what is missed here is lost. */
interface Finder {
  readonly name: string;
  readonly grids: readonly Grid[];
  readonly minScore: number;
}

/** Best with faces that fill the picture, as in a selfie. */
const nearFinder: Finder = {
  name: 'faces-near',
  grids: [
    { cells: 16, anchors: 2 },
    { cells: 8, anchors: 6 },
  ],
  minScore: 0.4,
};

/** Best with all that are smaller. */
const farFinder: Finder = { name: 'faces-far', grids: [{ cells: 48, anchors: 1 }], minScore: 0.3 };

/** What the near finder says of faces smaller than this part of the picture is rough. */
const nearSide = 0.2;

/** Sides of the frame over those of a candidate when it is inspected, and the lowest score that still says something then. */
const closeUp = 2;
const minClose = 0.05;

/** @throws Error when a network's file is missing or wrong */
export async function openSearch(): Promise<Search> {
  const [near, far] = [await open(nearFinder), await open(farFinder)];

  async function both(picture: Pixels, frame: Frame): Promise<readonly Candidate[]> {
    const small = await far.look(picture, frame);
    const large = await near.look(picture, frame);
    const least = nearSide * Math.max(picture.width, picture.height);
    return distinct([...small, ...large.filter(({ side }) => side > least)]);
  }

  return {
    glance: (picture) => both(picture, whole(picture)),
    async comb(picture, count) {
      const found: Candidate[] = [];
      for (const frame of parts(picture, count)) found.push(...(await far.look(picture, frame)));
      return distinct(found);
    },
    async turn(picture) {
      const { x, y, width, height } = whole(picture);
      const ways = [
        await both(picture, { x, y, width: height, height: width, roll: Math.PI / 2 }),
        await both(picture, { x, y, width: height, height: width, roll: -Math.PI / 2 }),
        await both(picture, { x, y, width, height, roll: Math.PI }),
      ];
      const best = (found: readonly Candidate[]) => found[0]?.score ?? 0;
      return ways.reduce((one, other) => (best(other) > best(one) ? other : one));
    },
    async inspect(picture, { x, y, side, eyes: [left, right] }) {
      const roll = Math.atan2(right[1] - left[1], right[0] - left[0]);
      const frame: Frame = { x, y, width: closeUp * side, height: closeUp * side, roll };
      const seen = await near.look(picture, frame, minClose);
      const same = seen.filter((one) => Math.hypot(one.x - x, one.y - y) < side / 2 && one.side > side / 2 && one.side < 2 * side);
      return Math.max(0, ...same.map(({ score }) => score));
    },
    async close() {
      await near.close();
      await far.close();
    },
  };
}

/** A finder with its network loaded. */
async function open({ name, grids, minScore }: Finder) {
  const { network, side, look } = await openEyepiece(name);
  return {
    async look(picture: Pixels, frame: Frame, least = minScore): Promise<readonly Candidate[]> {
      const seen = await look(picture, frame);
      return blend(readCandidates(seen('faces'), grids, side, frame, least));
    },
    close: () => network.close(),
  };
}

function whole({ width, height }: Pixels): Frame {
  return { x: width / 2, y: height / 2, width, height, roll: 0 };
}

/** Length of a part over the distance to the next: a face on the border of one is whole in another. */
const overlapping = 1.5;

/** Parts along the longer side: two, or three in two rows. */
function parts({ width, height }: Pixels, count: 2 | 6): readonly Frame[] {
  const [along, across] = count === 2 ? [2, 1] : [3, 2];
  const [columns, rows] = width > height ? [along, across] : [across, along];
  const size = (length: number, many: number) => (length * overlapping) / (many - 1 + overlapping);
  const [partWidth, partHeight] = [size(width, columns), size(height, rows)];
  const place = (i: number, many: number, length: number, part: number) => part / 2 + (i * (length - part)) / Math.max(1, many - 1);
  return Array.from({ length: count }, (_, i) => ({
    x: place(i % columns, columns, width, partWidth),
    y: place(Math.floor(i / columns), rows, height, partHeight),
    width: partWidth,
    height: partHeight,
    roll: 0,
  }));
}
