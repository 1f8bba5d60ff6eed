import type { Pixels } from '../../image/pixels.ts';
import type { Frame } from '../crop.ts';
import { blend, type Candidate, distinct, type Grid, readCandidates } from './candidates.ts';
import { type Eyepiece, openEyepiece } from './eyepiece.ts';

/** Looks for faces. Each look takes about 2 ms. */
export interface Search {
  /** Faces large and small in the whole picture, by falling score, in its pixels. */
  glance(picture: Pixels): Promise<readonly Candidate[]>;
  /** Faces that are too small for that, in overlapping parts of the picture: two that see half as much again, or six that see twice as much. */
  comb(picture: Pixels, parts: 2 | 6): Promise<readonly Candidate[]>;
  /** Faces that lie or stand on their heads. */
  turn(picture: Pixels): Promise<readonly Candidate[]>;
  /** How much like a face a candidate is from close by, 0 to 1. */
  inspect(picture: Pixels, candidate: Candidate): Promise<number>;
  close(): Promise<void>;
}

/** Two networks: one is best with faces that fill the picture as in a selfie, the other with all that are smaller. */
const nearGrids: readonly Grid[] = [
  { cells: 16, anchors: 2 },
  { cells: 8, anchors: 6 },
];
const farGrids: readonly Grid[] = [{ cells: 48, anchors: 1 }];

/** Low: what is no face is found out later, what is missed here is lost. */
const minFar = 0.3;
const minNear = 0.4;

/** Faces larger than this part of the picture are left to the near network; what it says of smaller ones is rough. */
const nearSide = 0.2;

/** Sides of the frame over those of a candidate when it is inspected. */
const closeUp = 2;

export async function openSearch(): Promise<Search> {
  const [near, far] = [await openEyepiece('faces-near'), await openEyepiece('faces-far')];

  async function look({ look, network, side }: Eyepiece, picture: Pixels, frame: Frame, minScore: number): Promise<readonly Candidate[]> {
    await look(picture, frame);
    const found: Candidate[] = [];
    readCandidates(network.values('faces'), network === far.network ? farGrids : nearGrids, side, frame, minScore, found);
    return blend(found);
  }

  async function both(picture: Pixels, frame: Frame): Promise<readonly Candidate[]> {
    const small = await look(far, picture, frame, minFar);
    const large = await look(near, picture, frame, minNear);
    const least = nearSide * Math.max(picture.width, picture.height);
    return distinct([...small, ...large.filter(({ side }) => side > least)]);
  }

  return {
    glance: (picture) => both(picture, whole(picture)),
    async comb(picture, count) {
      const found: Candidate[] = [];
      for (const frame of parts(picture, count)) found.push(...(await look(far, picture, frame, minFar)));
      return distinct(found);
    },
    async turn(picture) {
      const found: Candidate[] = [];
      for (const roll of [Math.PI / 2, -Math.PI / 2, Math.PI]) {
        const { x, y, width, height } = whole(picture);
        const [across, down] = roll === Math.PI ? [width, height] : [height, width];
        found.push(...(await both(picture, { x, y, width: across, height: down, roll })));
      }
      return distinct(found);
    },
    async inspect(picture, { x, y, side, eyes: [left, right] }) {
      const roll = Math.atan2(right[1] - left[1], right[0] - left[0]);
      const frame: Frame = { x, y, width: closeUp * side, height: closeUp * side, roll };
      const seen = await look(near, picture, frame, 0.05);
      const same = seen.filter((one) => Math.hypot(one.x - x, one.y - y) < side / 2 && one.side > side / 2 && one.side < 2 * side);
      return Math.max(0, ...same.map(({ score }) => score));
    },
    async close() {
      await near.network.close();
      await far.network.close();
    },
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
