import * as z from 'zod';
import { type Entry, parseEntry } from '../ledger/entry.ts';
import { toText } from './bytes.ts';
import { isCanonical } from './canonical.ts';
import { Invalid } from './crypto.ts';
import { isFamiliar } from './familiar.ts';

/**
 * A leaf of the log as an entry: canonical JSON of the closed schema, to the byte.
 * @throws Invalid saying what is wrong, never with a value from the entry: what does not belong there may be about a person
 */
export function readLeaf(bytes: Uint8Array): Entry {
  const text = toText(bytes, 'entry');
  // Typed by the form: it is one of three events, with every field of it.
  if (isFamiliar(text)) return JSON.parse(text);
  const value = parseJson(text);
  try {
    const entry = parseEntry(value);
    if (isCanonical(text, value)) return entry;
  } catch (error) {
    throw new Invalid(`The entry does not follow the schema${placesOf(error)}`);
  }
  throw new Invalid('The entry is not canonical JSON');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid('The entry is not JSON');
  }
}

/** Which fields of the entry break the schema, by the schema's own names; of what is within them, and of unknown ones, only that they do. */
function placesOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return '';
  const places = error.issues.map((issue) => {
    const field = issue.path.length === 0 ? 'entry' : String(issue.path[0]);
    return issue.code === 'unrecognized_keys' ? `${field} (${issue.keys.length} unknown)` : field;
  });
  return `: ${[...new Set(places)].join(', ')}`;
}
