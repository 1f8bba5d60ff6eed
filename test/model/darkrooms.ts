import { commitTo } from '../../src/jobs/commitment.ts';
import type { CommittedLandmarks, Darkrooms, Finished, Order, Run } from '../../src/jobs/darkrooms.ts';
import { Problem } from '../../src/problems.ts';
import type { Vault } from '../../src/vault/vault.ts';
import { deferred } from '../kit/deferred.ts';

/** What a darkroom makes of every photo. */
export const picture = 'a picture';

/** A darkroom with one order, that goes on when it is told to. */
export interface Darkroom extends Run {
  readonly order: Order;
  readonly over: boolean;
  /** Opens the photos with the keys of its order. */
  read(): Promise<void>;
  find(): void;
  finish(): Promise<void>;
  refuse(): void;
  crash(): void;
}

/** Darkrooms that work on a vault, one process for each photo. */
export function createDarkrooms(size: number, vault: Vault): Darkrooms & { readonly all: readonly Darkroom[] } {
  const all: Darkroom[] = [];
  let free = size;
  let onFree = () => {};

  function start(order: Order): Darkroom {
    free -= 1;
    const landmarks: CommittedLandmarks[] = [];
    const [opened, finished, ended] = [deferred<void>(), deferred<Finished>(), deferred<string>()];
    finished.promise.catch(() => undefined);
    // An order is copied on its way into another process.
    const keys = order.photos.map(({ key }) => Uint8Array.from(key));
    const commitmentKey = Uint8Array.from(order.commitmentKey);
    let writing: Promise<unknown> = Promise.resolve();
    let over = false;
    let crashed = false;

    /** The process has gone when nothing that it was writing can appear any more. */
    function end(how: string, settle: () => void): void {
      if (over) return;
      over = true;
      settle();
      void writing.then(() => {
        free += 1;
        ended.resolve(how);
        onFree();
      });
    }
    const fail = () => finished.reject(new Problem('internal'));

    return {
      order,
      landmarks,
      opened: opened.promise,
      finished: finished.promise,
      ended: ended.promise,
      crashed: () => crashed,
      get over() {
        return over;
      },
      kill: () => end('killed:SIGKILL', fail),
      async read() {
        for (const [i, { id }] of order.photos.entries())
          await vault.open(id, keys[i] ?? Buffer.alloc(32)).then((photo) => photo.fill(0), fail);
        opened.resolve();
      },
      find() {
        if (!over) landmarks.push({ bytes: 7, commitment: commitTo(commitmentKey, '[[1,2]]') });
      },
      async finish() {
        if (over) return;
        const seal = async () => {
          const sealing = await vault.seal({ job: order.job, role: 'out', deadline: order.deadline, boot: order.boot });
          await sealing.write(Buffer.from(picture));
          return { ...(await sealing.finish()), commitment: commitTo(commitmentKey, picture) };
        };
        const sealed = seal();
        writing = sealed.catch(() => undefined);
        const timings = { decode: 1, faces: 1, effect: 1, encode: 1 };
        await sealed.then(
          (result) => end('exited:0', () => finished.resolve({ result, mediaType: 'image/jpeg', timings, quality: {} })),
          () => end('exited:1', fail),
        );
      },
      refuse: () => end('exited:0', () => finished.reject(new Problem('no-face'))),
      crash() {
        crashed = true;
        end('killed:SIGSEGV', fail);
      },
    };
  }

  return {
    all,
    get free() {
      return free;
    },
    onFree(call) {
      onFree = call;
    },
    start(order) {
      const darkroom = start(order);
      all.push(darkroom);
      return darkroom;
    },
  };
}
