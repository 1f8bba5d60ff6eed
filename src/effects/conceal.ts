import type { Point } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import type { TemplateOf } from '../templates/template.ts';
import { chooseFaces } from './choose.ts';
import { type Effect, type Made, onlyPhoto } from './effect.ts';
import { type HeadEllipse, headEllipse } from './ellipse.ts';
import { type Art, art } from './raster/art.ts';
import { coarseColours, type Mosaic } from './raster/mosaic.ts';
import { areaAround, opaqueCopy, smoothstep } from './raster/picture.ts';
import { sampleArt } from './raster/sample.ts';

const { hypot, round } = Math;

/** Width of the feather in half axes of the head; it lies wholly outside the ellipse, so that inside nothing of the photo is left. */
const feather = 0.12;

/**
 * Covers faces so that they cannot be brought back: inside the ellipse of the head only a handful of mean colours is left (blur, pixelate)
 * or nothing at all (cover).
 * @throws Problem `no-face`, `invalid-params`
 */
async function apply(...[template, params, photos]: Parameters<Effect<'conceal'>['apply']>): Promise<Made> {
  const { picture, faces } = onlyPhoto(photos);
  const chosen = chooseFaces(faces, params.faces);
  const result = opaqueCopy(picture);
  for (const face of chosen) {
    const head = headEllipse(face.landmarks);
    if (params.style === 'cover') await drawCover(result, head, await coverArt(template));
    else drawMosaic(result, head, coarseColours(result, head, 9 - round(params.strength / 20)), params.style === 'blur');
  }
  return { picture: result, base: picture, touches: [], measures: {} };
}

export const conceal: Effect<'conceal'> = {
  apply,
  art: ({ cover }) => [{ name: cover.art, ...cover.size }],
  warm: async (template) => void (await coverArt(template)),
};

function coverArt(template: TemplateOf<'conceal'>): Promise<Art> {
  return art(template, template.cover.art, template.cover.size.width, template.cover.size.height);
}

function drawMosaic(target: Pixels, head: HeadEllipse, mosaic: Mosaic, smooth: boolean): void {
  const colour = new Float32Array(3);
  forHead(target, head, 1 + feather, (at, x, y) => {
    const alpha = 1 - smoothstep(1, 1 + feather, hypot(x, y));
    if (alpha === 0) return;
    mosaic.colourAt(x, y, smooth, colour);
    for (let k = 0; k < 3; k++) target.data[at + k] = (colour[k] ?? 0) * alpha + (target.data[at + k] ?? 0) * (1 - alpha);
  });
}

async function drawCover(target: Pixels, head: HeadEllipse, sheet: Art): Promise<void> {
  // The art is drawn for the unit circle and may stick out by a quarter: ears, rays, a ribbon.
  const reach = 1.25;
  const colour = new Float32Array(4);
  forHead(target, head, reach * Math.SQRT2, (at, x, y) => {
    sampleArt(sheet, (0.5 + x / (2 * reach)) * sheet.width, (0.5 + y / (2 * reach)) * sheet.height, colour);
    const rest = 1 - (colour[3] ?? 0) / 255;
    if (rest === 1) return;
    for (let k = 0; k < 3; k++) target.data[at + k] = (colour[k] ?? 0) + (target.data[at + k] ?? 0) * rest;
  });
}

/** Calls `draw` for each pixel near a head: where its bytes are, and its place in half axes from the centre, upright with the head. */
function forHead(target: Pixels, head: HeadEllipse, reach: number, draw: (at: number, x: number, y: number) => void): void {
  const corners = [-1, 1].flatMap((x) => [-1, 1].map((y): Point => head.toPicture(x * reach, y * reach)));
  const area = areaAround(
    corners.map(([x]) => x),
    corners.map(([, y]) => y),
    1,
    target.width,
    target.height,
  );
  for (let y = area.y; y < area.y + area.height; y++) {
    for (let x = area.x; x < area.x + area.width; x++) {
      const px = x + 0.5 - head.x;
      const py = y + 0.5 - head.y;
      draw((y * target.width + x) * 3, (px * head.cos + py * head.sin) / head.halfWidth, (py * head.cos - px * head.sin) / head.halfHeight);
    }
  }
}
