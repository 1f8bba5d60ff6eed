import { describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../src/verify/checkpoint.ts';
import { Invalid } from '../../src/verify/crypto.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { openNote, parseVerifierKey, parseVerifierKeys } from '../../src/verify/note.ts';
import { webCrypto } from '../../src/verify/web-crypto.ts';
import { createSigner, sha256 } from './log-writer.ts';

// From the documentation of golang.org/x/mod/sumdb/note, the format's first implementation.
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const text = `If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n`;
const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

describe('a signed note', () => {
  const signer = createSigner();
  const other = createSigner();
  const key = parseVerifierKey(signer.vkey, nodeCrypto);
  const open = (signed: string) => openNote(signed, [key], nodeCrypto);

  it.each([
    ['Node', nodeCrypto],
    ['a browser', webCrypto],
  ])('of another implementation opens, with the primitives of %s', async (_name, crypto) => {
    const signedBy = parseVerifierKey(peter, crypto);
    expect(await openNote(note, [signedBy], crypto)).toEqual({ text, signers: [signedBy] });
    await expect(openNote(note.replace('answer', 'anther'), [signedBy], crypto)).rejects.toThrow(Invalid);
  });

  it('may have empty lines and any letters in its text', async () => {
    const letters = 'Ognuno sta solo\n\ned è subito sera.\n';
    expect((await open(signer.sign(letters))).text).toBe(letters);
  });

  it('ignores the signatures of others, before and after', async () => {
    const signed = `a\n\n${other.line('a\n')}${signer.line('a\n')}${createSigner('witness.example').line('a\n')}`;
    expect((await open(signed)).signers).toEqual([key]);
    await expect(open(other.sign('a\n'))).rejects.toThrow('No signature by mayfly.test/ledger+');
    await expect(openNote(other.sign('a\n'), [], nodeCrypto)).rejects.toThrow('any known key');
  });

  it('is refused as a whole when one known key has signed something else', async () => {
    const both = [key, parseVerifierKey(other.vkey, nodeCrypto)];
    const signed = `a\n\n${signer.line('a\n')}${other.line('b\n')}`;
    await expect(openNote(signed, both, nodeCrypto)).rejects.toThrow(`${other.id} is not over this text`);
  });

  it('needs a signature of 64 bytes', async () => {
    const short = Buffer.concat([Buffer.from(signer.id, 'hex'), Buffer.alloc(63)]).toString('base64');
    // An implementation of Ed25519 may throw where it is given another length.
    const strict = { ...nodeCrypto, ed25519Verify: () => Promise.reject(new RangeError('not asked')) };
    await expect(openNote(`a\n\n— ${signer.name} ${short}\n`, [key], strict)).rejects.toThrow('is not over this text');
  });

  const line = signer.line('a\n');
  it.each([
    ['without its last line end', `a\n\n${line.trimEnd()}`],
    ['with a letter in place of its last line end', `a\n\n${line.trimEnd()}x`],
    ['without an empty line', `a\n${line}`],
    ['without a text', `\n${signer.line('')}`],
    ['of an empty line alone', `\n\n${signer.line('\n')}`],
    ['that begins with its signatures', signer.line('')],
    ['without a signature', 'a\n\n'],
    ['with an empty line after the signatures', `a\n\n${line}\n`],
    ['with a hyphen', `a\n\n-${line.slice(1)}`],
    ['with two spaces', `a\n\n${line.replace('— ', '—  ')}`],
    ['with something behind the signature', `a\n\n${line.replace('\n', ' x\n')}`],
    ['with a plus in the name', `a\n\n${line.replace('mayfly', 'may+fly')}`],
    ['with a carriage return', `a\n\n${line.replace('\n', '\r\n')}`],
    ['with a tab in the text', `a\tb\n\n${signer.line('a\tb\n')}`],
    ['with a zero byte', `a\0\n\n${signer.line('a\0\n')}`],
    ['with a signature that is a key id alone', `a\n\n— ${signer.name} ${Buffer.from(signer.id, 'hex').toString('base64')}\n`],
    ['with white space in the base64', `a\n\n${line.replace(/(.{8})\n/, ' $1\n')}`],
    ['with base64 without padding', `a\n\n${line.replace(/=+\n/, '\n')}`],
    ['with 65 signatures', `a\n\n${line.repeat(65)}`],
  ])('%s is refused', async (_name, signed) => {
    await expect(open(signed)).rejects.toThrow(Invalid);
  });

  it('with 64 signatures is not', async () => {
    expect((await open(`a\n\n${line.repeat(64)}`)).signers).toHaveLength(64);
  });
});

describe('a verifier key', () => {
  const { vkey, name, id } = createSigner();
  const parse = (key: string) => parseVerifierKey(key, nodeCrypto);

  it('is read', () => {
    expect(parse(vkey)).toMatchObject({ name, id, text: vkey });
    expect(parse(peter)).toMatchObject({ name: 'PeterNeumann', id: 'c74f20a3' });
  });

  const typed = (type: number, length: number) => {
    const key = Buffer.concat([Uint8Array.of(type), Buffer.alloc(length)]);
    return `${name}+${sha256(`${name}\n`, key).toString('hex', 0, 4)}+${key.toString('base64')}`;
  };
  it.each([
    ['of nothing', ''],
    ['with another id', vkey.replace(id, '00000000')],
    ['with an id in capitals', vkey.replace(id, id.toUpperCase() === id ? `${id}0` : id.toUpperCase())],
    ['with another name', `x${vkey}`],
    ['without a name', vkey.slice(name.length)],
    ['with a line end', `${vkey}\n`],
    ['with a space', vkey.replace('.', ' ')],
    ['with another next line sign', vkey.replace('.', '\u0085')],
    ['of another type', typed(2, 32)],
    ['that is too short', typed(1, 31)],
    ['that is too long', typed(1, 33)],
  ])('%s is refused', (_name, key) => {
    expect(() => parse(key)).toThrow(Invalid);
  });

  it('stands on a line of its own, each with its end', () => {
    expect(parseVerifierKeys(`${vkey}\n${peter}\n`, nodeCrypto).map((key) => key.text)).toEqual([vkey, peter]);
    for (const wrong of [vkey, `${vkey}x`, `${vkey}\n\n`, `\n${vkey}\n`, '', '\n', `${vkey}\r\n`]) {
      expect(() => parseVerifierKeys(wrong, nodeCrypto)).toThrow(Invalid);
    }
  });
});

describe('a checkpoint', () => {
  const signer = createSigner();
  const root = sha256('root').toString('base64');
  const open = (signed: string) => openCheckpoint(signed, [parseVerifierKey(signer.vkey, nodeCrypto)], nodeCrypto);

  it('is origin, size and root', async () => {
    const { origin, size, root: found } = await open(signer.sign(`${signer.name}\n20852163\n${root}\n`));
    expect([origin, size, Buffer.from(found).toString('base64')]).toEqual([signer.name, 20852163, root]);
    expect((await open(signer.sign(`${signer.name}\n0\n${root}\n`))).size).toBe(0);
  });

  it.each([
    ['of another origin', `elsewhere\n1\n${root}\n`],
    ['without an origin', `\n1\n${root}\n`],
    ['with a leading zero', `${signer.name}\n01\n${root}\n`],
    ['with a plus sign', `${signer.name}\n+1\n${root}\n`],
    ['with a fraction', `${signer.name}\n1.0\n${root}\n`],
    ['with an exponent', `${signer.name}\n1e3\n${root}\n`],
    ['with an empty size', `${signer.name}\n\n${root}\n`],
    ['with a size that no number holds', `${signer.name}\n9007199254740992\n${root}\n`],
    ['with a negative size', `${signer.name}\n-1\n${root}\n`],
    ['with an extension line', `${signer.name}\n1\n${root}\nextension\n`],
    ['with two lines', `${signer.name}\n1\n`],
    ['with a short root', `${signer.name}\n1\n${root.slice(0, -4)}\n`],
    ['with unused bits set in the root', `${signer.name}\n1\n${root.replace(/.=$/, (end) => `${end[0] === 'B' ? 'F' : 'B'}=`)}\n`],
    ['with a base64url root', `${signer.name}\n1\n${'_'.repeat(42)}8=\n`],
  ])('%s is refused, though signed', async (_name, body) => {
    await expect(open(signer.sign(body))).rejects.toThrow(Invalid);
  });
});
