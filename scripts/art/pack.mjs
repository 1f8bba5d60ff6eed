// Writes a fusion pack: its layers and the manifest that names them. Each scene is a script of its own: `node scripts/art/lion.mjs` draws templates/lion anew.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { landmarks } from './shape.mjs';

/**
 * @param layers in order of painting: [name, 'behind' | 'front', moves, SVG]
 * @param faces where each drawn face stands ({ cx, cy, scale }), its reach and its rendering
 */
export function writePack({ id, version = 1, title, description, layers, faces, size = { width: 1080, height: 1350 } }) {
  const folder = fileURLToPath(new URL(`../../templates/${id}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const [name, , , svg] of layers) writeFileSync(`${folder}${name}.svg`, svg);
  const manifest = {
    id,
    kind: 'fusion',
    version,
    title,
    description,
    slots: faces.length,
    size,
    layers: layers.map(([name, place, moves]) => ({ art: `${name}.svg`, place, moves })),
    faces: faces.map(({ at, reach, rendering }) => ({ landmarks: landmarks(at), reach, rendering })),
  };
  // Points of a face stand on one line each, as a person would write them.
  const text = JSON.stringify(manifest, null, 2).replace(/\[\s+([-\d.]+),\s+([-\d.]+)\s+\]/g, '[$1, $2]');
  writeFileSync(`${folder}template.json`, `${text}\n`);
}
