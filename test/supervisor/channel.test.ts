import { describe, expect, it } from '@jest/globals';
import { ipcPort } from '../../src/supervisor/channel.ts';

/** As Node's own: a message that has to wait behind a handle is serialised when its turn comes. */
function slowChannel() {
  const waiting: { message: object; done: (error: null) => void }[] = [];
  return {
    send: (message: object, done: (error: null) => void = () => {}) => waiting.push({ message, done }),
    on: () => undefined,
    once: () => undefined,
    write() {
      return waiting.splice(0).map(({ message, done }) => {
        const written: unknown = structuredClone(message);
        done(null);
        return written;
      });
    },
  };
}

describe('a port over the channel between two processes', () => {
  it('says that a message was sent when it has been written, and not when it began to wait', () => {
    const channel = slowChannel();
    const key = new Uint8Array(4).fill(7);
    ipcPort(channel, 'exit').send({ key }, () => key.fill(0));
    expect(channel.write()).toEqual([{ key: new Uint8Array(4).fill(7) }]);
    expect(key).toEqual(new Uint8Array(4));
  });

  it.each([
    ['has no channel', {}],
    [
      'has lost its channel',
      {
        send() {
          throw new Error('ERR_IPC_CHANNEL_CLOSED');
        },
      },
    ],
  ])('says so at once of a message that is lost, because the process %s', (_, channel) => {
    let sent = false;
    ipcPort({ on: () => undefined, once: () => undefined, ...channel }, 'exit').send({}, () => {
      sent = true;
    });
    expect(sent).toBe(true);
  });
});
