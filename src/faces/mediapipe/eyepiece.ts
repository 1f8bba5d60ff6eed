import type { Pixels } from '../../image/pixels.ts';
import { crop, type Frame, type Sampling } from '../crop.ts';
import { type Network, type Outputs, openNetwork } from './network.ts';

/** A network that looks at a square picture. */
export interface Eyepiece {
  readonly network: Network;
  /** Side of the square in pixels. */
  readonly side: number;
  /** Shows it what a frame holds; see `Network.run`. */
  look(picture: Pixels, frame: Frame, wanted?: readonly string[]): Promise<Outputs>;
  /** The same, and once more with left and right exchanged. */
  lookTwice(picture: Pixels, frame: Frame): Promise<readonly [Outputs, Outputs]>;
}

/** One sample a pixel however large the photo, as the networks were trained: more move the points of a face by 0.002 of the distance of its eyes. */
const mostSamples = 1;

/** @throws Error when the network's file is missing or wrong */
export async function openEyepiece(name: string): Promise<Eyepiece> {
  const network = await openNetwork(name);
  const [, , side = 0] = network.model.inputs.picture ?? [];
  const input = network.input('picture');
  const sampling: Sampling = { most: mostSamples, planar: true, range: network.model.range };
  return {
    network,
    side,
    look(picture, frame, wanted) {
      crop(picture, frame, side, input, sampling);
      return network.run(wanted);
    },
    async lookTwice(picture, frame) {
      crop(picture, frame, side, input, sampling);
      const image = input.slice();
      for (let row = 0; row < image.length; row += side) image.subarray(row, row + side).reverse();
      const seen = await network.run();
      input.set(image);
      image.fill(0);
      return [seen, await network.run()];
    },
  };
}
