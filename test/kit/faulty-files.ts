import real, { type FileHandle } from 'node:fs/promises';

/** Node's own file calls, made to fail: put in the place of `node:fs/promises` below a room that works with files. */

export const codes = ['EIO', 'ENOSPC', 'EBUSY', 'EACCES'] as const;

/** An error without effect, an error although it was done, or half of what was asked (reads and writes only). */
export type FileFault = { readonly code: (typeof codes)[number]; readonly done: boolean } | 'short';

export interface FaultyFiles {
  /** What the room gets. */
  readonly files: typeof real;
  /** Names of the calls since `arm`, in order. */
  readonly asked: readonly string[];
  /** @param at number of the call that fails first, from 0 */
  arm(at: number, fault: FileFault, times: 'once' | 'for ever'): void;
  /** Everything works, and counting begins anew. */
  heal(): void;
}

const methods = ['read', 'write', 'sync', 'stat', 'close'] as const;

export function createFaultyFiles(): FaultyFiles {
  const asked: string[] = [];
  let armed: { readonly at: number; readonly fault: FileFault; readonly times: 'once' | 'for ever' } | undefined;

  async function ask(name: string, args: readonly unknown[], act: (args: readonly unknown[]) => Promise<unknown>): Promise<unknown> {
    const number = asked.push(name) - 1;
    if (armed === undefined || number < armed.at || (number > armed.at && armed.times === 'once')) return act(args);
    const { fault } = armed;
    if (fault === 'short') return act(shorter(name, args));
    // The system closes a descriptor whatever it says of it.
    if (fault.done || name === 'close') await act(args);
    throw Object.assign(new Error(`${fault.code}: ${name}`), { code: fault.code });
  }

  const handle = (inner: FileHandle): FileHandle =>
    new Proxy(inner, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        const act = (args: readonly unknown[]): Promise<unknown> => Promise.resolve(Reflect.apply(value, target, args));
        const name = methods.find((known) => known === key);
        return name === undefined ? (...args: unknown[]) => act(args) : (...args: unknown[]) => ask(name, args, act);
      },
    });

  const wrapped = Object.entries(real).flatMap(([name, call]) => {
    if (typeof call !== 'function') return [];
    const act = async (args: readonly unknown[]): Promise<unknown> => {
      const outcome: unknown = await Reflect.apply(call, real, args);
      return name === 'open' ? handle(outcome as FileHandle) : outcome;
    };
    return [[name, (...args: unknown[]) => ask(name, args, act)] as const];
  });

  return {
    files: { ...real, ...Object.fromEntries(wrapped) },
    asked,
    arm(at, fault, times) {
      asked.length = 0;
      armed = { at, fault, times };
    },
    heal() {
      asked.length = 0;
      armed = undefined;
    },
  };
}

/** Of `read` and `write` with a buffer, an offset and a length: half the length, one byte at least. */
function shorter(name: string, args: readonly unknown[]): readonly unknown[] {
  const [bytes, offset = 0, length] = args;
  if ((name !== 'read' && name !== 'write') || !(bytes instanceof Uint8Array) || typeof offset !== 'number') return args;
  const whole = typeof length === 'number' ? length : bytes.length - offset;
  return [bytes, offset, Math.max(Math.min(whole, 1), Math.floor(whole / 2)), ...args.slice(3)];
}

/** Every fault that there is. */
export const fileFaults: readonly FileFault[] = ['short', ...codes.flatMap((code) => [false, true].map((done) => ({ code, done })))];

export const nameOf = (fault: FileFault): string => (fault === 'short' ? 'short' : `${fault.code} ${fault.done ? 'but done' : ''}`.trim());
