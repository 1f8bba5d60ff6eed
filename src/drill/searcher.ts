import type { z } from 'zod';
import type { search } from '../supervisor/check-calls.ts';
import { descriptorsOf, walkFiles } from './files.ts';
import { type Marks, needlesOf } from './marks.ts';
import { countIn, walkMemory } from './memory.ts';

/** Looks for the marks in every process and in every file that changed since the canary was sent. */
export function searchFor(marks: Marks, { subjects, folders, since }: z.infer<typeof search.request>): z.infer<typeof search.reply> {
  const needles = needlesOf(marks);
  const overlap = Math.max(...needles.map(({ length }) => length)) - 1;
  const found = new Map<string, number>();
  let unreadable = 0;
  const note = (where: string, bytes: Buffer) => {
    const hits = countIn(bytes, needles);
    if (hits > 0) found.set(where, (found.get(where) ?? 0) + hits);
  };
  for (const { pid, kind, memory } of subjects) {
    try {
      walkMemory(pid, memory, overlap, (bytes) => note(kind, bytes));
    } catch {
      unreadable += 1;
    }
  }
  // What the sender has open is its own affair; it is there to be found.
  const open = subjects.filter(({ kind }) => kind !== 'sender').map(({ pid }) => descriptorsOf(pid));
  const seen = walkFiles([...folders, ...open], since, overlap, note);
  return {
    unreadable: unreadable + seen.unreadable,
    files: seen.files,
    found: [...found].map(([where, hits]) => ({ where, hits })),
  };
}
