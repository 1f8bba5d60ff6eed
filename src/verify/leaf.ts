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

/** Where a schema was broken; names of fields that it knows, and for those that it does not only how many. */
function placesOf(error: unknown): string {
  if (!(error instanceof Error) || !('issues' in error) || !Array.isArray(error.issues)) return '';
  const places = error.issues.map((issue: { code?: unknown; path?: unknown; keys?: unknown }) => {
    const path = Array.isArray(issue.path) ? issue.path.join('.') : '';
    if (issue.code === 'unrecognized_keys' && Array.isArray(issue.keys)) return `${path || 'entry'} (${issue.keys.length} unknown)`;
    return path || 'entry';
  });
  return `: ${[...new Set(places)].join(', ')}`;
}
