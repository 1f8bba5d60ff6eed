import type { Request } from 'express';
import type { Caller, KeyRole } from '../auth/keys.ts';
import type { Denial } from '../ledger/entry.ts';
import { Problem } from '../problems.ts';
import type { Door } from './door.ts';

/**
 * Who calls, if that caller may: a key of one of the roles. Whoever is turned away is counted for the books, and nothing else is noted.
 * @throws Problem `unauthorized` without a known key, `forbidden` when the key has another role
 */
export function authorize({ keys, denials }: Pick<Door, 'keys' | 'denials'>, request: Request, ...allowed: readonly KeyRole[]): Caller {
  const turnAway = (why: Denial, problem: Problem): never => {
    denials.count(why);
    throw problem;
  };
  const secret = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const caller = secret === undefined ? undefined : keys.find(secret);
  const unauthorized = new Problem('unauthorized', 'Send a key as "Authorization: Bearer SECRET"');
  if (caller === undefined) return turnAway(secret === undefined ? 'no-key' : 'unknown-key', unauthorized);
  if (!allowed.some((role) => caller.roles.has(role)))
    return turnAway('wrong-role', new Problem('forbidden', `This needs a key of the role ${allowed.join(' or ')}`));
  return caller;
}
