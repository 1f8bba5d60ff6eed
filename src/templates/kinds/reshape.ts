import { z } from 'zod';
import { artFile, bystanders, chosenFaces, colour, percent, point2, share, single, size } from './common.ts';
import { defineKind } from './kind.ts';

/** Positive is more of it: larger, wider, longer, higher, fuller. What each does at 1 is told in effects/reshape/amounts.ts. */
const amount = z.number().min(-1).max(1).default(0);

const shape = z.strictObject({
  eyes: amount,
  /** The outer corners up. */
  eyeTilt: amount,
  brows: amount,
  browArch: amount,
  browThickness: amount,
  /** Its width at the wings. */
  nose: amount,
  noseBridge: amount,
  noseLength: amount,
  lips: amount,
  /** Its width. */
  mouth: amount,
  smile: amount,
  jaw: amount,
  chin: amount,
  chinWidth: amount,
  cheekbones: amount,
  cheeks: amount,
  forehead: amount,
  /** The width of the whole face. */
  face: amount,
  lowerFace: amount,
});

const tint = z.strictObject({ colour, amount: share });

/** What is painted on the skin. */
const look = z.strictObject({
  /** Blotches, folds and shadows evened out; the pores stay. */
  smooth: share.default(0),
  /** Fine detail of the skin: -1 none, 1 twice as strong. */
  detail: amount,
  lips: tint.optional(),
  cheeks: tint.optional(),
  lids: tint.optional(),
  /** Darkens the line of the upper lashes. */
  lashes: share.default(0),
  /** Darkens the hair of the brows. */
  brows: share.default(0),
  /** Brightens the whites of the eyes, and what lies in shadow below them. */
  eyes: share.default(0),
  /** Shade under the cheekbones and along the jaw, light on brow, nose and chin. */
  contour: share.default(0),
  /** The shadow of a beard: 1 darkens as a day's growth does, -1 takes it away. */
  beard: amount,
});

/** A drawing on the skin, laid on the mean face as seen from the front; units as in a sticker's pieces. It is seen on skin only, not on hair. */
const drawing = z.strictObject({ art: artFile, size, center: point2, extent: point2 });

const manifest = z.strictObject({
  ...single,
  kind: z.literal('reshape'),
  shape: shape.prefault({}),
  look: look.prefault({}),
  /** How many times what sets the person apart from the mean face is added once more. */
  exaggerate: z.number().min(0).max(3).default(0),
  drawings: z.array(drawing).max(4).default([]),
});

const params = z.strictObject({
  strength: percent.default(100).describe('0 = the photo as it is, 100 = as far as the template goes'),
  faces: chosenFaces.default('all'),
  bystanders,
});

export const reshape = defineKind({ manifest, params, art: ({ drawings }) => drawings.map((each) => each.art) });

export type Shape = z.infer<typeof shape>;
export type ShapeAmount = keyof Shape;
export const shapeAmounts: readonly ShapeAmount[] = shape.keyof().options;
export type Look = z.infer<typeof look>;
export type Drawing = z.infer<typeof drawing>;
