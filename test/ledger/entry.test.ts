import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  closeReasons,
  denials,
  type EventName,
  eventNames,
  eventSchema,
  type LedgerEvent,
  objectRoles,
  parseEntry,
} from '../../src/ledger/entry.ts';
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
    for (const { path, text, put } of texts) {
      if (path === 'ev') continue;
      for (const beside of [`${text} Ann`, `Ann ${text}`, `${text}\n`, `\n${text}`, ''])
        expect(eventSchema.safeParse(put(beside)).success).toBe(false);
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

  const accepts = (event: unknown) => eventSchema.safeParse(event).success;

  it('has names of 200 letters at most, of the alphabet of versions', () => {
    const changed = (from: string) => ({ ev: 'notice.changed', from, to: 'b' });
    for (const right of ['x'.repeat(200), 'AZaz09.+/:_=-']) expect(accepts(changed(right))).toBe(true);
    for (const wrong of ['', 'x'.repeat(201), 'a,b', 'a@b', 'a b']) expect(accepts(changed(wrong))).toBe(false);
  });

  it('ends a job in one of the ways there are', () => {
    expect([...closeReasons].join(' ')).toBe('done refused failed aborted cancelled expired crash withdrawn');
    expect([...objectRoles].join(' ')).toBe('in out landmarks');
    const darkroom = (words: string) => closedAs(job, { proof: { unlinked: 0, keys: true, darkroom: words, receiver: { leaves_by: 1 } } });
    for (const right of ['none', 'pool', 'exited:0', 'exited:137', 'killed:SIGKILL', 'killed:SIGUSR2'])
      expect(accepts(darkroom(right))).toBe(true);
    for (const wrong of ['exited:', 'exited:x', 'exited:1x', 'killed:', 'killed:sigkill', 'nonepool', 'gone'])
      expect(accepts(darkroom(wrong))).toBe(false);
    expect(accepts({ ...closedAs(job), why: 'lost' })).toBe(false);
    expect(accepts({ ...closedAs(job), proof: { ...closedAs(job).proof, keys: false } })).toBe(false);
  });

  it('turns callers away for one of the reasons there are', () => {
    expect([...denials].join(' ')).toBe('no-key unknown-key wrong-role');
    const denied = (why: string, count: number) => ({ ev: 'access.denied', why, count });
    expect(['no-key', 'unknown-key', 'wrong-role'].map((why) => accepts(denied(why, 1)))).toEqual([true, true, true]);
    for (const wrong of [denied('tired', 1), denied('no-key', 0), denied('no-key', -1), denied('no-key', 1.5)])
      expect(accepts(wrong)).toBe(false);
  });

  it('tells of a start in words that are known', () => {
    const checked = (selfcheck: unknown) => ({ ...bootEntry(), selfcheck });
    expect(accepts(checked({ 'no-swap': 'ok', v2: 'missing', network: 'unknown', ['x'.repeat(40)]: 'ok' }))).toBe(true);
    expect(accepts(checked({}))).toBe(true);
    for (const wrong of [{ a: 'fine' }, { A: 'ok' }, { '': 'ok' }, { 'a b': 'ok' }, { ['x'.repeat(41)]: 'ok' }, { a: '' }])
      expect(accepts(checked(wrong))).toBe(false);
    const isolated = (isolation: string) => accepts({ ...bootEntry(), isolation });
    expect(['photo', 'pool:1', 'pool:10', 'pool:64'].map(isolated)).toEqual([true, true, true, true]);
    expect(['pool', 'pool:', 'pool:0', 'pool:01', 'pool:1x', 'photos', 'xpool:1'].map(isolated)).toEqual(Array(7).fill(false));
  });

  it('names verifier keys as the format writes them', () => {
    const rotated = (to: string) => accepts({ ev: 'key.rotated', from: key, to });
    expect([key, 'l+01234567+AAAA', `${'x'.repeat(200)}+01234567+AA==`].map(rotated)).toEqual([true, true, true]);
    const wrong = [
      '',
      '+01234567+AAAA',
      'l+0123456+AAAA',
      'l+012345678+AAAA',
      'l+0123456G+AAAA',
      'l+01234567+',
      'l+01234567+=',
      'a b+01234567+AAAA',
    ];
    expect([...wrong, `${'x'.repeat(201)}+01234567+AAAA`, 'l+m+01234567+AAAA', 'l+01234567+AA=A', 'l+01234567+A-_A'].map(rotated)).toEqual(
      Array(12).fill(false),
    );
  });

  it('counts in whole numbers from 0', () => {
    for (const wrong of [-1, 1.5, '1', null, 2 ** 53]) expect(accepts({ ev: 'log.pruned', before: 1, entries: wrong })).toBe(false);
    expect(accepts({ ev: 'log.pruned', before: 0, entries: 0 })).toBe(true);
    expect([-5, 0, 5].map((step_ms) => accepts({ ev: 'clock.step', step_ms }))).toEqual([true, true, true]);
    expect(accepts({ ev: 'clock.step', step_ms: 0.5 })).toBe(false);
    // Of a purge or a drill that no job was part of.
    expect(accepts({ ev: 'purge.failed', failed: 1 })).toBe(true);
    expect(accepts({ ev: 'purge.failed', failed: 1, job: undefined })).toBe(false);
  });

  it('is no list and no word', () => {
    for (const wrong of [[], 'log.close', null, undefined, 7]) expect(() => parseEntry(wrong)).toThrow();
  });

  it('needs its stamp', () => {
    for (const name of Object.keys(stamp)) {
      const { [name as keyof typeof stamp]: _, ...rest } = stamp;
      expect(() => parseEntry({ ev: 'log.close', ...rest })).toThrow();
    }
  });
});

interface Text {
  readonly path: string;
  readonly text: string;
  put(text: string): unknown;
}

/** Every text in an event, with its path and the event as it is with another text there. */
function* withText(value: unknown, path = '', whole = (part: unknown) => part): Generator<Text> {
  if (typeof value === 'string') yield { path, text: value, put: whole };
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    const put = (part: unknown) => whole(Array.isArray(value) ? value.with(Number(name), part) : { ...value, [name]: part });
    yield* withText(item, path === '' ? name : `${path}.${name}`, put);
  }
}
