import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appKey, type Doorway, doorway, eventually, jpegLike } from './harness.ts';

const boundary = 'xXxXx';

/** A whole multipart request as bytes, with its body's length. */
function formRequest(consent: string, photo: Buffer, headers: readonly string[] = []): { head: Buffer; body: Buffer } {
  const part = (name: string, value: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const body = Buffer.concat([
    Buffer.from(`${part('consent', consent)}${part('template', 'glasses')}`),
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`),
    photo,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return {
    head: requestHead([`Content-Type: multipart/form-data; boundary=${boundary}`, `Content-Length: ${body.length}`, ...headers]),
    body,
  };
}

function requestHead(headers: readonly string[], path = '/v1/effects'): Buffer {
  return Buffer.from([`POST ${path} HTTP/1.1`, 'Host: mayfly', `Authorization: Bearer ${appKey}`, ...headers, '', ''].join('\r\n'));
}

describe('a connection', () => {
  let door: Doorway;
  beforeEach(async () => {
    door = await doorway();
  });
  afterEach(() => door.close());

  const dial = () =>
    new Promise<{ socket: Socket; heard: () => string; over: Promise<void> }>((resolve) => {
      const { port } = new URL(door.url);
      const socket = connect(Number(port), '127.0.0.1', () => {
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk.toString('latin1');
        });
        const over = new Promise<void>((end) => socket.once('close', () => end()));
        socket.on('error', () => undefined);
        resolve({ socket, heard: () => text, over });
      });
    });
  const write = (socket: Socket, bytes: Buffer) => new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  const received = () => door.ledger.all.filter(({ ev }) => ev === 'job.received').length;
  const whys = () => door.ledger.all.flatMap((entry) => (entry.ev === 'job.closed' ? [entry.why] : []));
  const balanced = () => eventually(() => whys().length === received() && door.desk.open === 0 && door.files.size === 0, 'balance', 1000);

  it.each([0, 1, 50, 99])('that goes at %d %% of the body leaves nothing within a second', async (percent) => {
    const { head, body } = formRequest(door.consent, jpegLike(150_000));
    const { socket } = await dial();
    await write(socket, head);
    await write(socket, body.subarray(0, Math.floor((body.length * percent) / 100)));
    await eventually(() => received() === 1, 'received');
    if (percent >= 50) await eventually(() => [...door.files.values()].some((file) => file.length > 1000), 'sealing');
    socket.resetAndDestroy();
    await balanced();
    expect(whys()).toEqual(['aborted']);
  });

  it('that goes while the books are written leaves nothing either', async () => {
    for (let turn = 0; turn < 12; turn++) {
      const { head } = formRequest(door.consent, jpegLike(1000));
      const { socket } = await dial();
      await write(socket, head);
      for (let i = 0; i < turn; i++) await new Promise((resolve) => setImmediate(resolve));
      socket.resetAndDestroy();
      await eventually(() => received() === turn + 1, 'received');
      await balanced();
    }
    expect(new Set(whys())).toEqual(new Set(['aborted']));
  });

  it('that goes in the middle of a raw body leaves nothing', async () => {
    const { socket } = await dial();
    await write(
      socket,
      requestHead(
        ['Content-Type: image/jpeg', `Mayfly-Consent: ${door.consent}`, 'Content-Length: 100000'],
        '/v1/effects?template=glasses',
      ),
    );
    await write(socket, jpegLike(50_000));
    await eventually(() => [...door.files.values()].some((file) => file.length > 1000), 'sealing');
    socket.destroy();
    await balanced();
    expect(whys()).toEqual(['aborted']);
  });

  it('that goes while its photo waits or is developed ends the darkroom', async () => {
    const { head, body } = formRequest(door.consent, jpegLike(1000));
    const { socket } = await dial();
    await write(socket, Buffer.concat([head, body]));
    await eventually(() => door.darkrooms.runs.length === 1, 'a darkroom at work');
    socket.destroy();
    await balanced();
    expect(door.ledger.all.at(-1)).toMatchObject({ why: 'cancelled', proof: { darkroom: 'killed:SIGKILL' } });
  });

  it('is told of a declared length over the limit before it sends a byte', async () => {
    const { socket, heard } = await dial();
    await write(
      socket,
      requestHead(
        ['Content-Type: image/jpeg', `Mayfly-Consent: ${door.consent}`, 'Content-Length: 99999999'],
        '/v1/effects?template=glasses',
      ),
    );
    await eventually(() => heard().includes('upload-too-large'), 'the answer');
    expect(heard()).toMatch(/^HTTP\/1\.1 413 /);
    expect(received()).toBe(0);
    socket.destroy();
  });

  it('is told 413 while it still sends, when no length was declared', async () => {
    const { socket, heard } = await dial();
    await write(
      socket,
      requestHead(
        ['Content-Type: image/jpeg', `Mayfly-Consent: ${door.consent}`, 'Transfer-Encoding: chunked'],
        '/v1/effects?template=glasses',
      ),
    );
    const piece = jpegLike(50_000);
    for (let i = 0; i < 20 && !heard().includes('413'); i++) {
      await write(socket, Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await eventually(() => heard().includes('upload-too-large'), 'the answer');
    await balanced();
    expect(whys()).toEqual(['refused']);
    socket.destroy();
  });

  it('that asks first sends its photo only when it may', async () => {
    const { head, body } = formRequest(door.consent, jpegLike(1000), ['Expect: 100-continue']);
    const first = await dial();
    await write(first.socket, head);
    await eventually(() => first.heard().includes('100 Continue'), 'the invitation');
    expect(received()).toBe(1);
    await write(first.socket, body);
    await eventually(() => door.darkrooms.runs.length === 1, 'a darkroom at work');
    await door.darkrooms.runs[0]?.finish();
    await eventually(() => first.heard().includes('200 OK'), 'the picture');
    first.socket.destroy();

    door.faults.refuse = ['stopping'];
    const second = await dial();
    await write(second.socket, head);
    await second.over;
    expect(second.heard()).toMatch(/^HTTP\/1\.1 503 /);
    expect(second.heard()).not.toContain('100 Continue');
    await balanced();
  });

  it('that stalls is told so at the deadline of its job', async () => {
    const { head, body } = formRequest(door.consent, jpegLike(100_000));
    const { socket, heard } = await dial();
    await write(socket, head);
    await write(socket, body.subarray(0, 50_000));
    await eventually(() => door.files.size === 1, 'sealing');
    door.clock.advance(30_000);
    await eventually(() => heard().includes('"code":"gone"'), 'the answer');
    await balanced();
    expect(whys()).toEqual(['expired']);
    socket.destroy();
  });

  it('that sends its headers too slowly, or no HTTP at all, is closed', async () => {
    await door.close();
    door = await doorway({ MAYFLY_JOB_SECONDS: '1' });
    const slow = await dial();
    await write(slow.socket, Buffer.from('POST /v1/effects HTTP/1.1\r\nHost: m'));
    const junk = await dial();
    await write(junk.socket, Buffer.from('\x16\x03\x01 this is TLS\r\n\r\n'));
    await Promise.all([slow.over, junk.over]);
    expect(junk.heard()).toMatch(/^HTTP\/1\.1 400 /);
    expect(received()).toBe(0);
  });
});
