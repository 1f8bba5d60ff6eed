import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** TensorFlow.js's own layout: a manifest that lists what lies one after the other in a file of the same name. */
const manifestSchema = z.array(
  z.object({
    paths: z.tuple([z.string()]),
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.number().int()),
        dtype: z.enum(['float32', 'int32']),
        quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }).optional(),
      }),
    ),
  }),
);

interface Entry {
  readonly offset: number;
  readonly shape: number[];
  readonly size: number;
  readonly quantization: { readonly scale: number; readonly min: number } | undefined;
}

export interface Weight {
  readonly values: Float32Array<ArrayBuffer>;
  readonly shape: number[];
}

export interface Weights {
  /** Values of one weight, and its shape. The caller may change the values. */
  get(name: string): Weight;
  close(): void;
}

/**
 * Opens the weights of one network and reads them one at a time: the whole of the SSD would be 28 MB of garbage in a process that lives for
 * one photo.
 * @param folder the package's `model/`
 * @param network such as `ssd_mobilenetv1_model`
 * @param lend hand out one buffer again and again, so that values are valid until the next `get` and no longer; for backends that copy a
 *   tensor's values when it is made
 */
export function openWeights(folder: string, network: string, lend: boolean): Weights {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, `${network}-weights_manifest.json`), 'utf8')));
  const entries = new Map<string, Entry>();
  let offset = 0;
  for (const { name, shape, quantization } of manifest.flatMap((group) => group.weights)) {
    const size = shape.reduce((product, side) => product * side, 1);
    entries.set(name, { offset, shape, size, quantization });
    offset += quantization === undefined ? 4 * size : size;
  }
  const largest = Math.max(...[...entries.values()].map(({ size }) => size));
  const lent = new Float32Array(lend ? largest : 0);
  const read = new Uint8Array(
    Math.max(...[...entries.values()].map(({ size, quantization }) => (quantization === undefined ? 4 * size : size))),
  );
  const file = openSync(join(folder, `${network}.bin`), 'r');

  function get(name: string): Weight {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error(`${network} has no weight called ${name}`);
    const { shape, size, quantization } = entry;
    const values = lend ? lent.subarray(0, size) : new Float32Array(size);
    const length = quantization === undefined ? 4 * size : size;
    if (readSync(file, read, 0, length, entry.offset) !== length) throw new Error(`${network} ends before ${name}`);
    if (quantization === undefined) values.set(new Float32Array(read.buffer, 0, size));
    else for (let i = 0; i < size; i += 1) values[i] = (read[i] ?? 0) * quantization.scale + quantization.min;
    return { values, shape };
  }

  return { get, close: () => closeSync(file) };
}
