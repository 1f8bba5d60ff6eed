import type { Port } from '../../src/supervisor/link.ts';

/**
 * Two ends of a channel inside one process; messages are cloned on the way, as between processes, and like there not before they are written,
 * which may be later than they are sent.
 */
export function portPair(): { readonly left: Port; readonly right: Port; close(): void } {
  const ends = [end(), end()] as const;
  const port = (mine: 0 | 1): Port => ({
    send(message, sent = () => {}) {
      setImmediate(() => {
        const copy: unknown = structuredClone(message);
        sent();
        for (const listener of ends[mine === 0 ? 1 : 0].messages) listener(revive(copy));
      });
    },
    onMessage: (listener) => void ends[mine].messages.push(listener),
    onClose: (listener) => void ends[mine].closes.push(listener),
  });
  return {
    left: port(0),
    right: port(1),
    close() {
      for (const { closes } of ends) for (const listener of closes) listener();
    },
  };
}

function end() {
  return { messages: [] as ((message: unknown) => void)[], closes: [] as (() => void)[] };
}

/** structuredClone makes a plain Uint8Array of a Buffer; Node's own channel keeps it a Buffer. */
function revive(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revive(member)]));
}
