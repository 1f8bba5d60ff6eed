import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type EventName, eventNames, eventSchema, type LedgerEvent, parseEntry } from '../../src/ledger/entry.ts';
import { bootEntry, closedAs } from '../kit/entries.ts';

const job = randomUUID();
const hex = 'a'.repeat(64);
const key = 'mayfly.local/ledger+0123abcd+AWFh';

/** One of each kind, with every field there is. */
const examples: { readonly [Name in EventName]: Extract<LedgerEvent, { ev: Name }> } = {
  'log.boot': bootEntry({ isolation: 'pool:64' }),
  'job.received': { ev: 'job.received', job, owner: '0123456789abcdef', roles: ['in'], deadline: 95_000, notice: 'n' },
  'job.closed': closedAs(job, {
    objects: [
      { role: 'in', bytes: 10, commitment: hex },
      { role: 'landmarks', bytes: 3, commitment: hex },
      { role: 'out', bytes: 0 },
    ],
  }),
  'purge.failed': { ev: 'purge.failed', job, failed: 1 },
  'sweep.ran': { ev: 'sweep.ran', seen: 1, found: 1, destroyed: 1, failed: 0 },
  'clock.step': { ev: 'clock.step', step_ms: -5 },
  'key.rotated': { ev: 'key.rotated', from: key, to: key },
  'notice.changed': { ev: 'notice.changed', from: 'a', to: 'b' },
  'access.denied': { ev: 'access.denied', why: 'no-key', count: 3 },
  'drill.ran': { ev: 'drill.ran', ok: true, job, processes: 4, unreadable: 0, files: 9, hits: 0 },
  'log.pruned': { ev: 'log.pruned', before: 1, entries: 256 },
  'log.close': { ev: 'log.close' },
};
const stamp = { v: 1, at: 1, mono: 2, boot: randomUUID(), seq: 0 } as const;
const all = eventNames.map((name) => [name, examples[name]] as const);

/** Every place in a value where an object is, as a copy of the whole with one more member there. */
function* withExtra(value: unknown, name: string, content: unknown, whole = (part: unknown) => part): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* withExtra(item, name, content, (part) => whole(value.with(i, part)));
    return;
  }
  yield whole({ ...value, [name]: content });
  for (const [member, item] of Object.entries(value)) yield* withExtra(item, name, content, (part) => whole({ ...value, [member]: part }));
}

describe('an entry', () => {
  it('is one of these, each with its stamp', () => {
    expect(Object.keys(examples).sort()).toEqual([...eventNames].sort());
    for (const [, event] of all) expect(parseEntry({ ...event, ...stamp })).toEqual({ ...event, ...stamp });
  });

  it.each(all)('takes no field that could say who somebody is: %s', (_name, event) => {
    for (const field of ['ip', 'user_agent', 'subject', 'file', 'exif', 'sha256', 'hash', 'note', 'url']) {
      const sneaky = [...withExtra(event, field, 'canary')];
      for (const one of [...sneaky, { ...event, ...stamp, [field]: 'canary' }])
        expect(() => parseEntry({ ...stamp, ...Object(one) })).toThrow();
    }
  });

  it.each(all)('has no text in it that could be a sentence about somebody: %s', (_name, event) => {
    const texts = [...withText(event)];
    for (const { path, put } of texts) {
      if (path === 'ev') continue;
      for (const canary of ['Ann Smith', '203.0.113.7 Mozilla/5.0 (X11)', 'IMG 0001.jpg', 'ünïcode', '{"a":1}', 'line\nbreak'])
        expect(eventSchema.safeParse(put(canary)).success).toBe(false);
    }
  });

  it('has a commitment of 32 bytes in hexadecimal, or none', () => {
    const closed = (commitment: unknown) => ({ ...closedAs(job), objects: [{ role: 'in', bytes: 1, commitment }] });
    expect(eventSchema.safeParse(closed(hex)).success).toBe(true);
    for (const wrong of ['', 'a', hex.toUpperCase(), `${hex}00`, null, undefined, 7])
      expect(eventSchema.safeParse(closed(wrong)).success).toBe(false);
  });

  it('needs its stamp', () => {
    for (const name of Object.keys(stamp)) {
      const { [name as keyof typeof stamp]: _, ...rest } = stamp;
      expect(() => parseEntry({ ev: 'log.close', ...rest })).toThrow();
    }
  });
});

/** Every text in an event, with its path and the event as it is with another text there. */
function* withText(value: unknown, path = '', whole = (part: unknown) => part): Generator<{ path: string; put(text: string): unknown }> {
  if (typeof value === 'string') yield { path, put: whole };
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    const put = (part: unknown) => whole(Array.isArray(value) ? value.with(Number(name), part) : { ...value, [name]: part });
    yield* withText(item, path === '' ? name : `${path}.${name}`, put);
  }
}
