import { type Background, backgrounds, type Ground } from '../../templates/kinds/avatar.ts';
import type { TemplateOf } from '../../templates/template.ts';
import { fromHex, type Lab, toLab } from '../raster/colour.ts';
import { clothesPalette, hairPalette, hex, skinPalette } from './palette.ts';
import type { AvatarSpec } from './spec.ts';

/** The background of a drawing and the clothes before it: those of the photo where they were seen. */
export function groundOf(spec: AvatarSpec, template: TemplateOf<'avatar'>, background: Background | 'auto'): Ground {
  const chosen = background === 'auto' ? bestGround(spec, template) : template.backgrounds[background];
  return spec.clothes === undefined ? chosen : { ...chosen, clothes: hex(clothesPalette[spec.clothes]) };
}

/** The one that stands out most against skin, hair and clothes: the least of its three distances is the largest. */
function bestGround({ skin: tone, hair, clothes }: AvatarSpec, { backgrounds: all }: TemplateOf<'avatar'>): Ground {
  const skin = skinPalette[tone - 1] ?? [70, 12, 20];
  const head = hair.length === 'none' ? skin : hairPalette[hair.colour];
  const scored = backgrounds.map((name) => {
    const ground = all[name];
    const shape = toLab(fromHex(ground.shape));
    const worn = clothes === undefined ? toLab(fromHex(ground.clothes)) : clothesPalette[clothes];
    return { ground, contrast: Math.min(apart(shape, skin), apart(shape, head), apart(shape, worn)) };
  });
  return scored.reduce((best, each) => (each.contrast > best.contrast ? each : best)).ground;
}

function apart(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}
