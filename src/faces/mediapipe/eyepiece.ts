import type { Pixels } from '../../image/pixels.ts';
import { crop, type Frame, type Sampling } from '../crop.ts';
import { type Network, openNetwork } from './network.ts';

/** A network that looks at a square picture. */
export interface Eyepiece {
  readonly network: Network;
  /** Side of the square in pixels. */
  readonly side: number;
  /** Shows it what a frame holds; see `Network.values` for what it saw. */
  look(picture: Pixels, frame: Frame): Promise<void>;
}

/** Two samples a side, however large the photo: more are slower, and move the points of a face by less than the network's own noise. */
const mostSamples = 1;

/** @throws Error when the network's file is missing or wrong */
export async function openEyepiece(name: string): Promise<Eyepiece> {
  const network = await openNetwork(name);
  const [, , side = 0] = network.model.inputs.picture ?? [];
  const input = network.values('picture');
  const sampling: Sampling = { most: mostSamples, planar: true, range: network.model.range };
  return {
    network,
    side,
    look(picture, frame) {
      crop(picture, frame, side, input, sampling);
      return network.run();
    },
  };
}
