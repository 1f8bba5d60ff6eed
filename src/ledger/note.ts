import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign, verify } from 'node:crypto';

/** Signed notes of c2sp.org/signed-note, with Ed25519 alone. */

const ed25519 = 0x01;
const dash = '\u2014';

/** Whoever signs: a key with its name. */
export interface Signer {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly id: string;
  /** The verifier key as text: `name+id+base64(0x01 || public key)`. */
  readonly vkey: string;
  /** The private key as text, in the form that Go's sumdb/note has for it. Secret. */
  readonly skey: string;
  /** Ed25519 signature of the text, 64 bytes. Deterministic: the same text, the same bytes. */
  sign(text: string): Uint8Array;
}

export interface Verifier {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly id: string;
  verify(text: string, signature: Uint8Array): boolean;
}

export class NoteError extends Error {
  override readonly name = 'NoteError';
}

/** "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus." */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name);

/** "key ID = SHA-256(key name || 0x0A || signature type || public key)[:4]" */
function keyId(name: string, publicKey: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(ed25519), publicKey]), 'hex').slice(0, 8);
}

/** RFC 8410: what stands in DER before the 32 bytes of a seed, and of a public key. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/** A new key. */
export function generateSigner(name: string): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signerOf(name, privateKey);
}

/**
 * A signer from its text: `PRIVATE+KEY+name+id+base64(0x01 || seed)`.
 * @throws NoteError
 */
export function parseSigner(skey: string): Signer {
  const [, name, id, key] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(skey) ?? [];
  const bytes = Buffer.from(key ?? '', 'base64');
  if (name === undefined || bytes.length !== 33 || bytes[0] !== ed25519 || bytes.toString('base64') !== key)
    throw new NoteError('Expected an Ed25519 signing key');
  const signer = signerOf(name, createPrivateKey({ key: Buffer.concat([pkcs8Head, bytes.subarray(1)]), format: 'der', type: 'pkcs8' }));
  if (id !== signer.id) throw new NoteError('The signing key does not belong to its id');
  return signer;
}

function signerOf(name: string, key: KeyObject): Signer {
  if (!isKeyName(name)) throw new NoteError('A key name has no spaces and no plus signs');
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spkiHead.length);
  const seed = key.export({ format: 'der', type: 'pkcs8' }).subarray(pkcs8Head.length);
  const id = keyId(name, publicKey);
  const text = (bytes: Uint8Array) => Buffer.concat([Uint8Array.of(ed25519), bytes]).toString('base64');
  return {
    name,
    id,
    vkey: `${name}+${id}+${text(publicKey)}`,
    skey: `PRIVATE+KEY+${name}+${id}+${text(seed)}`,
    sign: (note) => sign(null, Buffer.from(note), key),
  };
}

/**
 * A verifier from its text.
 * @throws NoteError
 */
export function parseVerifier(vkey: string): Verifier {
  const [, name, id, key] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey) ?? [];
  const bytes = Buffer.from(key ?? '', 'base64');
  if (name === undefined || !isKeyName(name) || bytes.length !== 33 || bytes[0] !== ed25519 || bytes.toString('base64') !== key)
    throw new NoteError('Expected an Ed25519 verifier key');
  const publicKey = bytes.subarray(1);
  if (id === undefined || id !== keyId(name, publicKey)) throw new NoteError('The verifier key does not belong to its id');
  const object = createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: 'der', type: 'spki' });
  return { name, id, verify: (text, signature) => signature.length === 64 && verify(null, Buffer.from(text), object, signature) };
}

/**
 * A note: the text, an empty line, a line for each signature.
 * @param text ends with a newline
 */
export function signNote(text: string, signers: readonly Signer[]): string {
  const lines = signers.map((signer) => {
    const signature = Buffer.concat([Buffer.from(signer.id, 'hex'), signer.sign(text)]);
    return `${dash} ${signer.name} ${signature.toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/**
 * The text of a note that at least one of the keys has signed. Signatures of other keys are ignored, as the specification asks.
 * @throws NoteError where the form is wrong, a signature of a known key does not hold, or there is none
 */
export function openNote(note: string, verifiers: readonly Verifier[]): string {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw new NoteError('This is not a signed note');
  const text = note.slice(0, split + 1);
  let known = false;
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, name, encoded] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? [];
    const bytes = Buffer.from(encoded ?? '', 'base64');
    if (name === undefined || bytes.length < 5 || bytes.toString('base64') !== encoded) throw new NoteError('This is not a signature line');
    const verifier = verifiers.find((one) => one.name === name && one.id === bytes.toString('hex', 0, 4));
    if (verifier === undefined) continue;
    if (!verifier.verify(text, bytes.subarray(4))) throw new NoteError('A signature does not hold');
    known = true;
  }
  if (!known) throw new NoteError('No known key has signed this');
  return text;
}
