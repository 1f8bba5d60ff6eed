/**
 * SHA-256 (FIPS 180-4), for where there is no other that answers at once: a browser's answers later, and a tree asks for it millions of times.
 * What is hashed is public, so nothing here has to take the same time for different bytes.
 */

const blockBytes = 64;

/** The first 32 bits of the fractional part of `root` of the first `count` primes (sections 4.2.2 and 5.3.3). */
function fractions(count: number, root: (prime: number) => number): Uint32Array {
  const words = new Uint32Array(count);
  for (let found = 0, candidate = 2; found < count; candidate++) {
    let divisor = 2;
    while (candidate % divisor !== 0) divisor++;
    if (divisor < candidate) continue;
    // The array keeps the lowest 32 bits of what is left of the point, and with that the fractional part.
    words[found++] = root(candidate) * 2 ** 32;
  }
  return words;
}

const start = fractions(8, Math.sqrt);
const rounds = fractions(64, Math.cbrt);

export function sha256(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(start);
  const whole = bytes.length - (bytes.length % blockBytes);
  const block = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < whole; at += blockBytes) compress(state, block, at);

  // The rest, a one bit, zeros, and the length in bits as 64 bits.
  const tail = new Uint8Array(bytes.length - whole < blockBytes - 8 ? blockBytes : 2 * blockBytes);
  tail.set(bytes.subarray(whole));
  tail[bytes.length - whole] = 0x80;
  const end = new DataView(tail.buffer);
  end.setUint32(tail.length - 8, Math.floor(bytes.length / 2 ** 29));
  end.setUint32(tail.length - 4, (bytes.length * 8) >>> 0);
  for (let at = 0; at < tail.length; at += blockBytes) compress(state, end, at);

  const digest = new DataView(new ArrayBuffer(32));
  for (const [i, word] of state.entries()) digest.setUint32(4 * i, word);
  return new Uint8Array(digest.buffer);
}

const schedule = new Int32Array(64);
const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/** Section 6.2.2. */
function compress(state: Uint32Array, data: DataView, at: number): void {
  const w = schedule;
  for (let t = 0; t < 16; t++) w[t] = data.getInt32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const early = w[t - 15] ?? 0;
    const late = w[t - 2] ?? 0;
    const mixed = (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
    w[t] = mixed + (w[t - 16] ?? 0) + (w[t - 7] ?? 0);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (rounds[t] ?? 0) + (w[t] ?? 0)) | 0;
    const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] ?? 0) + word;
  });
}
