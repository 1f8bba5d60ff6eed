import { eventually } from '../http/harness.ts';
import { type Service, upload } from '../kit/service.ts';
import { type Aviary, openAviary } from './canaries.ts';
import { crashCases, narrowCases, ordinaryCases } from './cases.ts';
import { type Control, keptSecret, plantedFiles, stoppedDarkroom } from './controls.ts';
import { coreOfDarkroom, coresAreFiles } from './core.ts';
import { face } from './photos.ts';
import { type Finds, lookFor, places, total } from './places.ts';
import { balanced, generationTurned, type Ran, runCases, startMarked } from './run.ts';
import { controlTable, residueTable } from './table.ts';
import { developing, hold } from './ways.ts';

/**
 * The residue matrix: every way that a photo can go, and after it every place where something could be left. `npm run residue` prints it; exit
 * code 1 where anything is found, where a case ends otherwise than it should, or where a control finds nothing.
 */

const generation = 5;

interface Part {
  readonly ran: readonly Ran[];
  readonly finds: Finds;
}

async function main(): Promise<number> {
  const begun = Date.now();
  const aviary = openAviary();
  const controls: Control[] = [];
  const parts: Part[] = [];
  const service = await startMarked({ MAYFLY_RECEIVER_SECONDS: String(generation), MAYFLY_DARKROOMS: '1' });
  try {
    controls.push(keptSecret(service), await stoppedDarkroom(service, aviary), await plantedFiles(service, aviary, begun));
    const ran = await runCases(service, aviary, [...ordinaryCases, ...crashCases]);
    await generationTurned(service, generation);
    parts.push({ ran, finds: lookFor(service, aviary, begun) });
    parts.push(await supervisorDies(service, aviary, begun));
  } finally {
    await service.dispose();
  }
  parts.push(await narrow(aviary, begun));
  const core = await coreOfDarkroom(aviary);
  if (coresAreFiles()) controls.push(core.control);
  const left = parts.reduce((sum, { finds }) => sum + total(finds), 0) + core.hits;
  const wrong = parts.flatMap(({ ran }) => ran).filter(({ right }) => !right);
  const blind = controls.filter(({ finds }) => Object.values(finds).some((hits) => hits === 0));

  process.stdout.write(`${residueTable(parts)}\n`);
  process.stdout.write(`core dumps of a darkroom at work: ${core.files}, ${core.hits} marks in them\n\n`);
  process.stdout.write(`${controlTable(controls)}\n`);
  const cases = parts.reduce((sum, { ran }) => sum + ran.length, 0);
  const seconds = Math.round((Date.now() - begun) / 1000);
  process.stdout.write(
    `${cases} cases in ${places.length} places: ${left} marks left, ${wrong.length} cases ended otherwise, ${seconds} s\n`,
  );
  for (const { name, end } of wrong) process.stdout.write(`  ${name}: ended as ${end}\n`);
  return left === 0 && wrong.length === 0 && blind.length === 0 ? 0 : 1;
}

/** kill -9 of the whole service with a photo in its hands, a new start in the same folders, and what is left then. */
async function supervisorDies(service: Service, aviary: Aviary, begun: number): Promise<Part> {
  const name = 'supervisor dies, and starts again';
  const { file } = await aviary.canary(name, await face());
  const thaw = await hold(service);
  const lost = upload(service, file, { template: 'astronaut' }).then(
    ({ status }) => String(status),
    () => 'gone',
  );
  await developing(service);
  const { receiver, develop } = service.processes();
  await service.end('SIGKILL');
  thaw();
  const end = await lost;
  await eventually(() => [...receiver, ...develop].every((pid) => !alive(pid)), 'the children gone', 30_000);
  const next = await startMarked({ MAYFLY_DARKROOMS: '1' }, service.dir);
  try {
    await balanced(next);
    return { ran: [{ name, end, right: end === 'gone' }], finds: lookFor(next, aviary, begun) };
  } finally {
    await next.end('SIGTERM');
  }
}

/** The refusals of a service that has no time, no place and no patience. */
async function narrow(aviary: Aviary, begun: number): Promise<Part> {
  const limits = { MAYFLY_JOB_SECONDS: '3', MAYFLY_QUEUE: '0', MAYFLY_DARKROOMS: '1', MAYFLY_RATE: '2' };
  const service = await startMarked({ MAYFLY_RECEIVER_SECONDS: String(generation), ...limits });
  try {
    const ran = await runCases(service, aviary, narrowCases);
    await generationTurned(service, generation);
    return { ran, finds: lookFor(service, aviary, begun) };
  } finally {
    await service.dispose();
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

process.exitCode = await main();
