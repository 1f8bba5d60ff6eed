import { LedgerError } from './ledger.ts';

/** Entry bundles of c2sp.org/tlog-tiles: "sequences of big-endian uint16 length-prefixed log entries". */

/** What the length prefix can say. */
export const maxEntryBytes = 65_535;

export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  let at = 0;
  for (const entry of entries) {
    at = bytes.writeUInt16BE(entry.length, at);
    bytes.set(entry, at);
    at += entry.length;
  }
  return bytes;
}

/**
 * @param width entries that the bundle must have
 * @throws LedgerError `damaged` where lengths and bytes do not agree
 */
export function decodeBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= view.length) {
    const end = at + 2 + view.readUInt16BE(at);
    entries.push(view.subarray(at + 2, end));
    at = end;
  }
  if (at !== view.length || entries.length !== width)
    throw new LedgerError('damaged', 'An entry bundle has not the entries it should have');
  return entries;
}
