import { describe, expect, it } from '@jest/globals';
import { createLog, type LogFields } from '../../src/observe/log.ts';

describe('the log', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });

  it('writes JSON lines of events and listed fields, and nothing of the machine', () => {
    log.write('info', 'job.closed', { job: 'j', why: 'done', held_ms: 12 });
    expect(JSON.parse(lines.pop() ?? '')).toEqual({
      level: 'info',
      time: expect.any(String),
      event: 'job.closed',
      job: 'j',
      why: 'done',
      held_ms: 12,
    });
  });

  it.each(['ip', 'filename', 'error', 'message', 'url', 'user', 'err', 'stack'])('takes no field called %s', (name) => {
    const fields: LogFields = Object.assign({}, { [name]: 'CANARY' });
    expect(() => log.write('error', 'request.failed', fields)).toThrow(TypeError);
    expect(lines.join()).not.toContain('CANARY');
  });

  it('keeps still below its level', () => {
    const quiet = createLog('warn', { write: (line: string) => void lines.push(line) });
    quiet.write('info', 'job.closed', { job: 'j' });
    expect(lines).toEqual([]);
  });
});
