import { hash } from 'node:crypto';

/** Hashing of RFC 6962, section 2.1, with SHA-256. Leaves and nodes begin with different bytes, so that neither can pass for the other. */

/** Bytes of a hash. */
export const hashBytes = 32;

const leafMark = Uint8Array.of(0x00);
const nodeMark = Uint8Array.of(0x01);

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => hash('sha256', Buffer.concat(parts), 'buffer');

/** Root of the tree without leaves. */
export const emptyRoot: Uint8Array = sha256();

export const leafHash = (entry: Uint8Array): Uint8Array => sha256(leafMark, entry);

export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(nodeMark, left, right);

/** A perfect subtree: 2^height leaves. */
export interface Subtree {
  readonly height: number;
  readonly hash: Uint8Array;
}

/**
 * Adds a perfect subtree on the right of a compact range: the roots of the perfect subtrees that a tree consists of, from the left, each lower
 * than the one before. Whatever has become complete is merged.
 * @param range changed in place
 * @param onNode told of every node that has become complete, the added one included
 */
export function push(range: Subtree[], added: Subtree, onNode: (node: Subtree) => void = () => undefined): void {
  let node = added;
  onNode(node);
  for (let left = range.at(-1); left !== undefined && left.height === node.height; left = range.at(-1)) {
    range.pop();
    node = { height: node.height + 1, hash: nodeHash(left.hash, node.hash) };
    onNode(node);
  }
  range.push(node);
}

/** Root of the tree that a compact range stands for. */
export function rootOf(range: readonly Subtree[]): Uint8Array {
  const [last, ...rest] = range.map(({ hash }) => hash).reverse();
  return last === undefined ? emptyRoot : rest.reduce((right, left) => nodeHash(left, right), last);
}
