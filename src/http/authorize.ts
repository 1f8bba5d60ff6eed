import type { Request } from 'express';
import type { Caller, KeyRole, Keys } from '../auth/keys.ts';
import { Problem } from '../problems.ts';

/**
 * Who calls, if that caller may.
 * @throws Problem `unauthorized` without a known key, `forbidden` when the key has another role
 */
export function authorize(keys: Keys, request: Request, role: KeyRole): Caller {
  const secret = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const caller = secret === undefined ? undefined : keys.find(secret);
  if (caller === undefined) throw new Problem('unauthorized', 'Send a key as "Authorization: Bearer SECRET"');
  if (!caller.roles.has(role)) throw new Problem('forbidden', `This needs a key of the role ${role}`);
  return caller;
}
