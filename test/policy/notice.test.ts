import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readConfig, settings } from '../../src/config.ts';
import { noticeOf } from '../../src/policy/notice.ts';
import { escapeHtml, noticePage, pageStyle } from '../../src/policy/page.ts';
import { reviewSheet } from '../../src/policy/sheet.ts';

const named = noticeOf(readConfig({ MAYFLY_CONTROLLER: 'Ann & <Bo>', MAYFLY_CONTACT: 'photos@example.com' }));
const plain = noticeOf(readConfig({}));
const keepers = plain.sentences.flatMap(({ says, kept_by }) => kept_by.map((keeper) => ({ says, keeper })));

describe('every sentence of the notice', () => {
  it('that promises something names what keeps it', () => {
    const free = plain.sentences.filter(({ kept_by }) => kept_by.length === 0).map(({ says }) => says);
    // Two that no code could keep: that nothing is left to ask for, and where to complain.
    expect(free).toEqual([expect.stringContaining('nothing is left'), expect.stringContaining('complain')]);
    expect(keepers.length).toBeGreaterThan(20);
  });

  it.each(keepers.filter(({ keeper }) => keeper.startsWith('MAYFLY_')))('is kept by a setting that exists: $keeper', ({ keeper }) => {
    expect(settings).toContain(keeper);
  });

  it.each(keepers.filter(({ keeper }) => !keeper.startsWith('MAYFLY_')))('is kept by a test that exists: $keeper', ({ keeper }) => {
    const [file = '', title] = keeper.split(' › ');
    expect(file).toMatch(/^test\/.*\.ts$/);
    expect(existsSync(file)).toBe(true);
    if (title === undefined) return;
    const text = readFileSync(file, 'utf8');
    expect([`'${title}'`, `('${title}`].some((quoted) => text.includes(quoted))).toBe(true);
  });

  it('is part of the text, and of nothing but the text its version is made', () => {
    for (const { says } of plain.sentences) expect(plain.text).toContain(says);
    const { version } = plain;
    for (const env of [{ MAYFLY_CONTROLLER: 'Ann' }, { MAYFLY_CONTACT: 'x' }, { MAYFLY_LEDGER_DAYS: '30' }, { MAYFLY_MARK: 'off' }])
      expect(noticeOf(readConfig(env)).version).not.toBe(version);
    expect(noticeOf(readConfig({ MAYFLY_DARKROOMS: '3', MAYFLY_MARK_TEXT: 'made by AI' })).version).toBe(version);
  });
});

describe('the page', () => {
  it('has every sentence, the schedule and the version, and loads and runs nothing', () => {
    const page = noticePage(plain);
    for (const { says } of plain.sentences) expect(page).toContain(escapeHtml(says));
    for (const { what, atMost } of plain.schedule)
      for (const text of [what, atMost]) expect(page).toContain(`<td>${escapeHtml(text)}</td>`);
    expect(page).toContain(plain.version);
    expect(page).toContain(`<style>${pageStyle}</style>`);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|style=|url\(/i);
    expect([...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['/v1/notice']);
  });

  it('shows what the operator calls itself as text, whatever it is', () => {
    const page = noticePage(named);
    expect(page).toContain('Ann &amp; &lt;Bo&gt; · photos@example.com');
    expect(page).not.toContain('<Bo>');
  });
});

describe('the sheet for app stores', () => {
  it('answers every question with the sentences of the notice', () => {
    const sheet = reviewSheet(named);
    for (const { says } of named.sentences) expect(sheet).toContain(says);
    for (const word of ['What face data', 'third parties', 'Where is it stored', 'How long is it retained', 'ephemerally', named.version])
      expect(sheet).toContain(word);
    for (const { atMost } of named.schedule) expect(sheet).toContain(atMost);
    expect(sheet).toContain('Operator: Ann & <Bo>, photos@example.com.');
    expect(reviewSheet(plain)).toContain('MAYFLY_CONTROLLER');
  });
});
