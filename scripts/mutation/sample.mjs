// Which mutants a run tries, and what a mutant is called: by words that stay the same when the code around it moves.

/**
 * @param file of the program, from the root of the tree
 * @param lines of that file
 * @param location lines and columns from 1, the end without the last column
 */
export function describeMutant(file, lines, { start, end }, replacement = '') {
  const whole = lines.slice(start.line - 1, end.line);
  whole[whole.length - 1] = whole.at(-1).slice(0, end.column - 1);
  const text = whole.join('\n').slice(start.column - 1);
  return { file, line: start.line, source: lines[start.line - 1].trim(), mutation: `${short(text)} → ${short(replacement)}` };
}

const short = (text) => {
  const one = text.replace(/\s+/g, ' ');
  return one.length <= 100 ? one : `${one.slice(0, 70)} … ${one.slice(-25)}`;
};

export const lives = ({ status }) => status === 'Survived' || status === 'NoCoverage';

const nameOf = ({ file, source, mutation }) => [file, source, mutation].join('\n');

/** What a run goes by: one mutant of `share`; or only those of an earlier run that are to be tried `again`. */
export const sampleOf = (share, again) => ({ share, ...(again && { again: again.map(nameOf) }) });

/** @param id of Stryker */
export const isTried = ({ share, again }, id, mutant) => (again === undefined ? Number(id) % share === 0 : again.includes(nameOf(mutant)));
