import { readConfig } from '../config.ts';
import { noticeOf } from '../policy/notice.ts';
import { reviewSheet } from '../policy/sheet.ts';
import { readArgs } from './usage.ts';

const help = `
Usage: mayfly notice             the notice in force as JSON: what the person in the photo is told, and the version that consent must name
       mayfly notice --sheet     the same as answers to what app stores ask about face data, in Markdown

Who answers for the server: MAYFLY_CONTROLLER and MAYFLY_CONTACT.
`;

export async function notice(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, { sheet: { type: 'boolean' } });
  if (read === undefined) return 0;
  const inForce = noticeOf(readConfig(process.env));
  process.stdout.write(read.values.sheet ? reviewSheet(inForce) : `${JSON.stringify(inForce, undefined, 2)}\n`);
  return 0;
}
