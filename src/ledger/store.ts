/**
 * Where the log's files are: what anybody may read. Paths are those of c2sp.org/tlog-tiles, relative to the log: `checkpoint`,
 * `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`, and `vkey`.
 */
export interface LedgerReader {
  /** The file's bytes; undefined where there is none. Rejects where that cannot be told. */
  read(path: string): Promise<Uint8Array | undefined>;
}

export interface StoredFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * What the log is kept in. One writer at a time, any number of readers. Contract suite: test/contract/ledger-store.ts.
 *
 * Every operation that resolves is durable. One that rejects may have taken effect, in part, or not at all; it can be called again.
 */
export interface LedgerStore extends LedgerReader {
  /** Writes files, contents and names; replaces those that are there. Not atomic: nothing may point to them yet. */
  write(files: readonly StoredFile[]): Promise<void>;
  /** Replaces one file atomically: a reader sees the old or the new one. */
  publish(file: StoredFile): Promise<void>;
  /** Removes files, and folders with all that is in them. What is not there is no error. */
  remove(paths: readonly string[]): Promise<void>;
  /** Names of what is directly in a folder; empty where there is none. */
  list(folder: string): Promise<readonly string[]>;
  /**
   * The last signed checkpoint, kept apart from the log so that who restores or copies the log does not restore this with it.
   * Candidates, as notes; more than one where a write was torn. Only one that verifies counts.
   */
  lastSigned(): Promise<readonly string[]>;
  /**
   * Compare-and-swap of the last signed checkpoint. Resolves also where it is `next` already, so that it can be repeated when its outcome is
   * not known.
   * @throws LedgerError `forked` where it is neither: another writer was here, and nothing was changed
   */
  swapLastSigned(expected: string | undefined, next: string): Promise<void>;
  close(): Promise<void>;
}
