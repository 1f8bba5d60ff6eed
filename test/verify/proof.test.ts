import { describe, expect, it } from '@jest/globals';
import { Invalid } from '../../src/verify/crypto.ts';
import { isProof, parseProof } from '../../src/verify/proof.ts';
import { sha256 } from './log-writer.ts';

const hash = (name: string) => sha256(name).toString('base64');
const head = 'c2sp.org/tlog-proof@v1\n';
const checkpoint = `example.com/fancylog\n109482\n${hash('root')}\n\n— example.com/fancylog ${hash('signature')}\n`;

describe('a tlog-proof', () => {
  it('has extra data, an index, hashes and a checkpoint', () => {
    const text = `${head}extra ${Buffer.from('more').toString('base64')}\nindex 73894\n${hash('a')}\n${hash('b')}\n\n${checkpoint}`;
    expect(isProof(text)).toBe(true);
    const proof = parseProof(text);
    expect(Buffer.from(proof.extra ?? []).toString()).toBe('more');
    expect(proof.index).toBe(73894);
    expect(proof.hashes.map((each) => Buffer.from(each).toString('base64'))).toEqual([hash('a'), hash('b')]);
    expect(proof.checkpoint).toBe(checkpoint);
  });

  it('may have neither extra data nor hashes', () => {
    expect(parseProof(`${head}index 0\n\n${checkpoint}`)).toEqual({ index: 0, hashes: [], checkpoint });
    expect(parseProof(`${head}extra \nindex 0\n\n${checkpoint}`).extra).toEqual(new Uint8Array(0));
  });

  it('has at most as many hashes as a tree of all countable entries is high', () => {
    const with_ = (count: number) => `${head}index 0\n${`${hash('a')}\n`.repeat(count)}\n${checkpoint}`;
    expect(parseProof(with_(53)).hashes).toHaveLength(53);
    expect(() => parseProof(with_(54))).toThrow('at most 53');
  });

  it.each([
    ['of another version', `c2sp.org/tlog-proof@v2\nindex 0\n\n${checkpoint}`],
    ['with something before it', ` ${head}index 0\n\n${checkpoint}`],
    ['with carriage returns', `${head}index 0\n\n${checkpoint}`.replaceAll('\n', '\r\n')],
    ['without an index', `${head}${hash('a')}\n\n${checkpoint}`],
    ['with a leading zero', `${head}index 00\n\n${checkpoint}`],
    ['with a negative index', `${head}index -1\n\n${checkpoint}`],
    ['with a hexadecimal index', `${head}index 0x1\n\n${checkpoint}`],
    ['with two spaces before the index', `${head}index  1\n\n${checkpoint}`],
    ['with an index that no number holds', `${head}index 9007199254740993\n\n${checkpoint}`],
    ['with two indices', `${head}index 0\nindex 1\n\n${checkpoint}`],
    ['with the extra data after the index', `${head}index 0\nextra AAAA\n\n${checkpoint}`],
    ['with two extra lines', `${head}extra AAAA\nextra AAAA\nindex 0\n\n${checkpoint}`],
    ['with extra data that is not base64', `${head}extra ab*d\nindex 0\n\n${checkpoint}`],
    ['with unused bits set in the extra data', `${head}extra AB==\nindex 0\n\n${checkpoint}`],
    ['with a short hash', `${head}index 0\nAAAA\n\n${checkpoint}`],
    ['with a hash and a space', `${head}index 0\n${hash('a')} \n\n${checkpoint}`],
    ['without a checkpoint', `${head}index 0\n${hash('a')}\n`],
    ['without an empty line', `${head}index 0\n${hash('a')}\nx`],
  ])('%s is refused', (_name, text) => {
    expect(() => parseProof(text)).toThrow(Invalid);
  });
});
