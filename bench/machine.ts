import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import sharp from 'sharp';
import { version } from '../src/build.ts';
import { startBackend } from '../src/faces/face-api/backend.ts';
import type { Machine } from './results.ts';

/** What numbers mean nothing without. No name and no address of the machine is part of it. Starts the engine to ask it, so not beside a measurement. @param load before the run */
export async function describeMachine(load: number): Promise<Machine> {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: totalmem(),
    load,
    system: `${type()} ${release().split('-')[0]} ${process.arch}`,
    node: process.versions.node,
    sharp: sharp.versions.sharp ?? 'unknown',
    libvips: sharp.versions.vips,
    mayfly: version,
    engine: `face-api on ${await startBackend()}`,
  };
}
