import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Libheif, Pointer } from 'libheif-js/libheif-wasm/libheif.js';
import { Problem } from '../../problems.ts';

/**
 * libheif with libde265 (both LGPL-3.0, from the unmodified package `libheif-js`) in WebAssembly: sharp's libraries have no decoder of HEVC.
 * Nothing of it is loaded before the first HEIC comes. Every file gets an instance of its own, so that nothing of one photo is in the
 * decoder's memory when the next one comes, and a decoder that aborted is not used again.
 */
export interface Library {
  readonly heif: Libheif;
  /** Room for results, 96 bytes. */
  readonly out: Pointer;
  /** Reads 32 bits of the decoder's memory. */
  word(at: Pointer): number;
  /** Copies bytes into the decoder's memory. */
  place(bytes: Uint8Array): Pointer;
  /**
   * Calls a function that reports its error at the given place.
   * @throws Problem `unreadable-image`, `unsupported-image-type`, `image-too-large`
   */
  call(work: (error: Pointer) => void): void;
}

export async function startLibrary(): Promise<Library> {
  const { default: create } = await import('libheif-js/libheif-wasm/libheif.js');
  const wasmBinary = readFileSync(createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm'));
  // What it prints could tell of the photo; nobody reads it.
  const heif = create({ wasmBinary, print() {}, printErr() {} });
  const error = heif._malloc(12);
  const out = heif._malloc(96);
  const word = (at: Pointer) => new DataView(heif.HEAPU8.buffer).getUint32(at, true);
  return {
    heif,
    out,
    word,
    place(bytes) {
      const at = heif._malloc(bytes.length);
      heif.HEAPU8.set(bytes, at);
      return at;
    },
    call(work) {
      guarded(() => work(error));
      if (word(error) !== 0) throw problemOf(word(error), word(error + 4));
    },
  };
}

/** A decoder that runs out of memory or aborts throws something of its own. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (fault) {
    throw fault instanceof Problem ? fault : new Problem('unreadable-image');
  }
}

/** Codes of heif_error.h: a limit that was exceeded, a file type or a feature that is not supported, and all the rest. */
function problemOf(code: number, subcode: number): Problem {
  if (subcode === 1000) return new Problem('image-too-large');
  return new Problem(code === 3 || code === 4 ? 'unsupported-image-type' : 'unreadable-image');
}
