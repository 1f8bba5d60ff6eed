import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import sharp from 'sharp';
import { version } from '../src/build.ts';
import { readConfig } from '../src/config.ts';
import type { Machine } from './results.ts';

/** What numbers mean nothing without. No name and no address of the machine is part of it. @param load before the run */
export function describeMachine(load: number): Machine {
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
    engine: readConfig({}).engine,
  };
}
