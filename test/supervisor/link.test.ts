import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Problem } from '../../src/problems.ts';
import { createLink, defineCall } from '../../src/supervisor/link.ts';
import { portPair } from '../kit/link-pair.ts';

const double = defineCall('double', z.strictObject({ n: z.number() }), z.strictObject({ n: z.number() }));

function pair() {
  const { left, right, close } = portPair();
  return { here: createLink(left), there: createLink(right), left, close };
}

describe('a link between two processes', () => {
  it('calls and answers both ways, many at once', async () => {
    const { here, there } = pair();
    there.serve(double, async ({ n }) => ({ n: 2 * n }));
    here.serve(double, async ({ n }) => ({ n: -2 * n }));
    expect(await Promise.all([1, 2, 3].map((n) => here.call(double, { n })))).toEqual([{ n: 2 }, { n: 4 }, { n: 6 }]);
    expect(await there.call(double, { n: 5 })).toEqual({ n: -10 });
  });

  it('carries a problem with its fields, and of any other error nothing', async () => {
    const { here, there } = pair();
    there.serve(double, async ({ n }) => {
      if (n === 0) throw new Problem('face-too-small', 'tiny', { value: 3, limit: 8, box: { x: 1, y: 2, width: 3, height: 4 } });
      throw new Error('VipsJpeg: secret.jpg');
    });
    await expect(here.call(double, { n: 0 })).rejects.toMatchObject({
      code: 'face-too-small',
      message: 'tiny',
      fields: { value: 3, limit: 8 },
    });
    const fault: unknown = await here.call(double, { n: 1 }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'internal' });
    expect(JSON.stringify(fault)).not.toContain('secret');
  });

  it('rejects what is out of form on either side', async () => {
    const { here, there } = pair();
    there.serve(double, async () => ({ n: 1, extra: true }));
    await expect(here.call(double, { n: 1 })).rejects.toMatchObject({ code: 'internal' });
    const wrong = defineCall('double', z.unknown(), z.unknown());
    await expect(here.call(wrong, { n: 'one' })).rejects.toMatchObject({ code: 'internal' });
    await expect(here.call(defineCall('nobody', z.unknown(), z.unknown()), {})).rejects.toMatchObject({ code: 'internal' });
  });

  it('says when a reply has left, so that a key in it is whole when it arrives and overwritten here', async () => {
    const { here, there } = pair();
    const hand = defineCall('hand', z.strictObject({}), z.strictObject({ key: z.instanceof(Uint8Array) }));
    const key = Buffer.alloc(32, 7);
    there.serve(
      hand,
      async () => ({ key }),
      (reply) => reply.key.fill(0),
    );
    const { key: arrived } = await here.call(hand, {});
    expect(Buffer.from(arrived)).toEqual(Buffer.alloc(32, 7));
    expect(key).toEqual(Buffer.alloc(32));
  });

  it('overwrites the key of a reply that nobody is there for any more', async () => {
    const { here, there, close } = pair();
    const hand = defineCall('hand', z.strictObject({}), z.strictObject({ key: z.instanceof(Uint8Array) }));
    const gone = new Promise<Uint8Array>((resolve) => {
      there.serve(
        hand,
        async () => {
          close();
          return { key: Buffer.alloc(32, 7) };
        },
        ({ key }) => resolve(key.fill(0)),
      );
    });
    await expect(here.call(hand, {})).rejects.toMatchObject({ code: 'internal' });
    expect(Buffer.from(await gone)).toEqual(Buffer.alloc(32));
  });

  it('drops messages that are no messages', async () => {
    const { here, there, left } = pair();
    there.serve(double, async ({ n }) => ({ n }));
    for (const junk of [null, 'text', 7, {}, { kind: 'call' }, { kind: 'reply', id: 99, body: 1 }]) left.send(junk);
    expect(await here.call(double, { n: 7 })).toEqual({ n: 7 });
  });

  it('fails every call that is open when the other process goes, and every later one', async () => {
    const { here, there, close } = pair();
    there.serve(double, () => new Promise(() => undefined));
    const open = expect(here.call(double, { n: 1 })).rejects.toMatchObject({ code: 'internal' });
    close();
    await open;
    await expect(here.call(double, { n: 1 })).rejects.toMatchObject({ code: 'internal' });
  });
});
