/**
 * Whether a text is the one canonical JSON (RFC 8785) of a value that was parsed from it. Said once, so that a member that is there twice, white
 * space or another way to write a number is noticed: they all read as the same value.
 */
export function isCanonical(text: string, value: unknown): boolean {
  return write(value) === text;
}

function write(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  const members: string[] = [];
  const names = Object.keys(value).sort();
  const read = new Map<string, unknown>(Object.entries(value));
  for (const name of names) members.push(`${JSON.stringify(name)}:${write(read.get(name))}`);
  return `{${members.join(',')}}`;
}
