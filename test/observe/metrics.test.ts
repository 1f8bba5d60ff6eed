import { describe, expect, it } from '@jest/globals';
import { createMetrics, serveMetrics } from '../../src/observe/metrics.ts';

const observed = { open: 3, waiting: 1, ready: true, darkrooms: { starting: 0, free: 2, working: 1 }, receivers: 1, troubles: 0 };

describe('the metrics', () => {
  it('count jobs by why, sweeps and steps, and show what is', async () => {
    const metrics = createMetrics(() => observed);
    metrics.closed('done', 120);
    metrics.steps({ wait: 1, decode: 40, faces: 80, effect: 20, encode: 10 });
    metrics.swept(2, 1);
    const text = await metrics.render();
    for (const line of [
      'mayfly_jobs_closed_total{why="done"} 1',
      'mayfly_jobs_closed_total{why="crash"} 0',
      'mayfly_step_seconds_count{step="faces"} 1',
      'mayfly_sweep_found_total 2',
      'mayfly_sweep_failed_total 1',
      'mayfly_ready 1',
      'mayfly_jobs_open 3',
      'mayfly_darkrooms{phase="free"} 2',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('are served on their own port, and nothing else is', async () => {
    const server = await serveMetrics(
      createMetrics(() => observed),
      '127.0.0.1',
      0,
    );
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('mayfly_ready 1');
    expect((await fetch(`${url}/`)).status).toBe(404);
    server.close();
    server.closeAllConnections();
  });
});
