import { randomBytes } from 'node:crypto';
import { type Label, type Role, VaultError } from './vault.ts';

/**
 * A sealed artifact: header, AES-256-GCM ciphertext, tag. The header is the associated data.
 *
 *   0  6  magic "MAYFLY"
 *   6  1  version, 1
 *   7  1  role, 0 = in, 1 = out
 *   8  8  deadline, monotonic milliseconds, big-endian
 *  16 16  boot
 *  32 16  job
 *  48 12  nonce
 *  60  …  ciphertext, as long as the plaintext
 *   …  16  tag
 */
export const headerBytes = 60;
export const tagBytes = 16;
const nonceBytes = 12;
const magic = Buffer.from('MAYFLY');
const version = 1;
const roles: readonly Role[] = ['in', 'out'];

export interface Header extends Label {
  readonly nonce: Buffer;
}

/** A header with a fresh nonce. */
export function writeHeader(label: Label): Buffer {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header, 0);
  header.writeUInt8(version, 6);
  header.writeUInt8(roles.indexOf(label.role), 7);
  header.writeBigUInt64BE(BigInt(Math.max(0, Math.floor(label.deadline))), 8);
  uuidBytes(label.boot).copy(header, 16);
  uuidBytes(label.job).copy(header, 32);
  randomBytes(nonceBytes).copy(header, 48);
  return header;
}

/** The header of a sealed artifact, or undefined for anything else. */
export function readHeader(bytes: Uint8Array): Header | undefined {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.length < headerBytes || !header.subarray(0, 6).equals(magic) || header[6] !== version) return undefined;
  const role = roles[header.readUInt8(7)];
  if (role === undefined) return undefined;
  return {
    role,
    deadline: Number(header.readBigUInt64BE(8)),
    boot: uuidText(header.subarray(16, 32)),
    job: uuidText(header.subarray(32, 48)),
    nonce: header.subarray(48, 60),
  };
}

const name = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(in|out)\.[0-9a-f]{16}$/;

/** A name nobody can guess that still says whose it is, so that a purge needs no index. */
export function artifactId(label: Label): string {
  return `${label.job}.${label.role}.${randomBytes(8).toString('hex')}`;
}

export function isArtifactId(text: string): boolean {
  return name.test(text);
}

/** Whose an artifact is, by its name alone: one that was cut short before its header was whole still says so. */
export function ownerOf(text: string): { readonly job: string; readonly role: Role } | undefined {
  const [, job, word] = name.exec(text) ?? [];
  const role = roles.find((known) => known === word);
  return job !== undefined && role !== undefined ? { job, role } : undefined;
}

function uuidBytes(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new VaultError('unusable', 'Expected a UUID for job and boot');
  return bytes;
}

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
