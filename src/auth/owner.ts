import { createHmac } from 'node:crypto';

/**
 * Whose a job is, for the books: HMAC-SHA-256 under the caller's id over the job's id, the first 8 bytes in hexadecimal. The same key finds its
 * job by it after a restart; to everybody else it is noise, and two jobs of one caller have nothing in common.
 * @param caller id of the caller's key (`Caller.id`), which is in no entry
 */
export function ownerOf(caller: string, job: string): string {
  return createHmac('sha256', caller).update(job).digest('hex').slice(0, 16);
}
