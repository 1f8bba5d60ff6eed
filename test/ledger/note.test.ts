import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { generateSigner, NoteError, openNote, parseSigner, parseVerifier, signNote } from '../../src/ledger/note.ts';

// The key and the note that golang.org/x/mod/sumdb/note tests with.
const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const skey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

describe('signed notes', () => {
  const peter = parseVerifier(vkey);

  it('are, byte for byte, those of Go', () => {
    const signer = parseSigner(skey);
    expect(signer).toMatchObject({ name: 'PeterNeumann', id: 'c74f20a3', vkey, skey });
    expect(signNote(text, [signer])).toBe(note);
    expect(openNote(note, [peter])).toBe(text);
  });

  it('hold no other text', () => {
    fc.assert(
      fc.property(fc.nat(Buffer.byteLength(note) - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(note);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        expect(() => openNote(bytes.toString(), [peter])).toThrow(NoteError);
      }),
      { numRuns: 300 },
    );
  });

  it('ignore signatures of keys that nobody asked for, and need one that was', () => {
    const [mine, other] = [generateSigner('example.com/log'), generateSigner('example.com/log')];
    const both = signNote(text, [other, mine]);
    expect(openNote(both, [parseVerifier(mine.vkey)])).toBe(text);
    expect(openNote(both, [parseVerifier(other.vkey)])).toBe(text);
    expect(() => openNote(both, [peter])).toThrow('No known key');
    expect(() => openNote(both, [])).toThrow('No known key');
  });

  it('are refused as a whole when one signature of a known key does not hold', () => {
    const mine = generateSigner('example.com/log');
    const wrong = signNote('something else\n', [mine]).split('\n').at(-2);
    expect(() => openNote(`${note}${wrong}\n`, [peter, parseVerifier(mine.vkey)])).toThrow('does not hold');
  });

  it.each([
    ['', text],
    ['no text', signNote('', [parseSigner(skey)])],
    ['a signature of nothing by somebody else', `${note}— somebody x08gow==\n`],
    ['no end', note.slice(0, -1)],
    ['another end', `${note.slice(0, -1)}x`],
    ['something before a signature', note.replace('—', 'x—')],
    ['something behind a signature', `${note.slice(0, -1)} x\n`],
    [
      'a short signature',
      `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6Ryyw==\n`,
    ],
    ['a signature in another spelling', note.replace('BwJnAM=', 'BwJnAN=')],
    ['no signature', `${text}\n`],
    ['no empty line', note.replace('\n\n', '\n')],
    ['a hyphen for the dash', note.replace('—', '-')],
    ['no name', note.replace(' PeterNeumann', '')],
    ['a signature of nothing', `${text}\n— PeterNeumann x08gow==\n`],
  ])('are refused where the form is wrong: %s', (_name, wrong) => {
    expect(() => openNote(wrong, [peter])).toThrow(NoteError);
  });

  // After the manglings of Go's note_test.go.
  it('take no verifier key that is not whole', () => {
    for (let from = 0; from <= vkey.length; from++) {
      for (let to = from + 1; to <= vkey.length; to++) {
        if (to - from < vkey.length) expect(() => parseVerifier(vkey.slice(from, to))).toThrow(NoteError);
      }
      const other = String.fromCharCode(vkey.charCodeAt(from) + 1);
      if (from < vkey.length) expect(() => parseVerifier(vkey.slice(0, from) + other + vkey.slice(from + 1))).toThrow(NoteError);
    }
    // The wrong length with its id, and an algorithm that nobody knows with its id.
    expect(() => parseVerifier('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==')).toThrow(NoteError);
    expect(() => parseVerifier('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow(NoteError);
  });

  it('take no name with a space in it, though it has its id', () => {
    const key = Buffer.from(String(vkey.split('+')[2]), 'base64');
    const named = (name: string) =>
      `${name}+${hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), key])).slice(0, 8)}+${key.toString('base64')}`;
    expect(parseVerifier(named('ab')).name).toBe('ab');
    for (const name of ['a b', 'a\u2003b', 'a\0']) expect(() => parseVerifier(named(name))).toThrow(NoteError);
  });

  it('take no signing key that is not whole', () => {
    for (let to = 0; to < skey.length; to++) expect(() => parseSigner(skey.slice(0, to))).toThrow(NoteError);
    expect(() => parseSigner(skey.replace('c74f20a3', 'c74f20a4'))).toThrow(NoteError);
    expect(() => generateSigner('two words')).toThrow(NoteError);
    expect(() => generateSigner('a+b')).toThrow(NoteError);
    for (const name of ['', ' a', 'a ', 'a\nb', 'a\u0085b', 'a\0', 'a\u2003b']) expect(() => generateSigner(name)).toThrow(NoteError);
    for (const wrong of [`x${skey}`, `${skey}x`, `${skey}\n`, skey.slice(1), skey.replace('AYEK', 'AoEK'), skey.replace('AYEK', '')])
      expect(() => parseSigner(wrong)).toThrow(NoteError);
  });
});

describe('checkpoints', () => {
  // The example of c2sp.org/tlog-checkpoint.
  const body = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';

  it('are those of the specification', () => {
    const checkpoint = parseCheckpoint(body);
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(checkpoint && formatCheckpoint(checkpoint)).toBe(body);
  });

  it.each([
    ['an extension line', `${body}more\n`],
    ['a size with a zero before it', body.replace('20852163', '020852163')],
    ['a size that is none', body.replace('20852163', '-1')],
    ['a size beyond exact numbers', body.replace('20852163', '9007199254740993')],
    ['no origin', body.replace('example.com/behind-the-sofa', '')],
    ['a short root', body.replace('CsUY', '')],
    ['a root in another spelling', body.replace('q2I=', 'q2J=')],
    ['no end', body.slice(0, -1)],
    ['something behind the root', body.replace('q2I=\n', 'q2I= \n')],
    ['a line before it', `\n${body}`],
    ['a size of one digit too many', body.replace('20852163', '1'.repeat(17))],
  ])('are refused with %s', (_name, wrong) => {
    expect(parseCheckpoint(wrong)).toBeUndefined();
  });
});
