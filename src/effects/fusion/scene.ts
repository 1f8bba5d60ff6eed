import type { FusionTemplate } from '../../templates/template.ts';
import { type Art, art, clearArt, layOver } from '../raster/art.ts';
import { rasterizeMesh } from '../raster/mesh.ts';
import { type FaceSheet, readSkin } from './skin.ts';
import { type Topology, topologyOf } from './topology.ts';

/** A scene as it is composed: four sheets in order of painting, and what is known of its drawn faces. Made once per process. */
export interface Scene {
  readonly stillBehind: Art;
  readonly movingBehind: Art;
  readonly movingFront: Art;
  readonly stillFront: Art;
  /** All four laid over each other: the result at strength 0. */
  readonly whole: Art;
  readonly slots: readonly SlotScene[];
}

export interface SlotScene {
  readonly topology: Topology;
  /** Light on the drawn face over its usual colour, three factors a pixel of the scene; 1 is the usual. */
  readonly light: Float32Array;
}

const scenes = new Map<string, Promise<Scene>>();

export function sceneOf(template: FusionTemplate): Promise<Scene> {
  const key = `${template.folder}@${template.version}`;
  const known = scenes.get(key);
  if (known !== undefined) return known;
  const made = readScene(template);
  scenes.set(key, made);
  return made;
}

async function readScene(template: FusionTemplate): Promise<Scene> {
  const { width, height } = template.size;
  const sheets = {
    stillBehind: clearArt(width, height),
    movingBehind: clearArt(width, height),
    movingFront: clearArt(width, height),
    stillFront: clearArt(width, height),
  };
  for (const layer of template.layers) {
    const place = layer.place === 'behind' ? (layer.moves ? 'movingBehind' : 'stillBehind') : layer.moves ? 'movingFront' : 'stillFront';
    layOver(sheets[place], await art(template, layer.art, width, height));
  }
  const behind = clearArt(width, height);
  layOver(behind, sheets.stillBehind);
  layOver(behind, sheets.movingBehind);
  const whole = { ...behind, data: behind.data.slice() };
  layOver(whole, sheets.movingFront);
  layOver(whole, sheets.stillFront);
  const slots = template.faces.map((slot): SlotScene => {
    const topology = topologyOf(slot.landmarks, slot.reach);
    return { topology, light: drawnLight(behind, topology) };
  });
  return { ...sheets, whole, slots };
}

function drawnLight(behind: Art, topology: Topology): Float32Array {
  const { width, height } = behind;
  const data = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++) for (let k = 0; k < 3; k++) data[3 * i + k] = behind.data[4 * i + k] ?? 0;
  const sheet: FaceSheet = { width, height, data, edge: edgeSheet(topology, width, height) };
  const { tone, light } = readSkin(sheet, topology.rest);
  return light.map((value, i) => value / Math.max(1, tone[i % 3] ?? 1));
}

function edgeSheet(topology: Topology, width: number, height: number): Float32Array {
  const area = { x: 0, y: 0, width, height };
  const { xs, ys } = topology.rest;
  return rasterizeMesh({ xs, ys, triangles: topology.triangles, values: topology.edge, count: 1 }, area).data;
}
