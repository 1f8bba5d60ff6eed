import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commitTo, newCommitmentKey, startCommitting } from '../../src/jobs/commitment.ts';

describe('a commitment', () => {
  it('is HMAC-SHA-256 of the SHA-256 of the object, in whatever pieces it came', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (pieces) => {
        const key = newCommitmentKey();
        const committing = startCommitting(key);
        for (const piece of pieces) committing.update(piece);
        const whole = Buffer.concat(pieces);
        const expected = createHmac('sha256', key).update(createHash('sha256').update(whole).digest()).digest('hex');
        expect(committing.finish()).toBe(expected);
        expect(commitTo(key, whole)).toBe(expected);
      }),
    );
  });

  it('says nothing of the object without its key: the same photo twice has nothing in common', () => {
    expect(commitTo(newCommitmentKey(), 'photo')).not.toBe(commitTo(newCommitmentKey(), 'photo'));
    expect(newCommitmentKey()).toHaveLength(32);
  });

  it('is made once, and not after it was abandoned', () => {
    const committing = startCommitting(newCommitmentKey());
    committing.abandon();
    committing.abandon();
    committing.update(Buffer.from('x'));
    expect(() => committing.finish()).toThrow();
  });
});
