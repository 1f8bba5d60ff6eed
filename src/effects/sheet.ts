import type { Template } from '../templates/template.ts';
import type { ArtUse } from './effect.ts';
import { type Art, art } from './raster/art.ts';

const { max, round } = Math;

/** Art that is laid on a head, with the size it was drawn for. */
export interface Sheet {
  readonly art: string;
  readonly size: { readonly width: number; readonly height: number };
}

/** Art is drawn at one of these shares of its own size, the nearest above what the face needs: sharp, never aliased, and seldom redrawn. */
const scales = [0.0625, 0.125, 0.25, 0.5, 1];

/** @param needed pixels that the width of the art takes in the picture */
export function sheetArt(template: Template, sheet: Sheet, needed: number): Promise<Art> {
  const { width, height } = scaled(sheet, scales.find((scale) => scale * sheet.size.width >= needed) ?? 1);
  return art(template, sheet.art, width, height);
}

/** Every drawing at every size it may be used at; two sheets may share one. */
export function sheetUses(sheets: readonly Sheet[]): readonly ArtUse[] {
  const uses = sheets.flatMap((sheet) => scales.map((scale) => ({ name: sheet.art, ...scaled(sheet, scale) })));
  return [...new Map(uses.map((use) => [`${use.name} ${use.width} ${use.height}`, use])).values()];
}

function scaled({ size }: Sheet, scale: number) {
  return { width: max(1, round(size.width * scale)), height: max(1, round(size.height * scale)) };
}
