import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { rehearse } from '../../src/http/rehearse.ts';
import { noticeOf } from '../../src/policy/notice.ts';
import type { Template } from '../../src/templates/template.ts';

const config = readConfig({ MAYFLY_VAULT_DIR: '/nowhere/vault', MAYFLY_DATA_DIR: '/nowhere/data' });
const ledger = { read: () => Promise.reject(new Error('Nobody reads the books here')) };
const moon: Template = {
  ...{ id: 'moon', kind: 'conceal', version: 1, title: 'Moon', description: 'A moon', slots: 1, folder: '/nowhere/moon' },
  cover: { art: 'cover.svg', size: { width: 16, height: 16 }, round: false },
};

describe('the rehearsal of a receiver', () => {
  it('takes uploads of both forms to a result, and needs no folder for it', async () => {
    expect(await rehearse({ config, notice: noticeOf(config), templates: [moon], ledger })).toBe(10);
  });

  it('is left out where there is nothing to ask for', async () => {
    expect(await rehearse({ config, notice: noticeOf(config), templates: [], ledger })).toBe(0);
  });
});
