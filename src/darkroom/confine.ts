import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * The walls around a darkroom, of Linux namespaces and nothing else: a network of its own in which there is nothing, a view of the file system in
 * which the vault alone can be written and the books and keys are not there, and a user namespace that may look at no other process. They hold
 * native code too, which Node's permission model does not.
 *
 * The view takes a mount for each mount there is, so it is made once, by a shell that ends at once; the supervisor's descriptors keep it alive, and a
 * darkroom enters it. Everything runs by exec: process id, signals and the channel to the parent stay as they are. Measured for a start: 3 ms
 * (`nsenter` and `unshare` of util-linux 2.38, two cores), of some 300.
 */
export interface Confinement {
  readonly kind: 'view' | 'network' | 'none';
  /** A command and its first arguments; the program to confine follows. Empty where nothing confines. */
  readonly enter: readonly string[];
  /** Lets go of the view. Those who are inside stay there. */
  close(): void;
}

export interface ConfinementOptions {
  /** The only folder that can be written inside. */
  readonly vaultDir: string;
  /** Folders and files that are not to be read inside; what holds one of `needed` is left alone. */
  readonly hidden: readonly string[];
  /** What must stay readable: the program, its packs. */
  readonly needed: readonly string[];
}

export const unconfined: Confinement = { kind: 'none', enter: [], close: () => undefined };

/** A new network has no address, not even loopback. A second user namespace owns neither the view nor the supervisor, so it can change neither. */
const ownNetwork = ['unshare', '--user', '--map-current-user', '--net'];

/** The most that this machine allows, tried out with a program that has to write to the vault and to read what it needs. @throws Error where the vault cannot even be made */
export async function openConfinement(options: ConfinementOptions): Promise<Confinement> {
  mkdirSync(options.vaultDir, { recursive: true, mode: 0o700 });
  const view = await openView(options).catch(() => undefined);
  if (view !== undefined) {
    if (await works(view.enter, options)) return view;
    view.close();
  }
  const network: Confinement = { ...unconfined, kind: 'network', enter: ownNetwork };
  return (await works(network.enter, options)) ? network : unconfined;
}

/** Steps for the shell below, as pairs of a verb and a path. */
type Step = readonly ['keep' | 'cover' | 'blank' | 'freeze', string];

/** A mount that refuses to be frozen (one behind another, say) is passed over: the self-check tries what can be written. */
const shell = `
while [ $# -gt 0 ]; do
  case $1 in
    keep) mount --bind "$2" "$2" || exit 1 ;;
    cover) mount -t tmpfs -o ro,size=4k,mode=555 none "$2" || exit 1 ;;
    blank) mount --bind /dev/null "$2" || exit 1 ;;
    freeze) mount -o remount,bind,ro "$2" ;;
  esac
  shift 2
done
echo ready
read -r _`;

/** @throws Error where the system does not allow it */
async function openView(options: ConfinementOptions): Promise<Confinement> {
  const root = process.getuid?.() === 0;
  const user = root ? [] : ['--user', '--map-current-user', '--keep-caps'];
  const steps = stepsOf(options, readFileSync('/proc/self/mountinfo', 'utf8'));
  const maker = spawn('unshare', [...user, '--mount', '--propagation', 'private', 'sh', '-c', shell, 'sh', ...steps.flat()], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const made = createInterface({ input: maker.stdout });
  try {
    await new Promise<void>((resolve, reject) => {
      made.once('line', () => resolve());
      maker.once('error', reject);
      maker.once('exit', () => reject(new Error('The view could not be made')));
    });
    const held = (root ? ['mnt'] : ['user', 'mnt']).map((name) => ({ name, fd: openSync(`/proc/${maker.pid}/ns/${name}`, 'r') }));
    const flags = held.map(({ name, fd }) => `--${name === 'mnt' ? 'mount' : name}=/proc/${process.pid}/fd/${fd}`);
    return {
      kind: 'view',
      enter: ['nsenter', ...flags, ...(root ? [] : ['--preserve-credentials']), ...ownNetwork],
      close: () => {
        for (const { fd } of held) closeSync(fd);
      },
    };
  } finally {
    made.close();
    maker.stdin.on('error', () => undefined).end();
  }
}

/** @param mountinfo proc_pid_mountinfo(5): the fifth field is where, the first one behind the dash is what */
export function stepsOf({ vaultDir, hidden, needed }: ConfinementOptions, mountinfo: string): readonly Step[] {
  const holds = (folder: string, path: string) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  const mounts = mountinfo
    .split('\n')
    .filter((line) => !line.includes(' - proc '))
    .map((line) => unescaped(line.split(' ')[4] ?? ''))
    .filter((path) => path !== '' && !holds(vaultDir, path));
  const covered = hidden.filter((path) => ![vaultDir, ...needed].some((wanted) => holds(path, wanted)));
  return [
    ['keep', vaultDir],
    ...covered.flatMap((path): Step[] => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? [] : [[stat.isDirectory() ? 'cover' : 'blank', path]];
    }),
    // Settings of the kernel, as far as they are this user's to change; the rest of /proc a process needs for itself.
    ['keep', '/proc/sys'],
    ...['/proc/sys', ...new Set(mounts)].map((path): Step => ['freeze', path]),
  ];
}

/** White space and backslashes stand there as three octal digits. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

const trial = `
const { readdirSync, readFileSync, rmdirSync, mkdtempSync } = require('node:fs');
const [vault, ...needed] = process.argv.slice(1);
rmdirSync(mkdtempSync(vault + '/.trial-'));
for (const path of needed) try { readFileSync(path) } catch (error) { if (error.code !== 'EISDIR') throw error; readdirSync(path) }`;

function works(enter: readonly string[], { vaultDir, needed }: ConfinementOptions): Promise<boolean> {
  const [command = '', ...first] = enter;
  return new Promise((resolve) => {
    const child: ChildProcess = execFile(
      command,
      [...first, process.execPath, '-e', trial, vaultDir, ...needed],
      { timeout: 10_000 },
      (error) => resolve(error === null),
    );
    child.unref();
  });
}
