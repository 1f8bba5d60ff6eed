import type { Config } from '../config.ts';
import type { Retention } from './retention.ts';

export const topics = ['purpose', 'protection', 'retention', 'recipients', 'record', 'ages', 'rights'] as const;
export type Topic = (typeof topics)[number];

/** One sentence of the notice. */
export interface Sentence {
  readonly topic: Topic;
  readonly says: string;
  /**
   * What keeps the promise in it: settings (`MAYFLY_JOB_SECONDS`) and tests (`test/jobs/desk.test.ts › destroys a result that nobody fetches`). Empty
   * where a sentence promises nothing that code could keep. A test checks that all of them exist.
   */
  readonly kept_by: readonly string[];
}

type Settings = Pick<Config, 'controller' | 'contact' | 'mark'>;

/** The sentences of the notice, in the order in which they are read. */
export function sentencesOf(settings: Settings, retention: Retention): readonly Sentence[] {
  const { photo, result, memory, receiptKeys, ledgerDays } = retention;
  return [
    say(
      'purpose',
      'One picture, or one list of the points of the faces, is made from your photo, at your request; the photo is used for nothing else.',
      'test/jobs/desk.test.ts › goes from upload to result to nothing',
    ),
    say(
      'purpose',
      'Nobody is recognised in it, and nothing is learned from it.',
      'test/faces/models.test.ts',
      'test/darkroom/develop.test.ts › the next photo of a process finds everything as the first one did',
    ),
    ...markOf(settings),
    say(
      'protection',
      'Your photo is encrypted as it arrives, under a key that exists only in memory.',
      'test/contract/vault.ts › stores nothing of the plaintext',
      'test/intake/seal-photo.test.ts › keeps every byte, however it arrives, and overwrites each chunk',
    ),
    say(
      'retention',
      `Your photo is destroyed as soon as the picture is made, after ${photo} seconds at the latest.`,
      'MAYFLY_JOB_SECONDS',
      'test/jobs/desk.test.ts › expires at its deadline in every state',
      'test/jobs/desk.test.ts › destroys the sealed photo as soon as the darkroom has read it, not when it has done with it',
    ),
    say(
      'retention',
      `The picture is destroyed when it has been sent to you, after ${result} seconds at the latest.`,
      'MAYFLY_RESULT_SECONDS',
      'test/jobs/desk.test.ts › destroys a result that nobody fetches',
    ),
    say(
      'retention',
      `The processes that worked on photo and picture end, and their memory with them, after ${memory} seconds at the latest.`,
      'MAYFLY_RECEIVER_SECONDS',
      'MAYFLY_ISOLATION',
      'test/e2e/residue.test.ts',
    ),
    say(
      'retention',
      'What should not be there any more is looked for again and again, and while something cannot be destroyed no photo is taken.',
      'MAYFLY_SWEEP_CRON',
      'test/supervisor/sweeper.test.ts › books what it saw, even nothing',
      'test/jobs/desk.test.ts › takes no photo while there is a reason against it',
    ),
    say(
      'recipients',
      'Nobody else receives anything.',
      'test/darkroom/confine.test.ts › keep it from every network, loopback too',
      'test/faces/mediapipe/telemetry.test.ts',
    ),
    say(
      'record',
      `A ledger records that all this was done, and is kept for ${ledgerDays} days; nothing in it says who you are.`,
      'MAYFLY_LEDGER_DAYS',
      'test/ledger/entry.test.ts › takes no field that could say who somebody is',
      'test/e2e/receipts.test.ts › and the books carry nothing of who sent what: no subject, address, agent, file name, secret or query',
    ),
    say(
      'record',
      'For every photo there is a receipt, whatever became of it.',
      'test/http/ledger.test.ts › is linked from every answer of a job that was received',
      'test/jobs/model.test.ts › leaves balanced books and an empty vault, whatever happens in whatever order',
    ),
    say(
      'record',
      `The key with which your app can show that a receipt is about your photo is handed out once, and destroyed after ${receiptKeys} seconds at the latest.`,
      'test/jobs/receipts.test.ts › has a key for five minutes; then it is overwritten',
    ),
    say(
      'ages',
      'You must be an adult, or agree together with your guardian.',
      'test/policy/consent.test.ts › to the notice in force is enough, with or without a subject',
    ),
    say(
      'rights',
      'You can change your mind at any moment: when your app ends the connection, your photo and whatever was made of it are destroyed at once.',
      'test/http/connection.test.ts › that goes while its photo waits or is developed ends the darkroom',
    ),
    say('rights', 'Afterwards nothing is left that could be handed out, corrected or deleted; the receipt shows that it is so.'),
    say('rights', complaint(settings)),
  ];
}

function say(topic: Topic, says: string, ...kept_by: readonly string[]): Sentence {
  return { topic, says, kept_by };
}

function markOf({ mark }: Settings): readonly Sentence[] {
  if (mark === undefined) return [];
  const says =
    'A picture with something synthesized in it says so, visibly and in its metadata, and carries nothing else of your photo’s metadata.';
  return [say('purpose', says, 'MAYFLY_MARK', 'test/labels/metadata.test.ts', 'test/labels/visible.test.ts')];
}

function complaint({ controller, contact }: Settings): string {
  const who = controller ?? 'Whoever runs the app that you use';
  const how = contact === undefined ? '' : `, at ${contact},`;
  return `${who}${how} answers for this server; you may ask there, and complain to the data protection authority of your country.`;
}
