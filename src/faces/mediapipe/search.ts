import type { Pixels } from '../../image/pixels.ts';
import type { Frame } from '../crop.ts';
import { blend, type Candidate, type Grid, readCandidates } from './candidates.ts';
import { type Network, openNetwork } from './network.ts';
import { place } from './place.ts';

/** Looks for faces. */
export interface Search {
  /** @returns by falling score, in pixels of the picture */
  find(picture: Pixels): Promise<readonly Candidate[]>;
  close(): Promise<void>;
}

/** A face that fills the picture, as in a selfie. */
const nearGrids: readonly Grid[] = [
  { cells: 16, anchors: 2 },
  { cells: 8, anchors: 6 },
];

/** Faces across a room. */
const farGrids: readonly Grid[] = [{ cells: 48, anchors: 1 }];

const minScore = 0.5;

export async function openSearch(): Promise<Search> {
  const [near, far] = [await openNetwork('faces-near'), await openNetwork('faces-far')];

  async function look(network: Network, grids: readonly Grid[], picture: Pixels, frame: Frame, into: Candidate[]): Promise<void> {
    place(picture, frame, network);
    await network.run();
    readCandidates(network.output('faces'), grids, network.side, frame, minScore, into);
  }

  return {
    async find(picture) {
      const { width, height } = picture;
      const whole: Frame = { x: width / 2, y: height / 2, width, height, roll: 0 };
      const found: Candidate[] = [];
      await look(far, farGrids, picture, whole, found);
      await look(near, nearGrids, picture, whole, found);
      return blend(found);
    },
    async close() {
      await near.close();
      await far.close();
    },
  };
}
