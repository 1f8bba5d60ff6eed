import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const roles = ['app', 'auditor', 'admin'] as const;
export type KeyRole = (typeof roles)[number];

/** Who calls: never the secret, only what it stands for. */
export interface Caller {
  /** First half of the secret's SHA-256: names a key without telling it. */
  readonly id: string;
  readonly roles: ReadonlySet<KeyRole>;
}

export interface Keys {
  /** No keys are configured: one key made for this machine may do everything. */
  readonly demo: boolean;
  /** @param secret what came behind `Bearer` */
  find(secret: string): Caller | undefined;
}

export class KeysError extends Error {
  override readonly name = 'KeysError';
}

type Env = Readonly<Record<string, string | undefined>>;

/** Where demo mode keeps its key, so that a command line can pick it up. */
export const demoKeyFile = (dataDir: string) => join(dataDir, 'demo.key');

/**
 * Keys from MAYFLY_KEYS and MAYFLY_KEYS_FILE; without either, demo mode with a key made at the first start.
 * @throws KeysError for a line that is not `role:secret`, or a file that cannot be read
 */
export function loadKeys(env: Env, dataDir: string): Keys {
  const lines = configuredLines(env, readLines);
  if (lines !== undefined) return keysOf(lines.map(parseKey), false);
  return keysOf([{ secret: demoKey(dataDir), roles: new Set(roles) }], true);
}

/**
 * The same while the service runs, when a file may be damaged under it: what cannot be read opens nothing, and the other keys still do.
 * @param onIgnored told how many lines, or files, were left out
 */
export function reloadKeys(env: Env, dataDir: string, onIgnored: (count: number) => void): Keys {
  let ignored = 0;
  const orNothing = <T>(read: () => T[]): T[] => {
    try {
      return read();
    } catch {
      ignored += 1;
      return [];
    }
  };
  const lines = configuredLines(env, (path) => orNothing(() => readLines(path)));
  if (lines === undefined) return loadKeys(env, dataDir);
  const pairs = lines.flatMap((line) => orNothing(() => [parseKey(line)]));
  if (ignored > 0) onIgnored(ignored);
  return keysOf(pairs, false);
}

/** Every `role:secret` that is configured, or undefined where nothing is: demo mode. */
function configuredLines(env: Env, read: (path: string) => string[]): string[] | undefined {
  const lines = [...(env.MAYFLY_KEYS ?? '').split(','), ...(env.MAYFLY_KEYS_FILE ? read(env.MAYFLY_KEYS_FILE) : [])]
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.length > 0 || env.MAYFLY_KEYS_FILE ? lines : undefined;
}

/** A configured secret of this role, for a command on the machine of the service itself. */
export function ownSecret(env: Env, dataDir: string, role: KeyRole): string | undefined {
  const lines = configuredLines(env, readLines);
  if (lines === undefined) return demoKey(dataDir);
  return lines.map(parseKey).find((pair) => pair.roles.has(role))?.secret;
}

export interface Pair {
  readonly secret: string;
  readonly roles: ReadonlySet<KeyRole>;
}

function keysOf(pairs: readonly Pair[], demo: boolean): Keys {
  const known = pairs.map((pair) => ({ digest: digestOf(pair.secret), roles: pair.roles }));
  return {
    demo,
    find(secret) {
      const digest = digestOf(secret);
      // All are compared, in constant time each: how long it takes says nothing of how near a guess was.
      const hits = known.filter((key) => timingSafeEqual(key.digest, digest));
      if (hits.length === 0) return undefined;
      return { id: idOf(secret), roles: new Set(hits.flatMap((key) => [...key.roles])) };
    },
  };
}

/** @throws KeysError where the line is not `role:secret` */
export function parseKey(line: string): Pair {
  const colon = line.indexOf(':');
  const role = roles.find((known) => known === line.slice(0, colon));
  const secret = line.slice(colon + 1);
  if (role === undefined) throw new KeysError(`Expected role:secret with a role of ${roles.join(', ')}`);
  if (secret === '') throw new KeysError(`Expected a secret for a key of role ${role}`);
  return { secret, roles: new Set([role]) };
}

/** A new secret: 192 random bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

function demoKey(dataDir: string): string {
  const path = demoKeyFile(dataDir);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    const secret = newSecret();
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${secret}\n`, { mode: 0o600 });
    return secret;
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    throw new KeysError('The file named by MAYFLY_KEYS_FILE cannot be read');
  }
}

/** Names a key without telling it. */
export const idOf = (secret: string): string => digestOf(secret).subarray(0, 16).toString('hex');

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
