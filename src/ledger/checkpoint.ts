import { hashBytes } from './merkle.ts';

/** The head of a log: c2sp.org/tlog-checkpoint, without extension lines. */
export interface Checkpoint {
  /** Name of the log; the name of its key too. */
  readonly origin: string;
  /** Entries. */
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text that is signed. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;

/** The text of a note as a checkpoint; undefined where it is none. Extension lines are none of ours. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [, origin, digits, encoded] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]+=*)\n$/.exec(text) ?? [];
  if (origin === undefined || encoded === undefined) return undefined;
  const size = Number(digits);
  const root = Buffer.from(encoded, 'base64');
  if (!Number.isSafeInteger(size) || root.length !== hashBytes || root.toString('base64') !== encoded) return undefined;
  return { origin, size, root };
}
