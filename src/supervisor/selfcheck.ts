import type { z } from 'zod';
import type { probe } from './check-calls.ts';
import type { Machine } from './machine.ts';

export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'unknown';
  /** What was seen, in one sentence. */
  readonly why: string;
  /** What the operator does about it; empty where it is ok. */
  readonly fix: string;
  /** Good to know, and no reason for MAYFLY_STRICT to refuse. */
  readonly optional?: true;
}

/** What a process that was started like a darkroom found it could do; undefined where none could be started. */
export type Probed = z.infer<typeof probe.reply> | undefined;

export interface SelfCheckSubject {
  readonly machine: Machine;
  readonly vaultDir: string;
  readonly vaultUsable: boolean;
  readonly probed: Probed;
}

/** What this machine keeps of the promise. Names stand in `log.boot`. */
export function selfCheck({ machine, vaultDir, vaultUsable, probed }: SelfCheckSubject): readonly Finding[] {
  const { swaps, swapForbidden, corePattern, coreLimit } = machine;
  const piped = corePattern?.startsWith('|') === true;
  const inside = (good: (seen: NonNullable<Probed>) => boolean) => (probed === undefined ? undefined : good(probed));
  const limits = [coreLimit ?? -1, ...(probed === undefined ? [] : [probed.coreLimit])];
  const walls = 'Let the service make user namespaces (docs/operating.md, "Walls around darkrooms"), or say MAYFLY_CONFINE=off knowingly.';
  return [
    finding('vault', vaultUsable, ['can be written', 'cannot be written'], 'Make MAYFLY_VAULT_DIR a folder that the service can write.'),
    finding(
      'vault-in-memory',
      machine.vaultInMemory,
      ['the vault is a tmpfs', 'the vault is not a tmpfs: ciphertext may reach a disk before it is destroyed'],
      'Mount a tmpfs at MAYFLY_VAULT_DIR.',
    ),
    finding(
      'no-swap',
      swaps === undefined ? undefined : swaps === 0 || swapForbidden,
      [swapForbidden ? 'the control group allows no swap' : 'this machine has no swap', 'memory with pixels may be written to swap'],
      'swapoff -a, or a limit of the control group: memory.swap.max = 0, in Docker memswap_limit = mem_limit.',
    ),
    finding(
      'core-dumps',
      coreLimit === undefined ? undefined : limits.every((limit) => limit === 0 || limit === 1),
      ['core dumps are switched off', 'a core dump would hold what is in the registers of a darkroom'],
      'Install prlimit of util-linux, or ulimit -c 1 for the service; in Docker ulimits: core: 1.',
    ),
    finding(
      'core-pattern',
      corePattern === undefined ? undefined : !piped || limits.every((limit) => limit === 1),
      [
        piped ? 'core dumps are piped to a program, but not from here' : 'core dumps are not piped to a program',
        'core dumps are piped to a program',
      ],
      'A limit of 1 instead of 0 stops them: ulimit -c 1, in Docker ulimits: core: 1. Or sysctl kernel.core_pattern=core on the host.',
    ),
    finding(
      'inspector',
      !machine.inspectable && inside(({ inspectable }) => !inspectable) !== false,
      ['no process opens its inspector, not on SIGUSR1 either', "a process's memory can be had through Node's inspector"],
      'Start without --inspect, in NODE_OPTIONS too.',
    ),
    finding(
      'temporary-folder',
      inside((seen) => seen.tmpdir === vaultDir),
      ['temporary files of darkrooms go to the vault', 'temporary files of darkrooms do not go to the vault'],
      'Update Mayfly: it sets TMPDIR itself.',
    ),
    finding(
      'libvips-spill',
      inside((seen) => seen.discThreshold === discThreshold),
      ['libvips keeps pictures in memory', 'libvips may write large pictures to temporary files'],
      'Update Mayfly: it sets VIPS_DISC_THRESHOLD itself.',
    ),
    finding(
      'darkroom-network',
      inside(({ connected }) => !connected),
      ['a darkroom reaches no network, not even loopback', 'a darkroom can reach the network'],
      walls,
    ),
    finding(
      'darkroom-writes',
      inside(({ wrote }) => wrote.length === 0),
      ['a darkroom can write to the vault alone', `a darkroom can write to ${list(probed?.wrote)}`],
      walls,
    ),
    finding(
      'darkroom-reads',
      inside(({ read }) => read.length === 0),
      ['a darkroom can read neither books nor keys nor the memory of others', `a darkroom can read ${list(probed?.read)}`],
      walls,
    ),
    {
      ...finding(
        'ptrace-scope',
        machine.ptraceScope === undefined ? undefined : machine.ptraceScope > 0,
        ['a process may read the memory of its own children only', 'any process of the same user may read the memory of another'],
        'sysctl kernel.yama.ptrace_scope=1 on the host.',
      ),
      optional: true,
    },
  ];
}

/** Bytes above which libvips would use a file: none that our pixel limit lets through. */
export const discThreshold = '8g';

/** What MAYFLY_STRICT refuses to start with: what is missing, and what cannot be found out here. */
export function shortcomings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ state, optional }) => state !== 'ok' && optional !== true);
}

/** As `log.boot` has it. */
export function selfCheckRecord(findings: readonly Finding[]): Record<string, Finding['state']> {
  return Object.fromEntries(findings.map(({ name, state }) => [name, state]));
}

function finding(name: string, good: boolean | undefined, [yes, no]: readonly [string, string], fix: string): Finding {
  if (good === undefined) return { name, state: 'unknown', why: 'this system does not tell', fix };
  return good ? { name, state: 'ok', why: yes, fix: '' } : { name, state: 'missing', why: no, fix };
}

const list = (paths: readonly string[] = []) => paths.join(', ');
