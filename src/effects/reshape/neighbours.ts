import { leftEyeTriangles, mouthTriangles, rightEyeTriangles, skinTriangles } from '../../faces/mean-face.ts';
import { meshSize } from '../../faces/mesh.ts';
import { lazy } from '../lazy.ts';

/** The points beside each point of the mesh, one list after the other; `starts[i]` to `starts[i + 1]` are those of point i. */
const neighbours = lazy(() => {
  const sets = Array.from({ length: meshSize }, () => new Set<number>());
  for (const triangles of [skinTriangles, leftEyeTriangles, rightEyeTriangles, mouthTriangles]) {
    for (let t = 0; t < triangles.length; t += 3) {
      const three = [...triangles.subarray(t, t + 3)];
      for (const a of three) for (const b of three) if (a !== b) sets[a]?.add(b);
    }
  }
  const ends = Uint16Array.from({ length: meshSize + 1 });
  sets.forEach((set, i) => {
    ends[i + 1] = (ends[i] ?? 0) + set.size;
  });
  return { starts: ends, beside: Uint16Array.from(sets.flatMap((set) => [...set])) };
});

/**
 * Evens out what is told for each point of the mesh: each takes half of the mean of its neighbours, several times over.
 * @param values three numbers a point; overwritten
 */
export function evenOut(values: Float32Array, rounds: number): void {
  const { starts, beside } = neighbours();
  const before = new Float32Array(values.length);
  for (let round = 0; round < rounds; round++) {
    before.set(values);
    for (let i = 0; i < meshSize; i++) {
      const [from, to] = [starts[i] ?? 0, starts[i + 1] ?? 0];
      if (from === to) continue;
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let n = from; n < to; n++) sum += before[3 * (beside[n] ?? 0) + k] ?? 0;
        values[3 * i + k] = ((before[3 * i + k] ?? 0) + sum / (to - from)) / 2;
      }
    }
  }
}
