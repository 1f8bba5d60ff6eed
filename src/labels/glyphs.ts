/**
 * A small alphabet drawn for this mark, because a server has no fonts to rely on: single strokes with round ends, as a pen would write. One unit is a
 * hundredth of an em, the baseline is 0 and y grows upwards; capitals are 70 high, small letters 50, Chinese characters reach from -8 to 88.
 *
 * The strokes are written as `M x y` (lift and move), `L x y …` (lines), `C x1 y1 x2 y2 x y` (a cubic Bézier) and `O cx cy rx ry from to` (an arc of an
 * ellipse, in degrees, counter-clockwise where `to` is larger; the pen is lifted before it and stays down after it).
 */

export interface Glyph {
  /** From this glyph's left edge to the next one's, its own side bearings included. */
  readonly advance: number;
  readonly strokes: string;
}

/** Space to the left of the ink; on the right it is the same. */
export const bearing = 9.5;

/** Ink width and strokes. */
const latin: Readonly<Record<string, readonly [ink: number, strokes: string]>> = {
  A: [56, 'M0 0L28 70 56 0M9 23L47 23'],
  B: [43, 'M0 0L0 70 22 70O22 53 18 17 90 -90L0 36M22 36L23 36O23 18 20 18 90 -90L0 0'],
  C: [56, 'O35 35 35 35 52 308'],
  D: [55, 'M0 0L0 70 20 70O20 35 35 35 90 -90L0 0'],
  E: [40, 'M40 70L0 70 0 0 40 0M0 36L34 36'],
  F: [39, 'M39 70L0 70 0 0M0 35L32 35'],
  G: [66, 'O35 35 35 35 52 360L38 35'],
  H: [50, 'M0 0L0 70M50 0L50 70M0 36L50 36'],
  I: [0, 'M0 0L0 70'],
  J: [30, 'M30 70L30 16O15 16 15 16 0 -160'],
  K: [46, 'M0 0L0 70M44 70L0 26M16 42L46 0'],
  L: [38, 'M0 70L0 0 38 0'],
  M: [62, 'M0 0L0 70 31 16 62 70 62 0'],
  N: [50, 'M0 0L0 70 50 0 50 70'],
  O: [70, 'O35 35 35 35 0 360'],
  P: [42, 'M0 0L0 70 22 70O22 51 20 19 90 -90L0 32'],
  Q: [70, 'O35 35 35 35 0 360M44 19L66 -4'],
  R: [44, 'M0 0L0 70 22 70O22 51 20 19 90 -90L0 32M22 32L44 0'],
  S: [43, 'O21 53 20 17 38 270O21 18 22 18 90 -148'],
  T: [50, 'M0 70L50 70M25 70L25 0'],
  U: [50, 'M0 70L0 25O25 25 25 25 180 360L50 70'],
  V: [54, 'M0 70L27 0 54 70'],
  W: [78, 'M0 70L20 0 39 62 58 0 78 70'],
  X: [48, 'M0 0L47 70M1 70L48 0'],
  Y: [50, 'M0 70L25 33 50 70M25 33L25 0'],
  Z: [46, 'M1 70L45 70 0 0 46 0'],
  a: [44, 'O22 25 22 25 0 360M44 50L44 0'],
  b: [44, 'M0 73L0 0O22 25 22 25 0 360'],
  c: [38, 'O22 25 22 25 50 310'],
  d: [44, 'O22 25 22 25 0 360M44 73L44 0'],
  e: [44, 'M0 26L44 26O22 25 22 25 2 315'],
  f: [26, 'M9 0L9 56O25 56 16 17 180 88M0 47L24 47'],
  g: [44, 'O22 25 22 25 0 360M44 50L44 -2O22 -2 22 18 0 -152'],
  h: [40, 'M0 73L0 0M0 28O20 28 20 22 180 0L40 0'],
  i: [0, 'M0 50L0 0M0 68L0 69.5'],
  j: [12, 'M12 50L12 -4O-3 -4 15 16 0 -100M12 68L12 69.5'],
  k: [36, 'M0 73L0 0M33 50L0 20M12 31L36 0'],
  l: [0, 'M0 73L0 0'],
  m: [68, 'M0 50L0 0O17 30 17 20 180 0L34 0M34 30O51 30 17 20 180 0L68 0'],
  n: [40, 'M0 50L0 0O20 28 20 22 180 0L40 0'],
  o: [47, 'O23.5 25 23.5 25 0 360'],
  p: [44, 'M0 50L0 -20O22 25 22 25 0 360'],
  q: [44, 'O22 25 22 25 0 360M44 50L44 -20'],
  r: [21, 'M0 50L0 0O17 30 17 20 180 65'],
  s: [33, 'O16 37.5 15.5 12.5 40 270O16 12.5 17 12.5 90 -148'],
  t: [21, 'M9 66L9 13O22 13 13 13 180 275M0 48L23 48'],
  u: [40, 'M0 50L0 22O20 22 20 22 180 360L40 50M40 22L40 0'],
  v: [40, 'M0 50L20 0 40 50'],
  w: [62, 'M0 50L16 0 31 44 46 0 62 50'],
  x: [38, 'M1 50L37 0M37 50L0 0'],
  y: [41, 'M0 50L20.5 2M41 50L13 -20'],
  z: [36, 'M1 50L35 50 0 0 36 0'],
  0: [48, 'O24 35 24 35 0 360'],
  1: [18, 'M0 57L18 70 18 0'],
  2: [44, 'O22 49 21 21 165 -28L0 0 44 0'],
  3: [43, 'O21 53 19 17 150 -90O21 18 22 18 90 -150'],
  4: [50, 'M38 0L38 70 0 19 50 19'],
  5: [43, 'M39 70L8 70 5 40O21 23 22 23 132 -148'],
  6: [46, 'O23 22 23 22 0 360M0 22C0 48 14 64 36 70'],
  7: [43, 'M0 70L43 70 14 0'],
  8: [44, 'O22 53 19 17 0 360O22 18 22 18 0 360'],
  9: [46, 'O23 48 23 22 0 360M46 48C46 22 32 6 10 0'],
  '.': [0, 'M0 0L0 1'],
  ',': [4, 'M4 2L0 -12'],
  ':': [0, 'M0 6L0 7M0 44L0 45'],
  '-': [24, 'M0 27L24 27'],
  '+': [36, 'M0 35L36 35M18 17L18 53'],
  '/': [28, 'M0 -6L28 76'],
  '!': [0, 'M0 70L0 22M0 0L0 1'],
  "'": [0, 'M0 73L0 58'],
  '(': [14, 'O26 30 26 50 118 242'],
  ')': [14, 'O-12 30 26 50 62 -62'],
  '&': [54, 'M54 0L11 50C4 58 8 70 20 70 33 70 36 56 26 48 12 38 0 32 0 18 0 4 10 0 20 0 38 0 48 16 50 34'],
  '·': [0, 'M0 33L0 34'],
};

/** Characters for the words 人工智能 (artificial intelligence) and 生成, 合成 (generated, synthesized). */
const chinese: Readonly<Record<string, string>> = {
  人: 'M50 84C50 48 34 14 7 -6M50 62C56 34 72 10 94 -6',
  工: 'M14 74L86 74M50 74L50 1M6 1L94 1',
  智: 'M21 88C18 78 12 70 5 64M15 75L48 75M4 58L54 58M29 75C29 54 22 42 5 35M32 52L50 39M63 78L63 43M63 78L92 78 92 43M63 45L92 45M24 28L24 -8M24 28L76 28 76 -8M24 11L76 11M24 -5L76 -5',
  能: 'M28 88L10 63 45 66M36 77L50 57M12 50L12 -8M12 50L44 50 44 0C44 -5 41 -6 33 -5M12 33L44 33M12 17L44 17M62 87L62 56C62 50 64 48 70 48L86 48C92 48 94 51 94 60M91 79L62 66M62 39L62 3C62 -4 64 -6 70 -6L86 -6C92 -6 94 -3 94 7M91 29L62 15',
  生: 'M27 84C23 70 16 58 7 48M22 65L90 65M17 34L85 34M51 88L51 -4M6 -4L95 -4',
  成: 'M17 66L93 66M17 66C18 34 14 10 4 -7M17 41L45 41C45 22 44 10 41 5 39 1 34 2 27 4M57 87C58 46 68 8 86 -5 92 -9 94 -4 95 9M86 48C78 26 62 6 41 -6M70 87L84 78',
  合: 'M50 87C40 68 24 52 5 42M50 87C60 68 76 52 95 42M30 43L70 43M22 26L22 -8M22 26L78 26 78 -8M22 -3L78 -3',
};

const space: Glyph = { advance: 30, strokes: '' };

/** @returns undefined for a character that is not in the alphabet */
export function glyphOf(character: string): Glyph | undefined {
  if (character === ' ') return space;
  const drawn = chinese[character];
  if (drawn !== undefined) return { advance: 108, strokes: drawn };
  const letter = latin[character];
  return letter && { advance: letter[0] + 2 * bearing, strokes: letter[1] };
}

/** Whether a text has a letter or a digit, and nothing that cannot be drawn. */
export function canWrite(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && [...text].every((character) => glyphOf(character) !== undefined);
}
