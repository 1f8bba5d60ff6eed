// Eyes and brows of the drawn face.
import { mix, n, times } from './draw.mjs';

export const eyeShape = 'M28.6,4.6C33,-3.6 39.6,-9.2 47.6,-9.2C56,-9.2 62,-4.4 65.6,.2C61,5.4 54.5,8.6 47.5,8.6C40,8.6 33.5,7.4 28.6,4.6Z';

/** The eye on the right; the other one is this one mirrored, but for its light. @param x where it looks */
export function drawEye({ iris, deep, shade, flush, brow }, { lashes, ink, x, other }) {
  const dark = mix(brow, '#0c0608', 0.3);
  // The light of one window is in both eyes, so it is not mirrored with the eye.
  const glint = other ? x + 3.2 : x - 3.2;
  return `
<path d="M29,-4C35,-13 42,-17 50,-17C58,-17 65,-11 69,-4C62,-10 56,-12 49,-12C42,-12 35,-8 29,-4Z" fill="${mix(shade, flush, 0.3)}" opacity=".5" filter="url(#b1)"/>
<path d="${eyeShape}" fill="url(#white)"/>
<g clip-path="url(#eye)">
<circle cx="${x}" cy="-.6" r="9.9" fill="${iris[2]}"/><circle cx="${x}" cy="-.6" r="9.1" fill="url(#iris)"/><circle cx="${x}" cy="-.6" r="4.2" fill="#120c0d"/>
<path d="M28,5C34,-4 40,-10 47.5,-10C56,-10 62,-5 66,1L66,-13L28,-13Z" transform="translate(0,3)" fill="#2a1712" opacity=".42" filter="url(#b1)"/>
<circle cx="${n(glint)}" cy="-4.3" r="2.5" fill="#fff" opacity=".9"/><circle cx="${n(2 * x - glint)}" cy="3.2" r="1.2" fill="#fff" opacity=".7"/>
</g>
<path d="M30,4.200C28.5,3.6 27.4,4.6 27.8,5.500C29.5,6.8 32.5,6.8 34.5,6.400Z" fill="${flush}" opacity=".8"/>
<path d="M33,7.600C40,10.6 54,10.6 64,2.2" fill="none" stroke="${dark}" stroke-width="1" opacity=".45"/>
<path d="M34,13C42,17 54,16.5 62,11" fill="none" stroke="${deep}" stroke-width="2" opacity=".22" filter="url(#b1)"/>
<path d="M27.6,5.400C32.5,-5.5 39.5,-11.6 48,-11.600C57,-11.6 63,-6.6 ${n(67 + 3 * lashes)},${n(-1.5 - 4 * lashes)}C67,-1 66,0 65,1.600C61,-4.4 55.5,-8.4 47.5,-8.400C40,-8.4 34,-3 27.6,5.400Z" fill="${dark}"/>
${lashes > 0.6 ? `<path d="M59,-9L66,-12.500M62.5,-6.600L70.5,-9.6" stroke="${dark}" stroke-width="1.3" stroke-linecap="round"/>` : ''}
<path d="M30,-5C36,-14.5 43,-18 50,-18C58,-18 64.5,-12.5 68,-7" fill="none" stroke="${deep}" stroke-width="${1.3 + ink}" opacity=".5"/>
`;
}

/** An eye as sculptors cut it: lids and a shallow iris. */
export function blindEye({ light, shade, deep }) {
  return `
<path d="${eyeShape}" fill="${mix(light, shade, 0.35)}"/>
<g clip-path="url(#eye)"><path d="M28,6C34,-4 40,-10 47.5,-10C56,-10 62,-5 66,1L66,-13L28,-13Z" transform="translate(0,4)" fill="${deep}" opacity=".6" filter="url(#b1)"/>
<circle cx="47.4" cy="-1" r="9" fill="none" stroke="${deep}" stroke-width="1.4" opacity=".55"/><path d="M43,-4A6,6 0 1 0 52,-3L47.4,-1Z" fill="${deep}" opacity=".55"/></g>
<path d="M27.6,5.400C32.5,-5.5 39.5,-11.6 48,-11.600C57,-11.6 63,-6.6 67,-1.500C61,-4.4 55.5,-8.4 47.5,-8.400C40,-8.4 34,-3 27.6,5.400Z" fill="${light}"/>
<path d="M27.6,5.400C33,-3 40,-8.4 47.5,-8.400C55.5,-8.4 61,-4.4 66,.5M33,8C40,11 54,11 64,2.4" fill="none" stroke="${deep}" stroke-width="1.5" opacity=".7"/>
`;
}

/** @param brows thickness, 1 is usual */
export function drawBrow(hair, brows) {
  const b = (y, k) => n(y + k * (brows - 1));
  return `<path d="M16,${b(-31, 0)}C16,${b(-35.5, -2)} 24,${b(-38.5, -3)} 36,${b(-41, -3)}C47,${b(-44, -3)} 58,${b(-44.5, -3)} 69,${b(-40.5, -2)}C76,-38 81,-33 84.5,-27C78,${b(-32, 1)} 70,${b(-35, 3)} 61,${b(-36, 4)}C48,${b(-37, 5)} 34,${b(-34, 5)} 22,${b(-29.5, 4)}C18.5,-28.5 16,-29 16,-31Z" fill="${hair}" opacity=".9" filter="url(#b1)"/>
<g stroke="${hair}" stroke-width="1" stroke-linecap="round" opacity=".6">${times(10, (i) => {
    const x = 19 + i * 5;
    const y = -30.5 - 7 * Math.sin((i / 12) * 1.6);
    return `<path d="M${x},${n(y)}L${n(x + 3 + i * 0.3)},${n(y - 6.5 + i * 0.2)}"/>`;
  }).replaceAll('\n', '')}</g>`;
}
