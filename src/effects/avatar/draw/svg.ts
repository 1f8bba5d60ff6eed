import { short } from './path.ts';

/** Elements of SVG as text. Numbers are shortened; opacity is always that of fill or stroke, since that of an element costs a layer of its own. */

type Attributes = Readonly<Record<string, string | number>>;

export function path(d: string, attributes: Attributes): string {
  return d === '' ? '' : `<path d="${d}"${written(attributes)}/>`;
}

export function ellipse(cx: number, cy: number, rx: number, ry: number, attributes: Attributes): string {
  return `<ellipse${written({ cx, cy, rx, ry, ...attributes })}/>`;
}

/** Two or more colours from one place to another in the units of the drawing. */
export function linear(id: string, from: readonly [number, number], to: readonly [number, number], stops: Stops): string {
  const attributes = written({ id, gradientUnits: 'userSpaceOnUse', x1: from[0], y1: from[1], x2: to[0], y2: to[1] });
  return `<linearGradient${attributes}>${stops.map(stop).join('')}</linearGradient>`;
}

/** Colours from the middle of a shape to its edge. */
export function radial(id: string, stops: Stops): string {
  return `<radialGradient id="${id}">${stops.map(stop).join('')}</radialGradient>`;
}

export function clip(id: string, d: string): string {
  return `<clipPath id="${id}"><path d="${d}"/></clipPath>`;
}

export function group(attributes: Attributes, ...parts: readonly string[]): string {
  return `<g${written(attributes)}>${parts.join('')}</g>`;
}

/** A square drawing of 1080. */
export function drawing(definitions: readonly string[], ...parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1080"><defs>${definitions.join('')}</defs>${parts.join('')}</svg>`;
}

type Stops = readonly (readonly [offset: number, colour: string, opacity?: number])[];

function stop([offset, colour, opacity]: Stops[number]): string {
  return `<stop${written({ offset: String(offset), 'stop-color': colour, ...(opacity === undefined ? {} : { 'stop-opacity': String(opacity) }) })}/>`;
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? (name.endsWith('opacity') ? value : short(value)) : value}"`)
    .join('');
}
