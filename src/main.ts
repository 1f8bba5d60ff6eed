#!/usr/bin/env node
import { ConfigError, readConfig } from './config.ts';

/**
 * The command line, and the only place that ends the process. Each command is loaded only when it is called.
 * Exit codes: 0 done, 1 it failed or found something wrong, 2 it was called wrongly.
 */

type Command = (args: readonly string[]) => Promise<number>;

interface Listed {
  readonly help: string;
  readonly load: () => Promise<Command>;
}

const commands: Readonly<Record<string, Listed>> = {
  serve: { help: 'run the service', load: async () => (await import('./commands/serve.ts')).serve },
  apply: {
    help: 'PHOTO --template ID -o OUT: the same pipeline without a server',
    load: async () => (await import('./commands/apply.ts')).apply,
  },
  templates: {
    help: 'list | check | preview: look after the template packs',
    load: async () => (await import('./commands/templates.ts')).templates,
  },
  keys: { help: 'add | list | revoke: look after MAYFLY_KEYS_FILE', load: async () => (await import('./commands/keys.ts')).keys },
  sweep: { help: 'sweep the vault once, now', load: async () => (await import('./commands/sweep.ts')).sweepNow },
  notice: { help: 'print the notice in force', load: async () => (await import('./commands/notice.ts')).notice },
  ledger: {
    help: 'report | show | export: review the ledger; rotate: a new signing key',
    load: async () => (await import('./commands/ledger.ts')).ledger,
  },
  selfcheck: {
    help: 'check this machine; --server asks the running service',
    load: async () => (await import('./commands/selfcheck.ts')).selfcheck,
  },
  verify: {
    help: 'RECEIPT | LEDGER_FOLDER: check a receipt, or a whole ledger, offline',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  drill: {
    help: 'send a marked photo through the running service and look for it everywhere',
    load: async () => (await import('./commands/drill.ts')).drill,
  },
};

/** Started by `serve`, never by hand. */
const children: Readonly<Record<string, () => Promise<Command>>> = {
  receiver: async () => (await import('./commands/children.ts')).receiver,
  develop: async () => (await import('./commands/children.ts')).develop,
  'drill-child': async () => (await import('./commands/children.ts')).drillChild,
  probe: async () => (await import('./commands/children.ts')).probe,
};

const usage = `Usage: mayfly COMMAND\n\n${Object.entries(commands)
  .map(([name, { help }]) => `  ${name.padEnd(10)} ${help}`)
  .join('\n')}\n\nEvery command has --help.\n`;

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(usage);
    return name === undefined ? 2 : 0;
  }
  const load = commands[name]?.load ?? (process.send === undefined ? undefined : children[name]);
  if (load === undefined) {
    process.stderr.write(`There is no command ${JSON.stringify(name)}.\n\n${usage}`);
    return 2;
  }
  // What a library says when it fails may tell of a photo: a child dies without a word, and its exit says enough.
  if (name in children) process.on('uncaughtException', () => process.exit(70));
  try {
    readConfig(process.env);
    return await (await load())(args);
  } catch (error) {
    if (name in children) return 1;
    if (error instanceof ConfigError) process.stderr.write(`The configuration has mistakes:\n${error.message}\n`);
    else process.stderr.write(`${error instanceof Error ? error.message : 'It failed'}\n`);
    return isUsage(error) ? 2 : 1;
  }
}

/** What node:util's parseArgs and our own commands throw for a wrong call. */
function isUsage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS');
}

void run(process.argv.slice(2)).then((code) => process.exit(code));
