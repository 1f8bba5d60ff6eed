import { addKey, type KeyRole, keyFileLines, revokeKey, roles } from '../auth/key-file.ts';
import { readArgs, UsageError } from './usage.ts';

const help = `
Usage: mayfly keys add --role ROLE      makes a key, appends it to MAYFLY_KEYS_FILE and prints its secret
       mayfly keys list                 role and id of each key in the file
       mayfly keys revoke ID            takes the key with this id out

Roles: ${roles.join(', ')}. Running receivers read the file anew with each generation.
`;

export async function keys(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, { role: { type: 'string' } });
  if (read === undefined) return 0;
  const [action, id] = read.positionals;
  const file = process.env.MAYFLY_KEYS_FILE;
  if (!file) throw new UsageError('Expected the path of the key file in MAYFLY_KEYS_FILE');
  switch (action) {
    case 'add':
      process.stdout.write(`${addKey(file, roleOf(read.values.role))}\n`);
      return 0;
    case 'list':
      for (const { role, id: known } of keyFileLines(file)) process.stdout.write(`${role}\t${known}\n`);
      return 0;
    case 'revoke':
      if (id === undefined) throw new UsageError('Expected the id of a key');
      if (revokeKey(file, id)) return 0;
      process.stderr.write('There is no key with this id.\n');
      return 1;
    default:
      throw new UsageError(help.trim());
  }
}

function roleOf(text: string | undefined): KeyRole {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw new UsageError(`Expected --role with one of ${roles.join(', ')}`);
  return role;
}
