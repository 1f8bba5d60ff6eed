import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm';
import { tf } from './tensorflow.ts';

const require = createRequire(import.meta.url);

/** `tensorflow` is the native library of tfjs-node, `wasm` runs everywhere. */
export type BackendName = 'tensorflow' | 'wasm';

/**
 * Starts TensorFlow.js once for this process, on the native library where it is really there and on WebAssembly otherwise.
 * @param wanted leave out to choose by what is installed
 */
export async function startBackend(wanted: BackendName = hasNative() ? 'tensorflow' : 'wasm'): Promise<BackendName> {
  // Skips shape checks and keeps the library from writing to the console.
  tf.enableProdMode();
  if (tf.getBackend() === wanted) return wanted;
  if (wanted === 'tensorflow') require(nativePackage);
  else await loadWasm();
  if (!(await tf.setBackend(wanted))) throw new Error(`TensorFlow.js could not start its ${wanted} backend`);
  return wanted;
}

const nativePackage = '@tensorflow/tfjs-node';

/**
 * Looks for the native library itself. The package alone proves nothing: it downloads its library in an install script, so without that it is
 * there and broken, and loading it to find out costs a second and leaves half of it in memory.
 */
function hasNative(): boolean {
  const root = packageFolder(nativePackage);
  if (root === undefined || !existsSync(join(root, 'lib'))) return false;
  return readdirSync(join(root, 'lib')).some((abi) => existsSync(join(root, 'lib', abi, 'tfjs_binding.node')));
}

async function loadWasm(): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')));
  const { setWasmPaths }: typeof WasmBackend = require('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  // Emscripten's start code puts its own handlers on the process, which rethrow what they are given; whose process this is decides about that.
  events.forEach((event, i) => {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[i]?.has(listener)) process.removeListener(event, listener);
    }
  });
}

/** Folder of an installed package, or nothing. */
export function packageFolder(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
