import type { Pool } from '../darkroom/pool.ts';
import type { Desk } from '../jobs/front.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What readiness is made of. */
export interface Health {
  readonly stopping: boolean;
  readonly ledger: Pick<Ledger, 'writable'>;
  readonly pool: Pick<Pool, 'usable'>;
  readonly sweeper: { readonly clean: boolean };
  readonly desk: Pick<Desk, 'troubles'>;
}

/** Why no photo can be processed now, in the words of `/readyz`; empty = ready. */
export function unreadiness({ stopping, ledger, pool, sweeper, desk }: Health): readonly string[] {
  const purging = [...desk.troubles.values()].includes('purge') || !sweeper.clean;
  return [
    ...(stopping ? ['stopping'] : []),
    ...(ledger.writable ? [] : ['ledger-unwritable']),
    ...(purging ? ['purge-failing'] : []),
    ...(pool.usable ? [] : ['no-darkroom']),
  ];
}
