// What became of the mutants, as a table and a list of those that survived, each with the reason why it may.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMutant, isTried, lives } from './sample.mjs';

/** Per cent of the mutants of a room that a test has to notice. */
const goal = 85;
const reasonsFile = fileURLToPath(new URL('../../test/mutation/survivors.json', import.meta.url));

/** Of a report of Stryker: every mutant of the sample, with the text that it replaces. */
export function mutantsOf(file, sample) {
  const { files } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(files).flatMap(([path, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants.flatMap(({ id, status, statusReason, location, replacement }) => {
      const mutant = describeMutant(path, lines, location, replacement);
      return isTried(sample, id, mutant) ? [{ ...mutant, status, ...(status === 'Ignored' && { why: statusReason }) }] : [];
    });
  });
}

/** Those that survived and have no reason to. */
export function unexplained(mutants) {
  const reasons = JSON.parse(readFileSync(reasonsFile, 'utf8'));
  return mutants.filter((mutant) => lives(mutant) && reasonFor(reasons, mutant) === undefined);
}

/** Writes the report of all rooms that have results. @returns whether every one reached the goal and every survivor has its reason */
export function writeReport(rooms, kept, target) {
  const reasons = JSON.parse(readFileSync(reasonsFile, 'utf8'));
  const tested = rooms.map((room) => [room, join(kept, `${room}.json`)]).filter(([, file]) => existsSync(file));
  const results = tested.map(([room, file]) => ({ room, ...JSON.parse(readFileSync(file, 'utf8')) }));
  const survivors = results.flatMap(({ mutants }) => mutants).filter(lives);
  const listed = survivors.map((one) => ({ ...one, reason: reasonFor(reasons, one) }));
  const open = unexplained(survivors);
  const low = results.filter(({ mutants }) => score(mutants) < goal).map(({ room }) => room);
  const text = `# Mutation testing

Stryker changes the program in one place after the other; a change that no test of the room notices is a survivor. \`npm run mutate\` on
${cpus()[0]?.model.trim()}, Node ${process.version}. Score: killed and hanging ones, of all that are valid. Ignored, and in no score: sentences for
people (messages of errors, findings). Goal: ${goal} % of each room.

${results.map(table).join('\n\n')}

## Survivors

| place | mutation | why it may live |
| --- | --- | --- |
${listed.map(({ file, line, mutation, reason }) => `| ${file}:${line} | ${code(mutation)} | ${reason ?? '**no reason**'} |`).join('\n')}
`;
  writeFileSync(target, text);
  process.stdout.write(text);
  if (open.length > 0) process.stderr.write(`mayfly: ${open.length} survivors without a reason in ${reasonsFile}\n`);
  if (low.length > 0) process.stderr.write(`mayfly: less than ${goal} %: ${low.join(', ')}\n`);
  return open.length === 0 && low.length === 0;
}

const dies = (status) => status === 'Killed' || status === 'Timeout';
const score = (all) => {
  const [killed, alive] = [all.filter(({ status }) => dies(status)).length, all.filter(lives).length];
  return (100 * killed) / (killed + alive);
};
const code = (text) => `\`\` ${text.replaceAll('|', '\\|')} \`\``;

/** One reason may stand for all mutations of a line, or of a file. */
function reasonFor(reasons, { file, source, mutation }) {
  const fits = (given, own) => given === undefined || given === own;
  return reasons.find((each) => each.file === file && fits(each.line, source) && fits(each.mutation, mutation))?.reason;
}

function table({ room, share, again, mutants: all }) {
  const files = [...new Set(all.map(({ file }) => file))];
  const row = (name, some) => {
    const count = (...statuses) => some.filter(({ status }) => statuses.includes(status)).length;
    const rated = some.some((mutant) => lives(mutant) || dies(mutant.status));
    const numbers = [count('Killed'), count('Timeout'), count('Survived'), count('NoCoverage'), count('Ignored')];
    return `| ${[name, rated ? score(some).toFixed(1) : '–', ...numbers].join(' | ')} |`;
  };
  const tried = share === 1 ? 'Every mutant was tried.' : `One mutant of ${share} was tried.`;
  const sampled =
    again === undefined
      ? tried
      : `${tried} The ${again} that survived were tried again when tests had been added, where their line is still there.`;
  const head = `## ${room}\n\n${sampled}\n\n| file | score % | killed | hangs | survived | not reached | ignored |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |`;
  const rows = files.map((file) =>
    row(
      file,
      all.filter((mutant) => mutant.file === file),
    ),
  );
  return [head, ...rows, row('**all**', all)].join('\n');
}
