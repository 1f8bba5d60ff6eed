import { asProblem, Problem } from '../problems.ts';
import { VaultError } from './vault.ts';

/** What a client is told of a fault of the vault; anything else as `asProblem` has it. */
export function vaultProblem(thrown: unknown): Problem {
  if (!(thrown instanceof VaultError)) return asProblem(thrown);
  switch (thrown.fault) {
    case 'full':
      return new Problem('busy', 'There is no room for another photo', { retryAfter: 5 });
    // Taken away meanwhile: the job has ended elsewhere.
    case 'dead':
    case 'missing':
      return new Problem('gone', 'The job has ended');
    default:
      return new Problem('internal');
  }
}
