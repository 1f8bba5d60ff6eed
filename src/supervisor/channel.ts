import type { Port } from './link.ts';

/** What `process`, a ChildProcess and a cluster Worker have in common. */
interface Channel {
  send?(message: object, done?: (error: Error | null) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit' | 'disconnect', listener: () => void): unknown;
}

/** A port over Node's own IPC. A message to a process that is going away is lost; that it is gone shows as `onClose`. */
export function ipcPort(channel: Channel, end: 'exit' | 'disconnect'): Port {
  return {
    send(message, sent = () => {}) {
      if (typeof message !== 'object' || message === null || channel.send === undefined) return sent();
      try {
        // Not serialised before it is written: behind a connection that is being handed over, a message waits as the object that it is.
        channel.send(message, () => sent());
      } catch {
        // ERR_IPC_CHANNEL_CLOSED
        sent();
      }
    },
    onMessage: (listener) => void channel.on('message', listener),
    onClose: (listener) => void channel.once(end, listener),
  };
}
