import sharp from 'sharp';

/** A drawn picture with edges, gradients and saturated colours, different in every corner, as PNG. */
export function drawing(width: number, height: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 400 300" preserveAspectRatio="none">
    <linearGradient id="sky" x2="1" y2="1"><stop stop-color="#2b5d8a"/><stop offset="1" stop-color="#f2c48d"/></linearGradient>
    <rect width="400" height="300" fill="url(#sky)"/>
    <circle cx="150" cy="130" r="80" fill="#e0a98a"/>
    <path d="M70 120a80 80 0 0 1 160 0q-80-60-160 0z" fill="#4a2f20"/>
    <circle cx="125" cy="130" r="9" fill="#222"/><circle cx="178" cy="130" r="9" fill="#222"/>
    <path d="M120 170q30 24 60 0" stroke="#a33" stroke-width="7" fill="none"/>
    <rect x="310" y="20" width="70" height="40" fill="#c8302f"/><path d="M300 280l40-90 40 90z" fill="#2f8f4e"/>
    <g stroke="#fff" stroke-width="3"><path d="M20 250h70M20 262h50M20 274h30"/></g></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
