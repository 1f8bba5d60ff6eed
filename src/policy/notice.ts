import { createHash } from 'node:crypto';
import type { Config } from '../config.ts';
import { canonicalJson } from '../ledger/canonical.ts';
import { type Retention, retentionOf } from './retention.ts';

/** What the person in the photo is told, and what the code enforces, from one object. */
export interface Notice {
  /** First 16 hexadecimal digits of the SHA-256 of the rest as canonical JSON: another word, another version. */
  readonly version: string;
  readonly purpose: string;
  readonly data: readonly string[];
  readonly recipients: readonly string[];
  readonly retention: Retention;
  readonly ages: readonly string[];
  readonly text: string;
}

export const ages = ['adult', 'minor-with-guardian'] as const;

/** The notice in force under a configuration. The retention times are those that the deadlines and generations keep. */
export function noticeOf(config: Pick<Config, 'jobSeconds' | 'resultSeconds' | 'receiverSeconds'>): Notice {
  const retention = retentionOf(config);
  const { photo, result, memory } = retention;
  const content = {
    purpose: 'One picture is made from your photo, at your request. The photo is used for nothing else.',
    data: ['the photo you send', 'the position and shape of the faces in it, while the picture is made', 'the picture that is made'],
    recipients: [],
    retention: { ...retention },
    ages: [...ages],
    text:
      `Your photo is encrypted as it arrives, under a key that exists only in memory. It is destroyed as soon as the picture is made, after ${photo} ` +
      `seconds at the latest. The picture is destroyed when it has been sent to you, after ${result} seconds at the latest. The processes that ` +
      `worked on them end, and their memory with them, after ${memory} seconds at the latest. Nobody else receives anything. A ledger records ` +
      'that all this was done; nothing in it says who you are.',
  };
  const version = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
  return { version, ...content };
}
