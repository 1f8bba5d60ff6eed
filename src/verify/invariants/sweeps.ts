import type { Find } from '../findings.ts';
import type { Invariant } from './invariant.ts';

interface Watch {
  readonly boot: string;
  /** Longest gap that the schedule of the run allows, milliseconds. */
  readonly allowed: number;
  /** Monotonic time of the last sweep; that of `log.boot` counts, the vault was swept for it. */
  swept: number;
  /** The last entry of the run. */
  index: number;
  mono: number;
}

/** While a run lasts, sweeps are at most twice as far apart as its schedule allows: by monotonic time, up to its last entry. */
export function sweepsInvariant(find: Find): Invariant {
  let watch: Watch | undefined;

  function judge(): void {
    if (watch === undefined) return;
    const { swept, mono, allowed, index } = watch;
    if (mono - swept > 2 * allowed) {
      find({ rule: 'sweep', index, what: `No sweep for ${mono - swept} ms; the schedule allows ${allowed}, the books twice that` });
    }
  }

  return {
    see(index, entry) {
      if (entry.boot !== watch?.boot) {
        judge();
        // A run whose log.boot cannot be read does not say how often it sweeps.
        watch =
          entry.ev === 'log.boot' ? { boot: entry.boot, allowed: entry.sweep_ms, swept: entry.mono, index, mono: entry.mono } : undefined;
        return;
      }
      watch.index = index;
      watch.mono = entry.mono;
      if (entry.ev !== 'sweep.ran') return;
      judge();
      watch.swept = entry.mono;
    },
    gap() {
      judge();
      watch = undefined;
    },
    end: judge,
  };
}
