import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A wrong call: what is said, with exit code 2. The code is the one that parseArgs itself uses. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'ERR_PARSE_ARGS_USAGE';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Arguments of a command; prints its help and answers undefined where `--help` is asked.
 * @throws an error with a code of ERR_PARSE_ARGS… for what the command does not know
 */
export function readArgs<T extends Options>(args: readonly string[], help: string, options: T) {
  if (args.includes('--help')) {
    process.stdout.write(`${help.trim()}\n`);
    return undefined;
  }
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
}
