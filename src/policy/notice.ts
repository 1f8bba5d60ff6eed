import { createHash } from 'node:crypto';
import type { Config } from '../config.ts';
import { canonicalJson } from '../ledger/canonical.ts';
import { type Period, type Retention, retentionOf, scheduleOf } from './retention.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

/**
 * What the person in the photo is told, and what the code enforces, from one object: `/v1/notice`, `/privacy`, the sheet for app stores and the
 * retention schedule are views of it.
 */
export interface Notice {
  /** First 16 hexadecimal digits of the SHA-256 of what a person reads, as canonical JSON: another word, another version. */
  readonly version: string;
  /** Who answers for the server, where the operator has said so. */
  readonly controller: { readonly name: string | null; readonly contact: string | null };
  readonly purposes: readonly string[];
  readonly data: readonly string[];
  readonly recipients: readonly string[];
  readonly retention: Retention;
  readonly schedule: readonly Period[];
  readonly ages: readonly string[];
  readonly rights: readonly string[];
  /** All that is promised, each sentence with what keeps it. */
  readonly sentences: readonly Sentence[];
  /** The sentences as one text. */
  readonly text: string;
}

export const ages = ['adult', 'minor-with-guardian'] as const;

type Settings = Pick<Config, 'jobSeconds' | 'resultSeconds' | 'receiverSeconds' | 'ledgerDays' | 'controller' | 'contact' | 'mark'>;

/** The notice in force under a configuration. The retention times are those that the deadlines and generations keep. */
export function noticeOf(config: Settings): Notice {
  const retention = retentionOf(config);
  const sentences = sentencesOf(config, retention);
  const about = (topic: Sentence['topic']) => sentences.filter((sentence) => sentence.topic === topic).map(({ says }) => says);
  const content = {
    controller: { name: config.controller ?? null, contact: config.contact ?? null },
    purposes: about('purpose'),
    data: ['the photo you send', 'the position and shape of the faces in it, while the picture is made', 'the picture that is made'],
    recipients: [],
    retention: { ...retention },
    schedule: scheduleOf(retention),
    ages: [...ages],
    rights: about('rights'),
    text: sentences.map(({ says }) => says).join(' '),
  };
  // Without the names of tests: renaming one changes no promise.
  const version = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
  return { version, ...content, sentences };
}
