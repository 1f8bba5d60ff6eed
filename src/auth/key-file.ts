import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { idOf, type KeyRole, newSecret, parseKey } from './keys.ts';

export { type KeyRole, roles } from './keys.ts';

/** MAYFLY_KEYS_FILE: one `role:secret` a line, `#` begins a comment. */

/** Where the keys are, for whoever has to keep others away from it. */
export const keyFileOf = (env: Readonly<Record<string, string | undefined>>): string | undefined => env.MAYFLY_KEYS_FILE || undefined;

/** Appends a new key of this role. @returns its secret, shown once */
export function addKey(file: string, role: KeyRole): string {
  const secret = newSecret();
  appendFileSync(file, `${role}:${secret}\n`, { mode: 0o600 });
  return secret;
}

/** Role and id of every key; never a secret. @throws KeysError for a line out of form */
export function keyFileLines(file: string): readonly { readonly role: string; readonly id: string; readonly line: string }[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .map((line) => {
      const { secret, roles } = parseKey(line.trim());
      return { role: [...roles].join(), id: idOf(secret), line };
    });
}

/** Takes the key with this id out, whole file at once. @returns false where there is none */
export function revokeKey(file: string, id: string): boolean {
  const gone = new Set(keyFileLines(file).flatMap((key) => (key.id === id ? [key.line] : [])));
  if (gone.size === 0) return false;
  const kept = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !gone.has(line));
  writeFileSync(`${file}.new`, kept.join('\n'), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return true;
}
