import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ownerOf } from '../../src/auth/owner.ts';
import { commitTo } from '../../src/jobs/commitment.ts';
import { Problem } from '../../src/problems.ts';
import { deferred } from '../kit/deferred.ts';
import { type Bench, bench, commitmentKey, settle, task } from './fakes.ts';

const closings = ({ ledger }: Bench) => ledger.all.flatMap((entry) => (entry.ev === 'job.closed' ? [entry] : []));

async function submitted(b: Bench) {
  const ticket = await b.desk.admit(b.holder, 'key');
  const photo = await b.upload(ticket);
  const result = b.desk.submit(ticket.job, [photo], commitmentKey(), task);
  result.catch(() => undefined);
  await settle();
  return { ticket, photo, result };
}

describe('a job on the desk', () => {
  it('is on the books before its upload may begin', async () => {
    const b = bench();
    const ticket = await b.desk.admit(b.holder, 'key');
    expect(b.ledger.all).toMatchObject([
      { ev: 'job.received', job: ticket.job, roles: ['in'], owner: ownerOf('key', ticket.job), deadline: 95_000 },
    ]);
    expect(b.files.size).toBe(0);
  });

  it('goes from upload to result to nothing', async () => {
    const b = bench();
    const { ticket, photo, result } = await submitted(b);
    await b.darkrooms.runs[0]?.finish();
    const done = await result;
    expect([...b.files.keys()]).toEqual([done.result.id]);
    expect((await b.vault.open(done.result.id, done.result.key)).toString()).toBe('a picture');
    await b.desk.close(ticket.job, 'done');
    expect(b.files.size).toBe(0);
    expect(photo.key.every((byte) => byte === 0)).toBe(true);
    expect(closings(b)).toMatchObject([
      {
        job: ticket.job,
        why: 'done',
        objects: [
          { role: 'in', bytes: 100 },
          { role: 'out', bytes: 9 },
        ],
        proof: { unlinked: 2, keys: true, darkroom: 'killed:SIGKILL' },
      },
    ]);
    expect(b.holder.released).toEqual([ticket.job]);
    expect(b.desk.open).toBe(0);
  });

  it('destroys the sealed photo as soon as the darkroom has read it, not when it has done with it', async () => {
    const b = bench();
    const { ticket, photo, result } = await submitted(b);
    b.darkrooms.runs[0]?.read();
    await settle();
    expect(b.files.size).toBe(0);
    expect(photo.key.every((byte) => byte === 0)).toBe(true);
    await b.darkrooms.runs[0]?.finish();
    await result;
    await b.desk.close(ticket.job, 'done');
    expect(closings(b)[0]?.objects).toHaveLength(2);
  });

  it('counts an artifact once when the darkroom has read it just as the job ends', async () => {
    const b = bench();
    const { ticket } = await submitted(b);
    const closed = b.desk.close(ticket.job, 'cancelled');
    b.darkrooms.runs[0]?.read();
    await closed;
    expect(closings(b)).toMatchObject([{ why: 'cancelled', objects: [{ role: 'in' }], proof: { unlinked: 1 } }]);
  });

  it('is closed with a commitment to every object that was whole, and hands their key on', async () => {
    const b = bench();
    const { ticket, photo, result } = await submitted(b);
    b.darkrooms.runs[0]?.find('[[1,2]]');
    await b.darkrooms.runs[0]?.finish();
    await result;
    await b.desk.close(ticket.job, 'done');
    expect(closings(b)[0]?.objects).toEqual([
      { role: 'in', bytes: 100, commitment: photo.commitment },
      { role: 'out', bytes: 9, commitment: commitTo(commitmentKey(), 'a picture') },
      { role: 'landmarks', bytes: 7, commitment: commitTo(commitmentKey(), '[[1,2]]') },
    ]);
    expect(b.closed).toMatchObject([{ job: ticket.job, owner: ownerOf('key', ticket.job), commitmentKey: commitmentKey() }]);
  });

  it('that was refused for its face is closed with the landmarks it was refused for', async () => {
    const b = bench();
    const { photo } = await submitted(b);
    b.darkrooms.runs[0]?.find('[]');
    b.darkrooms.runs[0]?.refuse();
    await settle();
    expect(closings(b)[0]?.objects).toMatchObject([{ role: 'in', commitment: photo.commitment }, { role: 'landmarks' }]);
  });

  it('that was refused before a darkroom saw it is closed with what its receiver committed to', async () => {
    const b = bench();
    const ticket = await b.desk.admit(b.holder, 'key');
    const { id, commitment } = await b.upload(ticket);
    await b.upload(ticket);
    await b.desk.close(ticket.job, 'refused', { key: commitmentKey(), photos: [{ id, commitment }] });
    expect(closings(b)[0]?.objects).toEqual(
      expect.arrayContaining([
        { role: 'in', bytes: 100, commitment },
        { role: 'in', bytes: 100 },
      ]),
    );
    expect(closings(b)[0]?.objects).toHaveLength(2);
  });

  it('takes one key of commitments and overwrites every other', async () => {
    const b = bench();
    const { ticket } = await submitted(b);
    const [second, late, foreign] = [commitmentKey(), commitmentKey(), commitmentKey()];
    const closed = b.desk.close(ticket.job, 'cancelled', { key: second, photos: [] });
    await b.desk.close(ticket.job, 'done', { key: late, photos: [] });
    await closed;
    await b.desk.close(randomUUID(), 'done', { key: foreign, photos: [] });
    for (const key of [second, late, foreign]) expect(key.every((byte) => byte === 0)).toBe(true);
    expect(b.closed[0]?.commitmentKey).toEqual(commitmentKey());
  });

  it('closes once, however often it is ended', async () => {
    const b = bench();
    const { ticket } = await submitted(b);
    await Promise.all([b.desk.close(ticket.job, 'cancelled'), b.desk.close(ticket.job, 'done'), b.desk.close(ticket.job, 'failed')]);
    await b.desk.close(ticket.job, 'done');
    expect(closings(b)).toMatchObject([{ why: 'cancelled' }]);
  });

  it('counts an artifact once when the client goes while its photo is being destroyed', async () => {
    const b = bench();
    const { ticket } = await submitted(b);
    const listing = deferred<void>();
    b.faults.listing = listing.promise;
    await b.darkrooms.runs[0]?.finish();
    await settle();
    const closed = b.desk.close(ticket.job, 'cancelled');
    await settle();
    listing.resolve();
    await closed;
    expect(closings(b)).toMatchObject([{ why: 'cancelled', proof: { unlinked: 2 } }]);
    expect(closings(b)[0]?.objects).toHaveLength(2);
  });

  it('kills the darkroom of a client that has gone', async () => {
    const b = bench();
    const { ticket, result } = await submitted(b);
    await b.desk.close(ticket.job, 'cancelled');
    await expect(result).rejects.toMatchObject({ code: 'gone' });
    expect(closings(b)).toMatchObject([{ why: 'cancelled', proof: { darkroom: 'killed:SIGKILL' } }]);
  });

  it('tells why a photo was refused and closes it as refused', async () => {
    const b = bench();
    const { ticket, result } = await submitted(b);
    b.darkrooms.runs[0]?.refuse(new Problem('face-too-small', 'small', { value: 3, limit: 8 }));
    await expect(result).rejects.toMatchObject({ code: 'face-too-small', fields: { value: 3, limit: 8, job: ticket.job } });
    await settle();
    expect(closings(b)).toMatchObject([{ why: 'refused' }]);
    expect(b.files.size).toBe(0);
  });

  it('survives the death of a darkroom', async () => {
    const b = bench();
    const { result } = await submitted(b);
    b.darkrooms.runs[0]?.crash();
    await expect(result).rejects.toMatchObject({ code: 'internal' });
    await settle();
    expect(closings(b)).toMatchObject([{ why: 'crash', proof: { darkroom: 'killed:SIGSEGV' } }]);
  });

  it('expires at its deadline in every state', async () => {
    const b = bench({ darkrooms: 1 });
    const uploading = await b.desk.admit(b.holder, 'key');
    const developing = await submitted(b);
    const waiting = await submitted(b);
    b.clock.advance(30_000);
    await expect(developing.result).rejects.toMatchObject({ code: 'busy' });
    await expect(waiting.result).rejects.toMatchObject({ code: 'busy' });
    await settle();
    expect(closings(b).map(({ why }) => why)).toEqual(['expired', 'expired', 'expired']);
    expect(
      closings(b)
        .map(({ job }) => job)
        .sort(),
    ).toEqual([uploading.job, developing.ticket.job, waiting.ticket.job].sort());
    expect(b.files.size).toBe(0);
  });

  it('destroys a result that nobody fetches', async () => {
    const b = bench();
    const { result } = await submitted(b);
    await b.darkrooms.runs[0]?.finish();
    await result;
    b.clock.advance(59_999);
    await settle();
    expect(b.files.size).toBe(1);
    b.clock.advance(1);
    await settle();
    expect(closings(b)).toMatchObject([{ why: 'expired' }]);
    expect(b.files.size).toBe(0);
  });

  it('lets no more jobs in than there are places, and says when to come again', async () => {
    const b = bench({ places: 2 });
    const results = await Promise.allSettled([1, 2, 3].map(() => b.desk.admit(b.holder, 'key')));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: { code: 'busy', fields: { retryAfter: 1 } } });
  });

  it('develops in the order of arrival, as many at once as there are darkrooms', async () => {
    const b = bench({ darkrooms: 1 });
    const first = await submitted(b);
    const second = await submitted(b);
    expect(b.darkrooms.runs.map(({ order }) => order.job)).toEqual([first.ticket.job]);
    expect(b.desk.waiting).toBe(1);
    await b.darkrooms.runs[0]?.finish();
    await settle();
    expect(b.darkrooms.runs.map(({ order }) => order.job)).toEqual([first.ticket.job, second.ticket.job]);
  });

  it('takes no photo that it cannot write down', async () => {
    const b = bench();
    b.faults.ledger = true;
    await expect(b.desk.admit(b.holder, 'key')).rejects.toMatchObject({ code: 'not-ready' });
    expect(b.desk.open).toBe(0);
    b.faults.ledger = false;
    await b.desk.admit(b.holder, 'key');
  });

  it('takes no photo while there is a reason against it', async () => {
    const b = bench();
    b.faults.refuse = ['purge-failing'];
    await expect(b.desk.admit(b.holder, 'key')).rejects.toMatchObject({ code: 'not-ready', fields: { reasons: ['purge-failing'] } });
    expect(b.ledger.all).toEqual([]);
  });

  it('does not say "closed" while something is still there, and says it when it is gone', async () => {
    const b = bench();
    const { ticket } = await submitted(b);
    b.faults.purge = true;
    const closed = b.desk.close(ticket.job, 'cancelled');
    for (let i = 0; i < 5; i++) {
      b.clock.advance(5000);
      await settle();
    }
    expect(closings(b)).toEqual([]);
    expect([...b.desk.troubles]).toEqual([[ticket.job, 'purge']]);
    b.faults.purge = false;
    b.clock.advance(5000);
    await closed;
    expect(b.desk.troubles.size).toBe(0);
    expect(closings(b)).toMatchObject([{ why: 'cancelled', proof: { unlinked: 1 } }]);
  });

  it('keeps a job open until the books take its end', async () => {
    const b = bench();
    const { ticket } = await submitted(b);
    b.faults.ledger = true;
    const closed = b.desk.close(ticket.job, 'cancelled');
    await settle();
    expect([b.desk.open, b.files.size]).toEqual([1, 0]);
    b.faults.ledger = false;
    b.clock.advance(5000);
    await closed;
    expect(b.desk.open).toBe(0);
  });

  it('closes everything of a receiver that died', async () => {
    const b = bench();
    await submitted(b);
    await b.desk.admit(b.holder, 'key');
    await b.desk.abandon(b.holder);
    expect(closings(b).map(({ why }) => why)).toEqual(['crash', 'crash']);
    expect(b.files.size).toBe(0);
  });

  it('takes photos of a job that has ended from nobody', async () => {
    const b = bench();
    const ticket = await b.desk.admit(b.holder, 'key');
    const photo = await b.upload(ticket);
    await b.desk.close(ticket.job, 'aborted');
    await expect(b.desk.submit(ticket.job, [photo], commitmentKey(), task)).rejects.toMatchObject({ code: 'gone' });
    await expect(b.desk.submit(randomUUID(), [photo], commitmentKey(), task)).rejects.toMatchObject({ code: 'gone' });
    expect(photo.key.every((byte) => byte === 0)).toBe(true);
  });

  it('is shut only when those are closed whose entry was being written', async () => {
    const b = bench();
    const admitted = b.desk.admit(b.holder, 'key').then(
      () => 'admitted',
      (error: unknown) => (error instanceof Problem ? error.code : error),
    );
    await b.desk.shut();
    // In the books are both entries, before anybody could write log.close.
    const events = [];
    for await (const { entry } of b.ledger.entries()) events.push(entry.ev);
    expect(events).toEqual(['job.received', 'job.closed']);
    expect(await admitted).toBe('not-ready');
  });

  it('refuses and closes when it is shut', async () => {
    const b = bench();
    await submitted(b);
    await b.desk.shut();
    expect(b.desk.open).toBe(0);
    await expect(b.desk.admit(b.holder, 'key')).rejects.toMatchObject({ code: 'not-ready' });
  });
});
