import { readConfig } from '../config.ts';
import { noticeOf } from '../policy/notice.ts';
import { readArgs } from './usage.ts';

const help = `
Usage: mayfly notice

Prints the notice in force as JSON: what the person in the photo is told, and the version that consent must name.
`;

export async function notice(args: readonly string[]): Promise<number> {
  if (readArgs(args, help, {}) === undefined) return 0;
  process.stdout.write(`${JSON.stringify(noticeOf(readConfig(process.env)), undefined, 2)}\n`);
  return 0;
}
