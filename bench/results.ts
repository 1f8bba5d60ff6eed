/** What a run of the bench found, as it is written to bench.json. Times are milliseconds, memory is bytes, sizes of photos are megapixels. */

export const kinds = ['fusion', 'sticker', 'reshape', 'toon', 'avatar', 'mesh', 'conceal', 'landmarks'] as const;
export type Kind = (typeof kinds)[number];

/** The template that stands for each kind; landmarks need none. */
export const templateOf = {
  fusion: 'astronaut',
  sticker: 'sunglasses',
  reshape: 'feminine',
  toon: 'anime',
  avatar: 'portrait',
  mesh: 'low-poly',
  conceal: 'moon',
} as const satisfies Partial<Record<Kind, string>>;

export const isolations = ['photo', 'pool:64'] as const;
export type Isolation = (typeof isolations)[number];

/** As Server-Timing names them, in the order they happen; `rest` is what no step claims: connection, opening and sending the result. */
export const steps = ['receive', 'wait', 'decode', 'faces', 'effect', 'encode', 'rest'] as const;
export type Step = (typeof steps)[number];

export type Steps = Readonly<Record<Step, number>>;

export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memory: number;
  /** Load average of the minute before the run: what others did to the machine. */
  readonly load: number;
  readonly system: string;
  readonly node: string;
  readonly sharp: string;
  readonly libvips: string;
  readonly mayfly: string;
  readonly engine: string;
}

export interface PhotoSize {
  readonly megapixels: number;
  readonly width: number;
  readonly height: number;
  /** Length of the JPEG. */
  readonly bytes: number;
}

/** Times of one job, or of sharp's bare work, over all rounds. */
export interface Spread {
  readonly rounds: number;
  readonly median: number;
  readonly p95: number;
}

export interface Bare extends Spread {
  readonly megapixels: number;
}

export interface Latency extends Spread {
  readonly kind: Kind;
  readonly megapixels: number;
  readonly isolation: Isolation;
  /** Medians of the steps. */
  readonly steps: Steps;
  /** Length of the answer's body. */
  readonly resultBytes: number;
}

/** Photos a second while every client has one under way all the time. */
export interface Throughput {
  readonly of: Kind | 'bare';
  readonly megapixels: number;
  readonly isolation?: Isolation;
  readonly clients: number;
  readonly perSecond: number;
}

export const processKinds = ['supervisor', 'receiver', 'darkroom'] as const;
export type ProcessKind = (typeof processKinds)[number];

export interface Memory {
  readonly isolation: Isolation;
  /** High-water mark of the largest process of each kind; 0 where the system does not tell. */
  readonly peak: Readonly<Record<ProcessKind, number>>;
  /** The idle service with its spare darkrooms: sum of its processes. Shared pages count once in `proportional`, in each process in `resident`. */
  readonly idle: { readonly darkrooms: number; readonly resident: number; readonly proportional: number };
}

export interface EnduranceSample {
  /** Jobs done. */
  readonly jobs: number;
  readonly supervisor: number;
  /** All processes of the service together. */
  readonly service: number;
}

export interface Endurance {
  readonly jobs: number;
  readonly seconds: number;
  readonly samples: readonly EnduranceSample[];
  /** Bytes of the supervisor for each job, least squares over the last half. */
  readonly slope: number;
  /** Median of the supervisor's last fifth of samples over that of its second fifth. */
  readonly growth: number;
  /** Peak of each receiver, in the order they came. */
  readonly receivers: readonly number[];
}

/** What one 12-megapixel job costs in the vault and in the books. */
export interface Keeping {
  readonly vault: 'tmpfs' | 'disk';
  readonly rounds: number;
  readonly photoBytes: number;
  readonly resultBytes: number;
  readonly seal: number;
  readonly open: number;
  readonly purge: number;
  readonly books: number;
  /** Median of the whole; the parts are medians too and need not add up to it. */
  readonly total: number;
}

export interface Results {
  readonly machine: Machine;
  readonly photos: readonly PhotoSize[];
  readonly bare: readonly Bare[];
  readonly latency: readonly Latency[];
  readonly throughput: readonly Throughput[];
  readonly memory: readonly Memory[];
  readonly endurance: Endurance;
  readonly keeping: readonly Keeping[];
}
