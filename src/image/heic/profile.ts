import type { Nclx } from './file.ts';

const { exp, max, min } = Math;

/**
 * Primaries of ITU-T H.273 that are wider than sRGB's, as XYZ of red, green and blue adapted to D50 by Bradford's matrix, which is how an ICC
 * profile wants them.
 */
const wide: Readonly<Record<number, Readonly<Record<'red' | 'green' | 'blue', readonly number[]>>>> = {
  // BT.2020
  9: { red: [0.67348, 0.27904, -0.00193], green: [0.16567, 0.67534, 0.02998], blue: [0.12505, 0.04561, 0.79685] },
  // P3 with D65: what telephones call Display P3
  12: { red: [0.51512, 0.24119, -0.00105], green: [0.29198, 0.69224, 0.04188], blue: [0.1571, 0.06657, 0.78407] },
};

const d50 = [0.9642, 1, 0.8249] as const;
const steps = 1024;

/**
 * The ICC profile (ICC.1:2001-04, matrix and curve) that says what a HEIF file says with code points, because libvips understands only that.
 * @returns undefined where the code points mean sRGB, or primaries that no photo has
 */
export function profileOf({ primaries, transfer }: Nclx): Buffer | undefined {
  const colours = wide[primaries];
  if (colours === undefined) return undefined;
  const curve = Buffer.alloc(12 + 2 * steps);
  curve.write('curv', 'latin1');
  curve.writeUInt32BE(steps, 8);
  for (let i = 0; i < steps; i++) curve.writeUInt16BE(Math.round(65535 * min(1, light(transfer, i / (steps - 1)))), 12 + 2 * i);
  return assemble([
    ['wtpt', xyz(d50)],
    ['rXYZ', xyz(colours.red)],
    ['gXYZ', xyz(colours.green)],
    ['bXYZ', xyz(colours.blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]);
}

/**
 * Signal 0 to 1 to light, 1 being white paper. PQ (SMPTE ST 2084) and HLG (BT.2100) hold more light than that: 203 cd/m² or 75 % of the signal
 * is paper (BT.2408), and what is brighter than half of it is pressed together softly.
 */
function light(transfer: number, signal: number): number {
  if (transfer === 16) {
    const power = signal ** (1 / 78.84375);
    return knee((10_000 / 203) * (max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125));
  }
  if (transfer === 18) return knee(hlg(signal) / hlg(0.75));
  if (transfer === 8) return signal;
  // sRGB; the curves of BT.709 and BT.2020 are shown with nearly the same one.
  return signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4;
}

const knee = (value: number) => (value <= 0.5 ? value : 1 - 0.5 * exp(1 - 2 * value));
const hlg = (signal: number) => (signal <= 0.5 ? (signal * signal) / 3 : (exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12);

function xyz(values: readonly number[]): Buffer {
  const out = Buffer.alloc(20);
  out.write('XYZ ', 'latin1');
  for (const [i, value] of values.entries()) out.writeInt32BE(Math.round(value * 65536), 8 + 4 * i);
  return out;
}

/** Header, table of tags, data; a table that several tags name is stored once. */
function assemble(tags: readonly (readonly [name: string, data: Buffer])[]): Buffer {
  const parts = [...new Set(tags.map(([, data]) => data))];
  const start = 128 + 4 + 12 * tags.length;
  const offsets = parts.map((_, i) => parts.slice(0, i).reduce((sum, { length }) => sum + length, start));
  const head = Buffer.alloc(start);
  head.writeUInt32BE(
    parts.reduce((sum, { length }) => sum + length, start),
    0,
  );
  head.writeUInt32BE(0x02400000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  xyz(d50).copy(head, 68, 8);
  head.writeUInt32BE(tags.length, 128);
  for (const [i, [name, data]] of tags.entries()) {
    const at = 132 + 12 * i;
    head.write(name, at, 'latin1');
    head.writeUInt32BE(offsets[parts.indexOf(data)] ?? 0, at + 4);
    head.writeUInt32BE(data.length, at + 8);
  }
  return Buffer.concat([head, ...parts]);
}
