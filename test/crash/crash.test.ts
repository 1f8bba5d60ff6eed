import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { selfie } from '../kit/photos.ts';
import { openRig, type Point, type Rig } from './crash.ts';

/** A sample of `npm run crash`: a point of each kind, among them those where two of three writes of a commit are on the disk. */
const sample: readonly (Point & { readonly leaves: string })[] = [
  // The photo's `received` is written but not signed: it never was.
  { phase: 'job', process: 'supervisor', dies: 'service', call: 'pwrite64', nth: 1, file: 'data/last-signed', leaves: '0 sealed, 0 open' },
  // It is signed and not shown.
  { phase: 'job', process: 'supervisor', dies: 'service', call: 'rename', nth: 1, file: 'data/ledger/checkpoint.tmp', leaves: 'open' },
  // Half a photo, sealed under a key that two processes had.
  { phase: 'job', process: 'receiver', dies: 'service', call: 'openat', nth: 1, file: 'vault/*.in', leaves: '1 sealed, 1 open' },
  { phase: 'job', process: 'receiver', dies: 'process', call: 'close', nth: 1, file: 'vault/*.in', leaves: '0 sealed, 0 open' },
  { phase: 'job', process: 'darkroom', dies: 'process', call: 'openat', nth: 1, file: 'vault/*.in', leaves: '0 sealed, 0 open' },
  // The photo is gone, its result is not; all is gone, and the books do not say so yet.
  { phase: 'job', process: 'supervisor', dies: 'service', call: 'unlink', nth: 2, file: 'vault/*.out', leaves: '1 sealed, 1 open' },
  { phase: 'job', process: 'supervisor', dies: 'service', call: 'pwrite64', nth: 2, file: 'data/last-signed', leaves: '0 sealed, 1 open' },
];

describe('a service killed in a system call', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = openRig(await selfie(400));
  });
  afterAll(() => rig.dispose());

  it.each(sample)(
    'accounts for it: $process, $call $nth on $file',
    async ({ leaves, ...point }) => {
      const { hit, left, wrong } = await rig.crash(point);
      expect(hit).toMatchObject({ name: point.call, file: point.file });
      expect(`${left.sealed.length} sealed, ${left.open.length} open`).toContain(leaves);
      expect(wrong).toEqual([]);
    },
    60_000,
  );
});
