import { createSealer } from './cipher.ts';
import { artifactId } from './format.ts';
import { type Label, type Sealing, VaultError } from './vault.ts';

/** Where ciphertext goes, byte after byte. */
export interface Sink {
  /** May keep bytes back until `close`. */
  write(bytes: Buffer): Promise<void>;
  /** Everything written is stored when this resolves. */
  close(): Promise<void>;
  /** Gives up, whatever is still kept back. Never rejects. */
  discard(): Promise<void>;
}

/**
 * One sealing over any sink. Calls may overlap (an abort comes while a write is under way): the key dies at once, the sink is closed after
 * the write that is under way has ended.
 * @param open makes the sink for the artifact's id
 */
export async function startSealing(label: Label, open: (id: string) => Promise<Sink>): Promise<Sealing> {
  const id = artifactId(label);
  const sink = await open(id);
  const sealer = createSealer(label);
  let bytes = 0;
  let alive = true;
  let last: Promise<void> = sink.write(sealer.header);
  // A failed header shows at the next write or at the end.
  last.catch(() => undefined);

  async function push(ciphertext: Buffer): Promise<void> {
    last = last.then(() => sink.write(ciphertext));
    await last;
  }

  async function abort(): Promise<void> {
    if (!alive) return;
    alive = false;
    sealer.destroy();
    await last.catch(() => undefined);
    await sink.discard();
  }

  return {
    id,
    async write(chunk) {
      if (!alive) throw new VaultError('dead', 'This artifact takes no more bytes');
      bytes += chunk.byteLength;
      await push(sealer.update(chunk));
    },
    async finish() {
      if (!alive) throw new VaultError('dead', 'This artifact cannot be sealed any more');
      await last;
      // Aborted meanwhile: it stays dead.
      if (!alive) throw new VaultError('dead', 'This artifact cannot be sealed any more');
      const { tag, key } = sealer.finish();
      alive = false;
      try {
        await push(tag);
        await sink.close();
      } catch (error) {
        key.fill(0);
        await sink.discard();
        throw error;
      }
      return { id, key, bytes };
    },
    abort,
  };
}
