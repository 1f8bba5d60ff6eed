import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../src/problems.ts';
import { vaultProblem } from '../../src/vault/problem.ts';
import { VaultError } from '../../src/vault/vault.ts';

describe('what a client is told of the vault', () => {
  it('come again, where there is no room now', () => {
    expect(vaultProblem(new VaultError('full', ''))).toMatchObject({ code: 'busy', fields: { retryAfter: 5 } });
  });

  it.each(['dead', 'missing'] as const)('that its job has ended, where an artifact is %s', (fault) => {
    expect(vaultProblem(new VaultError(fault, '')).code).toBe('gone');
  });

  it.each(['tampered', 'not-destroyed', 'unusable'] as const)('nothing of how it is %s', (fault) => {
    const problem = vaultProblem(new VaultError(fault, 'secret words'));
    expect(problem.code).toBe('internal');
    expect(JSON.stringify(problem)).not.toContain('secret words');
  });

  it('what any other problem says, and of a fault of the program nothing', () => {
    const problem = new Problem('no-face');
    expect(vaultProblem(problem)).toBe(problem);
    expect(vaultProblem(new Error('secret words')).toJSON()).toEqual(new Problem('internal').toJSON());
  });
});
