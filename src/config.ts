import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { fits } from './labels/badge.ts';
import { canWrite } from './labels/glyphs.ts';
import type { MarkStyle } from './labels/mark.ts';

const MiB = 1024 * 1024;

const whole = (fallback: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(fallback);
const folder = (fallback: string) =>
  z
    .string()
    .min(1)
    .default(fallback)
    .transform((path) => resolve(path));

/** One photo per darkroom, or N photos before a darkroom is replaced. */
export type Isolation = { readonly kind: 'photo' } | { readonly kind: 'pool'; readonly jobs: number };

const isolation = z
  .string()
  .regex(/^(photo|pool:[1-9]\d{0,5})$/, 'expected "photo" or "pool:N"')
  .default('photo')
  .transform((text): Isolation => (text === 'photo' ? { kind: 'photo' } : { kind: 'pool', jobs: Number(text.slice('pool:'.length)) }));

/** Engines that find faces: one folder each under src/faces/. */
const engines = ['mediapipe', 'face-api'] as const;
export type Engine = (typeof engines)[number];

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(8080, 0, 65535),
  MAYFLY_VAULT_DIR: folder('./tmp'),
  MAYFLY_DATA_DIR: folder('./data'),
  MAYFLY_TEMPLATES_DIR: folder('./templates'),
  MAYFLY_ENGINE: z.enum(engines).default('mediapipe'),
  MAYFLY_ISOLATION: isolation,
  MAYFLY_DARKROOMS: whole(availableParallelism(), 1, 256),
  MAYFLY_DARKROOM_MB: whole(1024, 256, 65536),
  MAYFLY_REHEARSAL_SECONDS: whole(10, 0, 60),
  MAYFLY_RECEIVERS: whole(1, 1, 64),
  MAYFLY_RECEIVER_SECONDS: whole(30, 1, 3600),
  MAYFLY_JOB_SECONDS: whole(30, 1, 600),
  MAYFLY_RESULT_SECONDS: whole(60, 1, 600),
  MAYFLY_SWEEP_CRON: z.string().min(1).default('*/10 * * * * *'),
  MAYFLY_MAX_BYTES: whole(20 * MiB, 1024, 1024 * MiB),
  MAYFLY_MAX_PIXELS: whole(50_000_000, 10_000, 1_000_000_000),
  MAYFLY_QUEUE: whole(64, 0, 10_000),
  MAYFLY_RATE: whole(600, 1, 1_000_000),
  MAYFLY_MARK: z.enum(['on', 'off']).default('on'),
  MAYFLY_MARK_TEXT: z
    .string()
    .max(40)
    .default('AI generated')
    .refine(canWrite, "expected letters, digits, .,:-+/!'()&· or 人工智能生成合")
    .refine((text) => !canWrite(text) || fits(text), 'the text is too long for a square picture'),
  MAYFLY_MARK_PRODUCER: z.string().min(1).max(100).default('Mayfly'),
  MAYFLY_LEDGER_ORIGIN: z
    .string()
    .max(120)
    .regex(/^[A-Za-z0-9.:/_-]+$/, 'expected a name such as photos.example.com/ledger')
    .default('mayfly.local/ledger'),
  MAYFLY_LEDGER_DAYS: whole(365, 1, 36_500),
  MAYFLY_CONTROLLER: z.string().min(1).max(200).optional(),
  MAYFLY_CONTACT: z.string().min(1).max(200).optional(),
  MAYFLY_CONFINE: z.enum(['auto', 'off']).default('auto'),
  MAYFLY_STRICT: z.enum(['0', '1']).default('0'),
  MAYFLY_DRILL_CRON: z.string().min(1).optional(),
  MAYFLY_METRICS_PORT: whole(9464, 0, 65535),
  MAYFLY_LOG: z.enum(['info', 'warn', 'error', 'silent']).default('info'),
});

/** Names of all settings. */
export const settings: readonly string[] = Object.keys(environment.shape);

/** The whole configuration, checked once and frozen. Secrets are not part of it: auth/ alone reads those. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly vaultDir: string;
  readonly dataDir: string;
  readonly templatesDir: string;
  readonly engine: Engine;
  readonly isolation: Isolation;
  /** Darkrooms that may work at once; as many spares stand ready. */
  readonly darkrooms: number;
  /** Resident MiB at which a working darkroom is killed. */
  readonly darkroomMegabytes: number;
  /** Seconds that a darkroom with nothing to do practises on a drawn face. */
  readonly rehearsalSeconds: number;
  readonly receivers: number;
  /** Seconds a generation of receivers lives. */
  readonly receiverSeconds: number;
  /** Seconds from received to result. */
  readonly jobSeconds: number;
  /** Seconds an undelivered result may wait. */
  readonly resultSeconds: number;
  readonly sweepCron: string;
  readonly maxBytes: number;
  readonly maxPixels: number;
  /** Jobs that may wait for a darkroom. */
  readonly queue: number;
  /** Photos a minute that one key may send. */
  readonly rate: number;
  /** How synthesized pictures are marked; undefined: not at all. */
  readonly mark: MarkStyle | undefined;
  /** Name of the ledger and of its key, in every checkpoint. It stays for the ledger's life. */
  readonly ledgerOrigin: string;
  /** Days an entry of the ledger is kept. */
  readonly ledgerDays: number;
  /** Who answers for this server, as the notice names them; undefined: nobody was named. */
  readonly controller: string | undefined;
  /** How to reach them: an address, a page. */
  readonly contact: string | undefined;
  /** Whether darkrooms get walls around them where the system allows it. */
  readonly confine: boolean;
  /** Whether a start is refused where the self-check misses something. */
  readonly strict: boolean;
  /** When a drill runs by itself; undefined: never. */
  readonly drillCron: string | undefined;
  readonly metricsPort: number;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
}

/** All mistakes of a configuration at once, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Environment to configuration.
 * @throws ConfigError naming every variable that is wrong
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(withoutEmpty(env));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(lines.join('\n'));
  }
  const value = parsed.data;
  return Object.freeze({
    host: value.HOST,
    port: value.PORT,
    vaultDir: value.MAYFLY_VAULT_DIR,
    dataDir: value.MAYFLY_DATA_DIR,
    templatesDir: value.MAYFLY_TEMPLATES_DIR,
    engine: value.MAYFLY_ENGINE,
    isolation: value.MAYFLY_ISOLATION,
    darkrooms: value.MAYFLY_DARKROOMS,
    darkroomMegabytes: value.MAYFLY_DARKROOM_MB,
    rehearsalSeconds: value.MAYFLY_REHEARSAL_SECONDS,
    receivers: value.MAYFLY_RECEIVERS,
    receiverSeconds: value.MAYFLY_RECEIVER_SECONDS,
    jobSeconds: value.MAYFLY_JOB_SECONDS,
    resultSeconds: value.MAYFLY_RESULT_SECONDS,
    sweepCron: value.MAYFLY_SWEEP_CRON,
    maxBytes: value.MAYFLY_MAX_BYTES,
    maxPixels: value.MAYFLY_MAX_PIXELS,
    queue: value.MAYFLY_QUEUE,
    rate: value.MAYFLY_RATE,
    mark: value.MAYFLY_MARK === 'on' ? { text: value.MAYFLY_MARK_TEXT, producer: value.MAYFLY_MARK_PRODUCER } : undefined,
    ledgerOrigin: value.MAYFLY_LEDGER_ORIGIN,
    ledgerDays: value.MAYFLY_LEDGER_DAYS,
    controller: value.MAYFLY_CONTROLLER,
    contact: value.MAYFLY_CONTACT,
    confine: value.MAYFLY_CONFINE === 'auto',
    strict: value.MAYFLY_STRICT === '1',
    drillCron: value.MAYFLY_DRILL_CRON,
    metricsPort: value.MAYFLY_METRICS_PORT,
    logLevel: value.MAYFLY_LOG,
  });
}

/** `NAME=` in a compose file means "not set". */
function withoutEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''));
}
