import type { Control } from './controls.ts';
import { count, type Finds, places } from './places.ts';
import type { Ran } from './run.ts';

/** The matrix for people: a case a line, a place a column. Marks that no case can be told of, torn ones, have a line of their own. */
export function residueTable(parts: readonly { readonly ran: readonly Ran[]; readonly finds: Finds }[]): string {
  const lines = parts.flatMap(({ ran, finds }) => [
    ...ran.map(({ name, end, right }) => row(name, right ? end : `${end} (!)`, finds)),
    ...(places.some((place) => count(finds, place, '?') > 0) ? [row('?', 'torn marks', finds, '?')] : []),
  ]);
  return `${head()}\n${lines.join('\n')}\n`;
}

const width = 34;

function head(): string {
  return `${'case'.padEnd(width)}${'ended as'.padEnd(24)}${places.map((place) => place.padStart(12)).join('')}`;
}

function row(name: string, end: string, finds: Finds, whose = name): string {
  return `${name.padEnd(width)}${end.padEnd(24)}${places.map((place) => String(count(finds, place, whose)).padStart(12)).join('')}`;
}

/** Where marks are, they are found. */
export function controlTable(controls: readonly Control[]): string {
  return controls
    .map(({ name, finds }) => {
      const words = Object.entries(finds).map(([place, hits]) => `${hits} in ${place}`);
      return `control: ${name}: ${words.join(', ')}${Object.values(finds).includes(0) ? ' (blind!)' : ''}\n`;
    })
    .join('');
}
