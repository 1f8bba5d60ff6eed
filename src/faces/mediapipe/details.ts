import { openNetwork } from './network.ts';
import { back, cutOf, sample } from './transformer.ts';

/**
 * The second half of the attention mesh (arXiv:2006.10962): lips and eyes, each with its surroundings, are cut out of the features of the first
 * half, upright and always equally large, and looked at once more.
 */
export interface Details {
  /**
   * @param features of the first half, `32 × 48 × 48`
   * @param mesh x, y, z of 468 points in pixels of the first half's picture; x and y of the points of lips, lids and brows are replaced
   */
  refine(features: Float32Array, mesh: Float32Array): Promise<void>;
  close(): Promise<void>;
}

/** A part of the face, and two of its points that say how it is turned. */
interface Region {
  readonly name: string;
  readonly corners: readonly [from: number, to: number];
}

const regions: readonly Region[] = [
  { name: 'left-eye', corners: [33, 133] },
  { name: 'right-eye', corners: [362, 263] },
  { name: 'lips', corners: [61, 291] },
];

/** @throws Error when the network's file is missing or wrong */
export async function openDetails(): Promise<Details> {
  const network = await openNetwork('details');
  const parts = regions.map((region) => ({ ...region, points: network.model.constants[region.name] ?? [] }));
  return {
    async refine(features, mesh) {
      const cuts = parts.map(({ name, corners, points }) => {
        const cut = cutOf(mesh, points, corners);
        sample(features, cut, network.input(`${name}-features`));
        return cut;
      });
      const seen = await network.run();
      parts.forEach(({ name, points }, i) => {
        const cut = cuts[i];
        const places = seen(name);
        if (cut !== undefined)
          points.forEach((index, k) => void mesh.set(back(cut, places[2 * k] ?? 0, places[2 * k + 1] ?? 0), 3 * index));
      });
    },
    close: () => network.close(),
  };
}
