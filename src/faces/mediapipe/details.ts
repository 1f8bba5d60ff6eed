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
   * @returns x and y of the middle and four points of the edge of each iris, first of the left eye in the picture
   */
  refine(features: Float32Array, mesh: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/** A part of the face, and two of its points that say how it is turned. */
interface Region {
  readonly name: string;
  readonly corners: readonly [from: number, to: number];
  readonly iris?: string;
}

const regions: readonly Region[] = [
  { name: 'left-eye', corners: [33, 133], iris: 'left-iris' },
  { name: 'right-eye', corners: [362, 263], iris: 'right-iris' },
  { name: 'lips', corners: [61, 291] },
];

/** Both eyes, five points each, x and y. */
const irisNumbers = 20;

/** @throws Error when the network's file is missing or wrong */
export async function openDetails(): Promise<Details> {
  const network = await openNetwork('details');
  const parts = regions.map((region) => ({ ...region, points: network.model.constants[region.name] ?? [] }));
  return {
    async refine(features, mesh) {
      const cuts = parts.map(({ name, corners, points }) => {
        const cut = cutOf(mesh, points, corners);
        sample(features, cut, network.values(`${name}-features`));
        return cut;
      });
      await network.run();
      const irises: number[] = [];
      parts.forEach(({ name, iris, points }, i) => {
        const cut = cuts[i];
        if (cut === undefined) return;
        const seen = network.values(name);
        points.forEach((index, k) => {
          mesh.set(back(cut, seen[2 * k] ?? 0, seen[2 * k + 1] ?? 0), 3 * index);
        });
        const ring = iris === undefined ? [] : network.values(iris);
        for (let k = 0; k < ring.length; k += 2) irises.push(...back(cut, ring[k] ?? 0, ring[k + 1] ?? 0));
      });
      return Float32Array.from({ length: irisNumbers }, (_, i) => irises[i] ?? 0);
    },
    close: () => network.close(),
  };
}
