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

/** tfjs-node 4.22 calls functions of Node that were taken out in 23. */
const lastNodeForNative = 22;

/**
 * Looks for the native library itself. The package alone proves nothing: it downloads its library in an install script, so without that it is
 * there and broken, and loading it to find out costs a second and leaves half of it in memory.
 */
function hasNative(): boolean {
  if (Number.parseInt(process.versions.node, 10) > lastNodeForNative) return false;
  const root = packageFolder(nativePackage);
  if (root === undefined || !existsSync(join(root, 'lib'))) return false;
  return readdirSync(join(root, 'lib')).some((abi) => existsSync(join(root, 'lib', abi, 'tfjs_binding.node')));
}

async function loadWasm(): Promise<void> {
  const taken = watchHandlers();
  const { setWasmPaths }: typeof WasmBackend = require('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  taken.giveBack();
}

/**
 * Emscripten's start code puts its own handlers for fatal errors on the process, which only throw what they are given once more. Whose process
 * this is decides what happens then, so they are taken off again.
 */
function watchHandlers(): { giveBack(): void } {
  const fatal: readonly (string | symbol)[] = ['uncaughtException', 'unhandledRejection'];
  const added: (() => void)[] = [];
  const note = (event: string | symbol, listener: (...given: unknown[]) => void) => {
    if (fatal.includes(event)) added.push(() => process.removeListener(event, listener));
  };
  process.on('newListener', note);
  return {
    giveBack() {
      process.removeListener('newListener', note);
      for (const remove of added) remove();
    },
  };
}

/** Folder of an installed package, or nothing. */
export function packageFolder(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
