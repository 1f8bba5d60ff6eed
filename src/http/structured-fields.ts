/** Names as RFC 9651 keys: lower case, `_` stays, anything else becomes `-`. */
const keyOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9_.*-]/g, '-');

/** Numbers as an RFC 9651 dictionary of integers and decimals with at most three digits behind the point. */
export function dictionary(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .filter(([, value]) => Number.isFinite(value) && Math.abs(value) < 1e12)
    .map(([name, value]) => `${keyOf(name)}=${Number(value.toFixed(3))}`)
    .join(', ');
}

/** Milliseconds by step as a Server-Timing header. */
export function serverTiming(steps: Readonly<Record<string, number>>): string {
  return Object.entries(steps)
    .map(([name, ms]) => `${name};dur=${ms.toFixed(1)}`)
    .join(', ');
}
