const { exp, max, min, SQRT2 } = Math;

/**
 * Blurs a plane in place by a recursive filter that runs along every row and column, there and back, twice: close to a Gaussian, at a cost that
 * does not depend on its width. @param sigma pixels
 */
export function soften(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const keep = exp(-SQRT2 / sigma);
  const fours = height - (height % 4);
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < fours; y += 4) alongFourRows(plane, y * width, width, keep);
    for (let y = fours; y < height; y++) alongRow(plane, y * width, width, keep);
    for (let y = 1; y < height; y++) mixRow(plane, y * width, (y - 1) * width, width, keep);
    for (let y = height - 2; y >= 0; y--) mixRow(plane, y * width, (y + 1) * width, width, keep);
  }
  return plane;
}

/** Every value waits for the one before it; four rows wait side by side, which takes less than half the time. */
function alongFourRows(plane: Float32Array, begin: number, width: number, keep: number): void {
  const end = begin + width;
  const give = 1 - keep;
  let a = plane[begin] ?? 0;
  let b = plane[begin + width] ?? 0;
  let c = plane[begin + 2 * width] ?? 0;
  let d = plane[begin + 3 * width] ?? 0;
  for (let i = begin + 1, j = i + width, k = j + width, l = k + width; i < end; i++, j++, k++, l++) {
    a = give * (plane[i] ?? 0) + keep * a;
    b = give * (plane[j] ?? 0) + keep * b;
    c = give * (plane[k] ?? 0) + keep * c;
    d = give * (plane[l] ?? 0) + keep * d;
    plane[i] = a;
    plane[j] = b;
    plane[k] = c;
    plane[l] = d;
  }
  for (let i = end - 2, j = i + width, k = j + width, l = k + width; i >= begin; i--, j--, k--, l--) {
    a = give * (plane[i] ?? 0) + keep * a;
    b = give * (plane[j] ?? 0) + keep * b;
    c = give * (plane[k] ?? 0) + keep * c;
    d = give * (plane[l] ?? 0) + keep * d;
    plane[i] = a;
    plane[j] = b;
    plane[k] = c;
    plane[l] = d;
  }
}

function alongRow(plane: Float32Array, begin: number, width: number, keep: number): void {
  let value = plane[begin] ?? 0;
  for (let i = begin + 1; i < begin + width; i++) {
    value = (1 - keep) * (plane[i] ?? 0) + keep * value;
    plane[i] = value;
  }
  for (let i = begin + width - 2; i >= begin; i--) {
    value = (1 - keep) * (plane[i] ?? 0) + keep * value;
    plane[i] = value;
  }
}

function mixRow(plane: Float32Array, row: number, neighbour: number, width: number, keep: number): void {
  for (let x = 0; x < width; x++) {
    const here = plane[row + x] ?? 0;
    plane[row + x] = here + keep * ((plane[neighbour + x] ?? 0) - here);
  }
}

/** The mean of a pixel and its eight neighbours with the weights 1 2 1 both ways: a Gaussian of 0.71 pixels. */
export function binomial(plane: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(plane.length);
  const row = new Float32Array(width + 2);
  for (let y = 0; y < height; y++) {
    binomialRow(plane, y * width, max(y - 1, 0) * width, min(y + 1, height - 1) * width, width, row, out);
  }
  return out;
}

function binomialRow(
  plane: Float32Array,
  here: number,
  above: number,
  below: number,
  width: number,
  row: Float32Array,
  out: Float32Array,
): void {
  for (let x = 0; x < width; x++) row[x + 1] = (plane[above + x] ?? 0) + 2 * (plane[here + x] ?? 0) + (plane[below + x] ?? 0);
  row[0] = row[1] ?? 0;
  row[width + 1] = row[width] ?? 0;
  for (let x = 0; x < width; x++) out[here + x] = ((row[x] ?? 0) + 2 * (row[x + 1] ?? 0) + (row[x + 2] ?? 0)) / 16;
}
