const { exp, max, min, SQRT2 } = Math;

/**
 * Blurs a plane in place by a recursive filter that runs along every row and column, there and back, twice: close to a Gaussian, at a cost that
 * does not depend on its width. @param sigma pixels
 */
export function soften(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const keep = exp(-SQRT2 / sigma);
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++) {
      const begin = y * width;
      const end = begin + width;
      let value = plane[begin] ?? 0;
      for (let i = begin + 1; i < end; i++) {
        const here = plane[i] ?? 0;
        value = here + keep * (value - here);
        plane[i] = value;
      }
      for (let i = end - 2; i >= begin; i--) {
        const here = plane[i] ?? 0;
        value = here + keep * (value - here);
        plane[i] = value;
      }
    }
    for (let i = width; i < width * height; i++) plane[i] = (plane[i] ?? 0) + keep * ((plane[i - width] ?? 0) - (plane[i] ?? 0));
    for (let i = width * (height - 1) - 1; i >= 0; i--) plane[i] = (plane[i] ?? 0) + keep * ((plane[i + width] ?? 0) - (plane[i] ?? 0));
  }
  return plane;
}

/** The mean of a pixel and its eight neighbours with the weights 1 2 1 both ways: a Gaussian of 0.71 pixels. */
export function binomial(plane: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(plane.length);
  const row = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    const here = y * width;
    const above = max(y - 1, 0) * width;
    const below = min(y + 1, height - 1) * width;
    for (let x = 0; x < width; x++) row[x] = (plane[above + x] ?? 0) + 2 * (plane[here + x] ?? 0) + (plane[below + x] ?? 0);
    for (let x = 0; x < width; x++) {
      out[here + x] = ((row[x === 0 ? 0 : x - 1] ?? 0) + 2 * (row[x] ?? 0) + (row[x === width - 1 ? x : x + 1] ?? 0)) / 16;
    }
  }
  return out;
}
