import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../src/ledger/canonical.ts';
import { eventNames, parseEntry } from '../../src/ledger/entry.ts';
import { isCanonical } from '../../src/verify/canonical.ts';
import { Invalid } from '../../src/verify/crypto.ts';
import { isFamiliar } from '../../src/verify/familiar.ts';
import { readLeaf } from '../../src/verify/leaf.ts';
import { boot, closed, received, swept, textsOf } from './histories.ts';

const read = (text: string) => readLeaf(Buffer.from(text));
const job = randomUUID();
const common = textsOf([received(job), closed(job), swept(), closed(job, { objects: [], why: 'crash' })]);
const [bootText = ''] = textsOf([boot()]);

describe('a leaf', () => {
  it.each([...common, bootText])('is an entry: %s', (text) => {
    expect(read(text)).toEqual(parseEntry(JSON.parse(text)));
  });

  it.each([
    ['white space', bootText.replace('{', '{ ')],
    ['a member twice', bootText.replace('"v":1', '"v":1,"v":1')],
    ['members in another order', `{"v":1,${bootText.slice(1).replace(',"v":1', '').replace('"version"', '"version"')}`],
    ['another way to write a number', bootText.replace('"orphans":0', '"orphans":0.0')],
    ['minus zero', bootText.replace('"orphans":0', '"orphans":-0')],
    ['an escape that is not needed', bootText.replace('mediapipe', '\\u006dediapipe')],
  ])('with %s is not canonical', (_name, text) => {
    expect(() => read(text)).toThrow('canonical');
  });

  it.each([
    ['an unknown field', bootText.replace('"v":1', '"ua":"Mozilla","v":1'), '(1 unknown)'],
    ['a field too few', bootText.replace('"orphans":0,', ''), 'orphans'],
    ['a field of another form', bootText.replace('"orphans":0', '"orphans":"many"'), 'orphans'],
    ['another version', bootText.replace('"v":1', '"v":2'), 'v'],
    ['another event', bootText.replace('log.boot', 'log.boat'), 'ev'],
  ])('with %s breaks the schema', (_name, text, place) => {
    expect(() => read(text)).toThrow(place);
  });

  it('is never quoted: what does not belong there may be about a person', () => {
    const text = bootText
      .replace('"v":1', '"203.0.113.7":"Alice","v":1')
      .replace('"orphans":0', '"orphans":"Bob"')
      .replace('"no-swap":"ok"', '"Carol":"ok"');
    try {
      read(text);
      expect('this').toBe('not reached');
    } catch (error) {
      expect(error).toBeInstanceOf(Invalid);
      expect(String(error)).not.toMatch(/Alice|Bob|Carol|203/);
    }
  });

  it.each(['', 'null', '[]', '1', '"x"', '{', '{}'])('is not %j', (text) => {
    expect(() => read(text)).toThrow(Invalid);
  });

  it('is UTF-8', () => {
    expect(() => readLeaf(Uint8Array.of(0xff, 0xfe))).toThrow('UTF-8');
    expect(() => readLeaf(Buffer.concat([Uint8Array.of(0xef, 0xbb, 0xbf), Buffer.from(bootText)]))).toThrow(Invalid);
  });
});

describe('the short way', () => {
  it('is there for what makes up a ledger', () => {
    expect(common.map(isFamiliar)).toEqual([true, true, true, true]);
    expect(isFamiliar(bootText)).toBe(false);
    expect(eventNames).toEqual(expect.arrayContaining(['job.received', 'job.closed', 'sweep.ran']));
  });

  it('accepts nothing that the long way refuses', () => {
    const snippets = [...new Set(common.flatMap((text) => text.match(/"[^"]*"|\d+|[{}[\],:]/g) ?? []))];
    const strange = [
      '',
      '0',
      '00',
      '-1',
      '1e9',
      '9007199254740993',
      '999999999999999',
      '"',
      '\\',
      ' ',
      '\n',
      'true',
      'A',
      '"role":"in"',
      '"v":1,',
    ];
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...common),
        fc.array(fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 40 }), fc.constantFrom(...snippets, ...strange)), { maxLength: 2 }),
        (text, edits) => {
          let changed = text;
          for (const [at, cut, put] of edits)
            changed = changed.slice(0, at % changed.length) + put + changed.slice((at % changed.length) + cut);
          if (!isFamiliar(changed)) return;
          accepted += 1;
          const value: unknown = JSON.parse(changed);
          parseEntry(value);
          expect(canonicalJson(value)).toBe(changed);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });

  it('never knows a text with one letter changed that the long way does not', () => {
    for (const text of common) {
      for (let at = 0; at < text.length; at++) {
        for (const letter of ['0', '"', 'a', ',', ' ', 'F', '-']) {
          const changed = text.slice(0, at) + letter + text.slice(at + 1);
          if (!isFamiliar(changed)) continue;
          const value: unknown = JSON.parse(changed);
          parseEntry(value);
          expect(canonicalJson(value)).toBe(changed);
        }
      }
    }
  });
});

describe('canonical JSON', () => {
  it('is what the ledger writes, and nothing else that reads the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(isCanonical(text, JSON.parse(text))).toBe(true);
        expect(isCanonical(` ${text}`, value)).toBe(false);
      }),
    );
  });
});
