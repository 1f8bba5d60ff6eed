// What stands in for @jest/globals: the same words, which only note what there is to run. `expect` is jest's own.
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { format } from 'node:util';

export { expect } from 'expect';

let group;
let found;

/** The tests of one file, in order. @param load imports it */
export async function collect(load) {
  found = [];
  group = { name: '', parent: undefined, beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
  await load();
  return found;
}

const groups = (inner) => (inner === undefined ? [] : [...groups(inner.parent), inner]);

function note(name, test) {
  const outerFirst = groups(group);
  found.push({ name: [...outerFirst.map((each) => each.name), name].filter((part) => part !== '').join(' '), groups: outerFirst, test });
}

function within(name, body) {
  const outer = group;
  group = { name, parent: outer, beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
  body();
  group = outer;
}

const each = (define) => (rows) => (name, body) => {
  for (const row of rows) {
    const values = Array.isArray(row) ? row : [row];
    define(format(name.replace(/%[pj]/g, '%o'), ...values), () => body(...values));
  }
};

/** For Node's own modules, and for good: what is put in their place has to let through what is none of its business. */
export const jest = {
  unstable_mockModule(name, make) {
    Object.assign(createRequire(import.meta.url)(name), make());
    syncBuiltinESMExports();
  },
};

export const describe = Object.assign((name, body) => within(name, body), { each: each(within) });
export const it = Object.assign((name, test) => note(name, test), { each: each(note), skip: () => undefined });
export const test = it;
export const beforeAll = (hook) => void group.beforeAll.push(hook);
export const beforeEach = (hook) => void group.beforeEach.push(hook);
export const afterEach = (hook) => void group.afterEach.push(hook);
export const afterAll = (hook) => void group.afterAll.push(hook);
