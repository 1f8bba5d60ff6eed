import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const shipped = fileURLToPath(new URL('../../../templates', import.meta.url));

/** A fusion whose face is behind a wall: no gate can let its result pass. */
export const hidden = 'hidden';

/** All packs, and the one that nobody would ship. */
export function packsIn(dir: string): string {
  const packs = join(dir, 'templates');
  if (existsSync(packs)) return packs;
  cpSync(shipped, packs, { recursive: true });
  const pack = join(packs, hidden);
  cpSync(join(packs, 'astronaut'), pack, { recursive: true });
  // What the build has drawn ahead is the astronaut.
  rmSync(join(pack, '.baked'), { recursive: true, force: true });
  const about: object = JSON.parse(readFileSync(join(pack, 'template.json'), 'utf8'));
  writeFileSync(join(pack, 'template.json'), JSON.stringify({ ...about, id: hidden }));
  writeFileSync(
    join(pack, 'glass.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1350"><path d="M0 0H1080V1350H0z" fill="#234"/></svg>',
  );
  return packs;
}
