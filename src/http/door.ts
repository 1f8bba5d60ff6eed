import type { Keys } from '../auth/keys.ts';
import type { Config } from '../config.ts';
import type { Holds } from '../intake/holds.ts';
import type { LedgerReader } from '../ledger/store.ts';
import type { Log } from '../observe/log.ts';
import type { Notice } from '../policy/notice.ts';
import type { Link } from '../supervisor/link.ts';
import type { Template } from '../templates/template.ts';
import type { Vault } from '../vault/vault.ts';
import type { Denials } from './denials.ts';

/** What the routes work with; built once per receiver. */
export interface Door {
  readonly config: Config;
  readonly keys: Keys;
  readonly notice: Notice;
  readonly templates: readonly Template[];
  readonly vault: Vault;
  /** The log's files, for reading. */
  readonly ledger: LedgerReader;
  readonly denials: Denials;
  /** The supervisor's end: admission, the queue, the books. */
  readonly supervisor: Link;
  readonly holds: Holds;
  readonly log: Log;
}
