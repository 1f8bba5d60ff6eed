import { generateSigner, type Signer } from './note.ts';

/**
 * Where the ledger's signing key is kept, and the one that is to follow it. Every method that resolves is durable.
 * Implementations: key-files.ts and, for tests, the one below.
 */
export interface LedgerKeys {
  /** The key in force; undefined before the first start. */
  current(): Promise<Signer | undefined>;
  /** A key that was prepared and is not in force yet. */
  pending(): Promise<Signer | undefined>;
  /** Makes a new key and keeps it beside the one in force. */
  prepare(): Promise<Signer>;
  /** The pending key takes the place of the one in force, which is gone then. Does nothing where there is none. */
  promote(): Promise<void>;
  /** Drops the pending key. */
  discard(): Promise<void>;
}

/** Keys in memory, for tests. */
export function createMemoryKeys(name: string, made?: Signer): LedgerKeys {
  let current = made;
  let pending: Signer | undefined;
  return {
    current: async () => current,
    pending: async () => pending,
    async prepare() {
      pending = generateSigner(name);
      return pending;
    },
    async promote() {
      current = pending ?? current;
      pending = undefined;
    },
    async discard() {
      pending = undefined;
    },
  };
}
