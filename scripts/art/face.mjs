// The face every scene draws before anybody's is laid over it: many looks on one geometry. The light comes from the left.
import { blurs, linear, mix, radial } from './draw.mjs';
import { blindEye, drawBrow, drawEye, eyeShape } from './eye.mjs';
import { outline } from './shape.mjs';

/** Looks of skin: from the lightest light to the deepest shade, then lips, iris (light, middle, dark) and brow. */
export const looks = {
  fair: skin('#ffe9d6', '#f3cdb0', '#d99a7c', '#93503f', '#e58a78', '#c4635e', ['#9fc6e0', '#4d7fa8', '#1b3550'], '#6b4630'),
  golden: skin('#ffe2b8', '#ecbd8b', '#c98a58', '#7d4326', '#dd7f5e', '#b75a4c', ['#a8c08a', '#5f7f4c', '#24371f'], '#4a2c1c'),
  olive: skin('#f6d3a6', '#d9a877', '#ad7548', '#663720', '#cc6d52', '#a6504a', ['#b98a52', '#6b4320', '#2a170b'], '#2c1a12'),
  brown: skin('#e7b589', '#b97f55', '#86502f', '#45210f', '#b85c48', '#954848', ['#a8743f', '#5a341c', '#23110a'], '#1c100b'),
  deep: skin('#c98d63', '#8c5636', '#5b321f', '#2a130b', '#9c4538', '#7f3a3c', ['#8a5a30', '#442512', '#180b06'], '#120a07'),
  marble: skin('#faf7f2', '#c8c2be', '#8b848d', '#322d3a', '#cfc8c2', '#b9b3ae', ['#d6d3ce', '#b5b1ad', '#8b8788'], '#b3afab'),
};

function skin(light, base, shade, deep, flush, lip, iris, hair) {
  return { light, base, shade, deep, flush, lip, iris, brow: hair };
}

/** Features are as sharp as a photo is, not as sharp as vectors can be: a face laid over them should not look soft beside them. */
const brushed = 0.8;

/** One blur for all that is equally soft: a filter costs by its area, whatever is in it. */
const soft = (deviation) =>
  `<filter id="soft${deviation}" filterUnits="userSpaceOnUse" x="-118" y="-158" width="236" height="324" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;

export const faceDefs = ({ light, base, shade, lip, flush, iris }) =>
  [
    blurs(1),
    [brushed, 3, 7, 14].map(soft).join('\n'),
    radial('skin', [-30, -14, 185], [0, mix(light, base, 0.45)], [0.42, base], [1, shade]),
    `<radialGradient id="iris" cx=".5" cy=".66" r=".56"><stop offset="0" stop-color="${iris[0]}"/><stop offset=".6" stop-color="${iris[1]}"/><stop offset="1" stop-color="${iris[2]}"/></radialGradient>`,
    linear('upper', [0, 80, 0, 96], [0, lip], [1, mix(lip, '#401018', 0.28)]),
    linear('lower', [0, 94, 0, 111], [0, lip], [0.5, mix(lip, light, 0.34)], [1, mix(lip, flush, 0.4)]),
    linear('white', [0, -10, 0, 9], [0, mix('#aaa2a4', shade, 0.3)], [0.45, mix('#ece4dc', light, 0.25)], [1, mix('#d9cdc6', light, 0.2)]),
    `<clipPath id="eye"><path d="${eyeShape}"/></clipPath>`,
    `<clipPath id="face"><path d="${outline}"/></clipPath>`,
  ].join('\n');

/**
 * @param look one of `looks`
 * @param rim colour of the light that grazes the dark side, if there is one
 * @param lashes 0 (short) to 1 (long) @param brows thickness, @param lips height, 1 is usual @param ink width of drawn lines, 0 for none
 * @param eyes false for eyes cut in stone
 */
export function drawFace(look, { rim, lashes = 0.5, brows = 1, lips = 1, ink = 0, blush = 0.42, eyes = true } = {}) {
  const { brow } = look;
  const eye = (other) => (eyes ? drawEye(look, { lashes, ink, x: 47.4, other }) : blindEye(look));
  return `${form(look, rim, blush, eyes ? 0.24 : 0.42)}
<g filter="url(#soft${brushed})">
${nose(look, ink)}
<!-- eyes -->
<g>${eye(false)}${drawBrow(brow, brows)}</g>
<g transform="scale(-1,1)">${eye(true)}${drawBrow(brow, brows)}</g>
${mouth(look, lips, ink)}
</g>
${ink ? `<path d="${outline}" fill="none" stroke="${mix(brow, '#0c0608', 0.45)}" stroke-width="${ink * 2}"/>` : ''}`;
}

/** Light and shade, the softest first. */
const form = ({ light, shade, deep, flush }, rim, blush, sockets) => `<path d="${outline}" fill="url(#skin)"/>
<g clip-path="url(#face)">
<g filter="url(#soft14)">
<path d="M112,-150L112,170L0,170C40,158 66,124 74,88C80,60 82,20 76,-30C70,-80 50,-110 60,-150Z" fill="${deep}" opacity=".46"/>
<ellipse cx="-24" cy="-62" rx="54" ry="26" fill="${light}" opacity=".6"/>
<ellipse cx="-59" cy="52" rx="21" ry="13" fill="${flush}" opacity="${blush}"/><ellipse cx="59" cy="52" rx="21" ry="13" fill="${flush}" opacity="${blush}"/>
</g>
<g filter="url(#soft7)">
<path d="M-112,-150L-112,170L0,170C-48,158 -78,124 -88,88C-94,60 -92,20 -88,-30C-84,-80 -70,-110 -80,-150Z" fill="${shade}" opacity=".6"/>
${rim ? `<path d="M99,-60C99,0 97,60 84,92C70,120 50,138 26,148L120,160L130,-60Z" fill="${rim}" opacity=".75"/>` : ''}
<ellipse cx="-58" cy="35" rx="23" ry="16" fill="${light}" opacity=".72"/><ellipse cx="55" cy="36" rx="17" ry="13" fill="${light}" opacity=".34"/>
<path d="M-66,84C-58,108 -40,126 -14,134C-40,132 -66,118 -76,92Z" fill="${shade}" opacity=".55"/>
<ellipse cx="-5" cy="133" rx="17" ry="9" fill="${light}" opacity=".5"/>
<ellipse cx="-47" cy="-7" rx="31" ry="18" fill="${deep}" opacity="${sockets}"/><ellipse cx="47" cy="-7" rx="31" ry="18" fill="${deep}" opacity="${sockets}"/>
</g>
<g filter="url(#soft3)">
<path d="M14,-30C10,-10 12,20 18,40C26,48 28,58 20,64C10,62 8,50 9,30C9,10 6,-12 14,-30Z" fill="${deep}" opacity=".44"/>
<path d="M-15,-26C-9,-10 -11,18 -16,40C-22,48 -23,56 -18,61C-12,52 -8,40 -8,22C-8,4 -8,-14 -15,-26Z" fill="${deep}" opacity=".2"/>
<path d="M-3,-22C-5,0 -4,26 -5,44C-3,50 2,50 3,44C3,26 2,0 1,-22Z" fill="${light}" opacity=".8"/>
<ellipse cx="-2.5" cy="47" rx="6" ry="5" fill="${mix(light, '#ffffff', 0.5)}" opacity=".7"/>
<path d="M-20,58C-14,66 -6,69 0,69C8,69 15,66 21,58C24,66 14,74 2,75C-10,75 -20,68 -20,58Z" fill="${deep}" opacity=".5"/>
<ellipse cx="1" cy="118" rx="20" ry="5.5" fill="${deep}" opacity=".44"/>
<path d="M-28,62C-38,70 -45,78 -47,88M28,62C38,70 45,78 47,88" fill="none" stroke="${deep}" stroke-width="2.6" opacity=".24"/>
</g>
</g>`;

const nose = ({ deep }, ink) => `<!-- nose -->
<path d="M-19.5,48C-25,51 -25.5,60 -18.5,61.5M19.5,48C25,51 25.5,60 18.5,61.5" fill="none" stroke="${deep}" stroke-width="${1.6 + ink}" stroke-linecap="round" opacity=".6"/>
<path d="M-7,60.5C-9.5,56 -15.5,56.5 -17,60C-14,63 -10,63 -7,60.5ZM7,60.5C9.5,56 15.5,56.5 17,60C14,63 10,63 7,60.5Z" fill="${mix(deep, '#200808', 0.3)}" opacity=".8"/>
<path d="M-8,62C-4,65.5 4,65.5 8,62" fill="none" stroke="${deep}" stroke-width="${1.4 + ink}" opacity=".5"/>`;

const mouth = ({ light, deep, lip }, lips, ink) => `<!-- mouth, a little amused -->
<g transform="translate(0,94) scale(1,${lips}) translate(0,-94)">
<path d="M-38.5,84.5C-27,87 -14,80.5 -7,81C-3.5,81.5 -1.5,83.5 0,83.5C1.5,83.5 3.5,81.5 7,81C14,80.5 27,87 38.5,84.5C27,94 12,94.5 0,95C-12,94.5 -27,94 -38.5,84.5Z" fill="url(#upper)"/>
<path d="M-35,86C-24,94.5 -12,94.5 0,95C12,94.5 24,94.5 35,86C30,103 17,111 0,111C-17,111 -30,103 -35,86Z" fill="url(#lower)"/>
<path d="M-40,83.5C-30,94.5 -14,93 -6,94.3C-2,95.3 2,95.3 6,94.3C14,93 30,94.5 40,83.5C30,96.6 12,96.2 0,97C-12,96.2 -30,96.6 -40,83.5Z" fill="${mix(lip, '#300810', 0.62)}" opacity=".9"/>
<ellipse cx="-7" cy="102.5" rx="12" ry="2.6" fill="${mix(light, '#ffffff', 0.4)}" opacity=".4" filter="url(#b1)"/>
</g>
<path d="M-41,80C-44,83 -43.5,87 -41,88.5M41,80C44,83 43.5,87 41,88.5" fill="none" stroke="${deep}" stroke-width="${2 + ink}" opacity=".42" filter="url(#b1)"/>`;
