// The face behind the astronaut's glass; the rest of templates/astronaut is drawn by hand.
import { writeFileSync } from 'node:fs';
import { sheet } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { standing } from './shape.mjs';

const look = { ...looks.fair, iris: ['#8fd0bd', '#3f7f78', '#163b3d'] };
const head = sheet(
  faceDefs(look),
  standing({ cx: 540, cy: 560, scale: 1.92 }, drawFace(look, { rim: '#79b8e8', brows: 1.05, lashes: 0.8 })),
);
writeFileSync(new URL('../../templates/astronaut/head.svg', import.meta.url), head);
