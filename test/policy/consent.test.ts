import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { checkConsent } from '../../src/policy/consent.ts';
import { noticeOf } from '../../src/policy/notice.ts';

const notice = noticeOf(readConfig({}));
const consent = (changes: object = {}) => JSON.stringify({ notice: notice.version, granted: true, age: 'adult', ...changes });

describe('the notice', () => {
  it('has another version when it promises another time', () => {
    const others = [{ MAYFLY_JOB_SECONDS: '29' }, { MAYFLY_RESULT_SECONDS: '61' }, { MAYFLY_RECEIVER_SECONDS: '31' }].map(
      (env) => noticeOf(readConfig(env)).version,
    );
    expect(new Set([notice.version, ...others]).size).toBe(4);
    expect(noticeOf(readConfig({ PORT: '1', MAYFLY_QUEUE: '3' })).version).toBe(notice.version);
  });

  it('names the times that the deadlines keep', () => {
    expect(notice.retention).toEqual({ photo: 30, landmarks: 30, result: 90, memory: 135, receiptKeys: 300, ledgerDays: 365 });
    expect(notice.text).toContain('after 30 seconds at the latest');
    expect(notice.text).toContain('after 90 seconds at the latest');
  });
});

describe('consent', () => {
  it('to the notice in force is enough, with or without a subject', () => {
    checkConsent(consent(), notice);
    checkConsent(consent({ subject: 'user-17', age: 'minor-with-guardian' }), notice);
  });

  it.each([
    [undefined, 'consent-required'],
    ['', 'consent-required'],
    ['{', 'consent-required'],
    ['null', 'consent-required'],
    ['[]', 'consent-required'],
    [consent({ granted: false }), 'consent-required'],
    [consent({ granted: 'yes' }), 'consent-required'],
    [consent({ email: 'a@b.c' }), 'consent-required'],
    [consent({ subject: 'x'.repeat(129) }), 'consent-required'],
    [consent({ notice: 'older' }), 'consent-outdated'],
    [consent({ age: 'minor' }), 'age-restricted'],
    [consent({ age: '' }), 'age-restricted'],
  ])('%p is answered with %s', (text, code) => {
    expect(() => checkConsent(text, notice)).toThrow(expect.objectContaining({ code }));
  });
});
