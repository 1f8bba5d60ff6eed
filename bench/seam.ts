import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Region } from 'sharp';
import { contourOf } from '../src/effects/measures/contour.ts';
import { seam } from '../src/effects/measures/seam.ts';
import { viewOf } from '../src/effects/measures/view.ts';
import type { Mask } from '../src/effects/raster/picture.ts';
import { solvePoisson } from '../src/effects/raster/poisson.ts';
import { samplePhoto } from '../test/kit/photos.ts';
import { spread } from './stats.ts';
import { temporaryFolder } from './temporary.ts';

/**
 * `node .build/bench/seam.js`: the seam solver beside OpenCV's seamlessClone on the same two faces and the same mask of 506 × 675 pixels: how long each
 * takes, and how visible the seam is that it leaves. OpenCV is Debian's `python3-opencv`; where it is missing only ours is measured.
 */

const width = 660;
const height = 860;
const [across, down] = [506, 675];
const rounds = 15;
const cloneRounds = 3;

/** Two women's faces of the samples, of one size: the first is cut out and laid on the second. */
const source = await face(4, { left: 190, top: 340, width: 400, height: 521 });
const target = await face(6, { left: 160, top: 400, width: 400, height: 521 });
const mask = ellipse();

const folder = temporaryFolder();
const own: number[] = [];
let cloned: Uint8ClampedArray = new Uint8ClampedArray();
for (let round = 0; round < rounds; round++) {
  const begun = performance.now();
  cloned = clone(source, target, mask);
  own.push(performance.now() - begun);
}
report('membrane by multigrid', own, cloned);
const other = throughOpenCv();
if (other === undefined) process.stdout.write('OpenCV is not installed (apt-get install python3-opencv).\n');
else {
  report('OpenCV seamlessClone', other.times, other.picture);
  process.stdout.write(`${(spread(other.times).median / spread(own).median).toFixed(0)} times as fast as OpenCV\n`);
}
folder.remove();

/** Three channels at the size of the comparison. */
async function face(number: 4 | 6, region: Region): Promise<Uint8ClampedArray> {
  const { data } = await sharp(samplePhoto(number))
    .extract(region)
    .resize(width, height)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return new Uint8ClampedArray(data);
}

function ellipse(): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = ((x + 0.5 - width / 2) / (across / 2)) ** 2 + ((y + 0.5 - height / 2) / (down / 2)) ** 2 < 1;
      out[y * width + x] = inside ? 255 : 0;
    }
  }
  return out;
}

/** Keeps the gradients of the one within the mask and the colours of the other around it. */
function clone(one: Uint8ClampedArray, other: Uint8ClampedArray, within: Uint8Array): Uint8ClampedArray {
  const difference = new Float32Array(one.length);
  for (let i = 0; i < one.length; i++) difference[i] = (other[i] ?? 0) - (one[i] ?? 0);
  solvePoisson(within, difference, width, height);
  const out = other.slice();
  for (let i = 0; i < within.length; i++) {
    if (within[i] === 0) continue;
    for (let k = 3 * i; k < 3 * i + 3; k++) out[k] = (one[k] ?? 0) + (difference[k] ?? 0);
  }
  return out;
}

function throughOpenCv(): { readonly times: readonly number[]; readonly picture: Uint8ClampedArray } | undefined {
  const path = (name: string) => join(folder.path, name);
  for (const [name, data] of [
    ['source', source],
    ['target', target],
    ['mask', mask],
  ] as const)
    writeFileSync(path(name), data);
  const script = `
import json, time, numpy, cv2
read = lambda name, *shape: numpy.fromfile(f'${folder.path}/{name}', numpy.uint8).reshape(${height}, ${width}, *shape)
source, target, mask = read('source', 3), read('target', 3), read('mask')
x, y, w, h = cv2.boundingRect(mask)
times = []
for _ in range(${cloneRounds}):
    begun = time.perf_counter()
    result = cv2.seamlessClone(source, target, mask, (x + w // 2, y + h // 2), cv2.NORMAL_CLONE)
    times.append((time.perf_counter() - begun) * 1000)
result.tofile('${folder.path}/result')
print(json.dumps(times))`;
  try {
    const answer: unknown = JSON.parse(
      execFileSync('/usr/bin/python3', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    if (!Array.isArray(answer)) return undefined;
    return { times: answer.map(Number), picture: new Uint8ClampedArray(readFileSync(path('result'))) };
  } catch {
    return undefined;
  }
}

function report(name: string, times: readonly number[], data: Uint8ClampedArray): void {
  const picture = (pixels: Uint8ClampedArray) => viewOf({ width, height, channels: 3, data: pixels });
  const whole: Mask = { area: { x: 0, y: 0, width, height }, data: mask };
  const visible = seam(picture(data), picture(target), contourOf(whole, width, height));
  const { median, p95 } = spread(times);
  process.stdout.write(`${name}: median ${median.toFixed(0)} ms, 95 % ${p95.toFixed(0)} ms, seam ${visible.toFixed(2)}\n`);
}
