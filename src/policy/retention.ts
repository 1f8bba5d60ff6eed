import type { Config } from '../config.ts';

/** A new receiver must listen within this time, or it is killed. It is part of how long an old one may live. */
export const receiverStartSeconds = 15;

/** The key of a job's commitments waits this long for its app to fetch the receipt. */
const receiptKeySeconds = 300;

/** The longest that anything of a photo may exist: seconds, and for the ledger days. */
export interface Retention {
  readonly photo: number;
  readonly landmarks: number;
  readonly result: number;
  /** Memory of the process that received the photo: its generation, the start of the next one, and what it still serves meanwhile. */
  readonly memory: number;
  /** The key with which an app can show that a receipt is about its photo. */
  readonly receiptKeys: number;
  readonly ledgerDays: number;
}

/** What the notice says and what deadlines and generations keep: both read it here. */
export function retentionOf({
  jobSeconds,
  resultSeconds,
  receiverSeconds,
  ledgerDays,
}: Pick<Config, 'jobSeconds' | 'resultSeconds' | 'receiverSeconds' | 'ledgerDays'>): Retention {
  const result = jobSeconds + resultSeconds;
  const memory = receiverSeconds + receiverStartSeconds + result;
  return { photo: jobSeconds, landmarks: jobSeconds, result, memory, receiptKeys: receiptKeySeconds, ledgerDays };
}

/** One line of the retention schedule. */
export interface Period {
  readonly what: string;
  readonly where: string;
  /** `30 seconds`, `365 days`: at the latest. */
  readonly atMost: string;
  /** What ends it, usually long before. */
  readonly endsWith: string;
}

/** The retention schedule: every kind of thing that there is of a photo, and of what was done with it. */
export function scheduleOf({ photo, landmarks, result, memory, receiptKeys, ledgerDays }: Retention): readonly Period[] {
  const seconds = (many: number) => `${many} seconds`;
  return [
    { what: 'The photo', where: 'encrypted in the vault', atMost: seconds(photo), endsWith: 'A darkroom has read it.' },
    {
      what: 'Position and shape of the faces in it',
      where: 'memory of the process that makes the picture',
      atMost: seconds(landmarks),
      endsWith: 'The picture is made.',
    },
    { what: 'The picture', where: 'encrypted in the vault', atMost: seconds(result), endsWith: 'It has been sent.' },
    {
      what: 'Memory of the processes that worked on them',
      where: 'this server',
      atMost: seconds(memory),
      endsWith: 'The processes end: the one that saw pixels with its photo, the one that received it with its generation.',
    },
    {
      what: 'The key of the receipt',
      where: 'memory',
      atMost: seconds(receiptKeys),
      endsWith: 'The app has fetched the receipt.',
    },
    {
      what: 'Entries of the ledger: times, sizes, how it ended',
      where: 'the ledger, signed; nothing in it says who was in the photo',
      atMost: `${ledgerDays} days, and until 256 entries around them are as old`,
      endsWith: 'They are pruned; their hashes stay.',
    },
  ];
}
