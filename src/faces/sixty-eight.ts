import type { Point } from './face.ts';
import { shares } from './sixty-eight-table.ts';

/**
 * The 68 points of iBUG that a mesh of 468 implies. Against face-api's network of 68, on photos that the table was not fitted on, half of all faces
 * are nearer than (in distances of the eyes) 0.084 on the jaw, 0.041 on the brows, 0.041 on the nose, 0.041 on the eyes, 0.035 on the mouth; with
 * the single nearest points of the mesh it is 0.129, 0.056, 0.056, 0.042, 0.041. `node scripts/models/sixty-eight.mjs` measures it anew.
 */
export function landmarksOf(mesh: Float32Array): readonly Point[] {
  return shares.map((row): Point => {
    let x = 0;
    let y = 0;
    for (const [vertex, share] of row) {
      x += share * (mesh[3 * vertex] ?? 0);
      y += share * (mesh[3 * vertex + 1] ?? 0);
    }
    return [x, y];
  });
}
