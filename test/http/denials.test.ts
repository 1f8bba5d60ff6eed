import { describe, expect, it } from '@jest/globals';
import { createDenials } from '../../src/http/denials.ts';

describe('calls turned away', () => {
  it('are told together, once, and again where they could not be told', async () => {
    const told: object[] = [];
    let broken = false;
    const denials = createDenials(async (counts) => {
      if (broken) throw new Error('gone');
      told.push(counts);
    });
    await denials.flush();
    for (let i = 0; i < 1000; i++) denials.count('no-key');
    denials.count('wrong-role');
    broken = true;
    await denials.flush();
    broken = false;
    denials.count('no-key');
    await denials.flush();
    await denials.flush();
    expect(told).toEqual([{ 'no-key': 1001, 'wrong-role': 1 }]);
  });
});
