/**
 * The vault: ephemeral storage that only ever sees ciphertext. Receivers and darkrooms seal and open; the supervisor alone destroys.
 * Contract suite: test/contract/vault.ts.
 */

/** What a sealed artifact is to its job: an uploaded photo or a finished result. */
export type Role = 'in' | 'out';

/** Authenticated, not secret: stands in the clear at the head of a sealed artifact. */
export interface Label {
  /** UUID of the job. */
  readonly job: string;
  readonly role: Role;
  /** `Clock.mono()` milliseconds after which nobody may want this any more. */
  readonly deadline: number;
  /** UUID of the supervisor's run; artifacts of another run are orphans. */
  readonly boot: string;
}

/** What its maker knows of a sealed artifact. The key exists nowhere else. */
export interface Sealed {
  readonly id: string;
  /** 32 bytes, owned by the receiver of this object, who overwrites it after use. */
  readonly key: Buffer;
  /** Length of the plaintext. */
  readonly bytes: number;
}

/** One artifact while it is being sealed. After `finish` or `abort` it is dead, and both may be called again without effect. */
export interface Sealing {
  readonly id: string;
  /** Seals a chunk; the caller may overwrite it as soon as this resolves. Rejects once the sealing is dead. */
  write(chunk: Uint8Array): Promise<void>;
  finish(): Promise<Sealed>;
  /** Destroys the key and gives up what was written; the purge of its job removes the ciphertext. */
  abort(): Promise<void>;
}

/** One thing found in the vault. `label` is missing where it is not a sealed artifact at all. */
export interface Found {
  readonly name: string;
  readonly label?: Label;
  /** Length of the plaintext of a whole artifact; of anything else its size. */
  readonly bytes: number;
}

export interface Vault {
  /** @throws VaultError `full`, here or from `write` and `finish`, when there is no room */
  seal(label: Label): Promise<Sealing>;
  /**
   * The plaintext, only after its tag was checked. The caller owns the buffer and overwrites it after use.
   * @throws VaultError `missing` or `tampered`
   */
  open(id: string, key: Uint8Array): Promise<Buffer>;
  /** Everything that is there, foreign things included. */
  list(): Promise<readonly Found[]>;
  /**
   * Removes one thing, whatever it is, and checks that it is gone. Destroying what is not there is a success.
   * @throws VaultError `not-destroyed`
   */
  destroy(name: string): Promise<void>;
  /** @throws VaultError `unusable` when nothing can be stored */
  check(): Promise<void>;
}

export type VaultFault = 'missing' | 'tampered' | 'dead' | 'full' | 'not-destroyed' | 'unusable';

export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly fault: VaultFault;
  constructor(fault: VaultFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
