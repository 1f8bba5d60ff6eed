import { concat, fromBase64, fromText, toHex } from './bytes.ts';
import { type Crypto, Invalid } from './crypto.ts';

/** Signed notes with Ed25519 keys: https://c2sp.org/signed-note */

export interface VerifierKey {
  readonly name: string;
  /** 8 hexadecimal digits: the first bytes of SHA-256(name || 0x0A || 0x01 || public key). */
  readonly id: string;
  readonly publicKey: Uint8Array;
  /** As it is written: `name+id+base64(0x01 || public key)`. */
  readonly text: string;
}

interface Signature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Uint8Array;
}

const ed25519 = 0x01;
const newline = 0x0a;
/** "Verifiers SHOULD apply a maximum limit …, but MUST accept at least up to 16 signatures." */
const mostSignatures = 64;
/** Unicode's White_Space: what \s of ECMAScript has, and U+0085. */
const name = String.raw`[^\s\u0085+]+`;
const signatureLine = new RegExp(`^— (${name}) ([A-Za-z0-9+/=]+)$`, 'u');
const keyText = new RegExp(`^(${name})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)$`, 'u');

/** @throws Invalid */
export function parseVerifierKey(text: string, { sha256 }: Pick<Crypto, 'sha256'>): VerifierKey {
  const [, keyName = '', id = '', encoded = ''] = keyText.exec(text) ?? [];
  const typed = fromBase64(encoded, 'verifier key');
  if (typed.length !== 33 || typed[0] !== ed25519) throw new Invalid('verifier key: Expected name+id+key with an Ed25519 key');
  const expected = toHex(sha256(concat(fromText(keyName), Uint8Array.of(newline), typed)).subarray(0, 4));
  if (expected !== id) throw new Invalid(`verifier key: Expected the id ${expected} but received ${id}`);
  return { name: keyName, id, publicKey: typed.slice(1), text };
}

/** A file of verifier keys, one a line, each line with its end. @throws Invalid */
export function parseVerifierKeys(text: string, crypto: Pick<Crypto, 'sha256'>): readonly VerifierKey[] {
  if (!text.endsWith('\n')) throw new Invalid('verifier keys: Expected a line end after the last key');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => parseVerifierKey(line, crypto));
}

export interface Note {
  /** What is signed: everything up to the empty line before the signatures, with its last line end. */
  readonly text: string;
  /** The keys among the known ones that signed it; at least one. */
  readonly signers: readonly VerifierKey[];
}

/**
 * The text of a note, once at least one of the known keys has signed it. Signatures of other keys are ignored, as the format demands.
 * @throws Invalid where no known key has signed it, and where one of them has signed something else
 */
export async function openNote(note: string, keys: readonly VerifierKey[], crypto: Crypto): Promise<Note> {
  const { text, signatures } = parseNote(note);
  const signers: VerifierKey[] = [];
  for (const { name, id, bytes } of signatures) {
    const key = keys.find((known) => known.name === name && known.id === id);
    if (key === undefined) continue;
    const good = bytes.length === 64 && (await crypto.ed25519Verify(key.publicKey, fromText(text), bytes));
    if (!good) throw new Invalid(`The signature of ${key.name}+${key.id} is not over this text`);
    signers.push(key);
  }
  if (signers.length === 0)
    throw new Invalid(`No signature by ${keys.map((key) => `${key.name}+${key.id}`).join(' or ') || 'any known key'}`);
  return { text, signers };
}

function parseNote(note: string): { text: string; signatures: readonly Signature[] } {
  if ([...note].some((letter) => letter < ' ' && letter !== '\n')) throw new Invalid('note: Expected no control characters');
  const split = note.lastIndexOf('\n\n');
  if (split < 1 || !note.endsWith('\n')) throw new Invalid('note: Expected a text, an empty line and signature lines');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > mostSignatures) throw new Invalid(`note: Expected at most ${mostSignatures} signatures`);
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): Signature {
  const [, signer = '', encoded = ''] = signatureLine.exec(line) ?? [];
  const bytes = fromBase64(encoded, 'signature');
  if (bytes.length < 5) throw new Invalid('note: Expected signature lines: — name base64(key id, signature)');
  return { name: signer, id: toHex(bytes.subarray(0, 4)), bytes: bytes.slice(4) };
}
