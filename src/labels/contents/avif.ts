import type { Contents } from './contents.ts';

/** Boxes of ISO 14496-12 and 23008-12 that a still picture needs, by the box they lie in. */
const needed: Readonly<Record<string, ReadonlySet<string>>> = {
  '': new Set(['ftyp', 'meta', 'mdat']),
  meta: new Set(['hdlr', 'pitm', 'iloc', 'iinf', 'iprp', 'iref', 'idat']),
  iprp: new Set(['ipco', 'ipma']),
  ipco: new Set(['av1C', 'ispe', 'pixi', 'colr', 'auxC']),
  iinf: new Set(['infe']),
};
/** The picture and its alpha. */
const pictures = new Set(['av01']);
const xmpType = 'application/rdf+xml';

interface Box {
  readonly type: string;
  readonly body: Buffer;
}

interface Item {
  readonly id: number;
  readonly type: string;
  readonly contentType: string;
}

/** Walks the boxes and items of an AVIF. @throws Error where they do not fill the file */
export function avifContents(file: Buffer): Contents {
  const others: string[] = [];
  const top = boxesOf(file, '', others);
  if (top[0]?.type !== 'ftyp') throw new Error('Expected an AVIF');
  const meta = boxesOf(only(top, 'meta').subarray(4), 'meta', others);
  const properties = boxesOf(only(boxesOf(only(meta, 'iprp'), 'iprp', others), 'ipco'), 'ipco', others);
  for (const { type, body } of properties) {
    const kind = body.toString('latin1', 0, 4);
    if (type === 'colr' && kind !== 'nclx') others.push(`profile ${kind}`);
  }
  const xmp: string[] = [];
  for (const { id, type, contentType } of itemsOf(only(meta, 'iinf'), others)) {
    if (type === 'mime' && contentType === xmpType) xmp.push(dataOf(file, only(meta, 'iloc'), id).toString('utf8'));
    else if (!pictures.has(type)) others.push(`item ${type}`);
  }
  return { xmp, others };
}

function boxesOf(bytes: Buffer, parent: string, others: string[]): readonly Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (size < 8 || at + size > bytes.length) throw new Error(`Expected the end of ${type}`);
    if (!needed[parent]?.has(type)) others.push(`box ${type}`);
    boxes.push({ type, body: bytes.subarray(at + 8, at + size) });
    at += size;
  }
  return boxes;
}

function only(boxes: readonly Box[], wanted: string): Buffer {
  const found = boxes.filter(({ type }) => type === wanted);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`Expected one ${wanted} but received ${found.length}`);
  return found[0].body;
}

/** `iinf` holds an `infe`, version 2, for each item: id, protection, type, name, and for `mime` the type of its content. */
function itemsOf(iinf: Buffer, others: string[]): readonly Item[] {
  if (iinf[0] !== 0) throw new Error('Expected version 0 of iinf');
  return boxesOf(iinf.subarray(6), 'iinf', others).map(({ body }) => {
    if (body[0] !== 2) throw new Error('Expected version 2 of infe');
    const [, contentType = ''] = body.toString('latin1', 12).split('\0');
    return { id: body.readUInt16BE(4), type: body.toString('latin1', 8, 12), contentType };
  });
}

/** The bytes of an item, by `iloc`, version 0 or 1, counted from the front of the file. */
function dataOf(file: Buffer, iloc: Buffer, wanted: number): Buffer {
  const version = iloc.readUInt8(0);
  if (version > 1) throw new Error('Expected version 0 or 1 of iloc');
  const [offsetSize, lengthSize] = [iloc.readUInt8(4) >> 4, iloc.readUInt8(4) & 15];
  const [baseSize, indexSize] = [iloc.readUInt8(5) >> 4, version === 1 ? iloc.readUInt8(5) & 15 : 0];
  let at = 6;
  const next = (size: number) => {
    at += size;
    return size === 0 ? 0 : Number(BigInt(`0x${iloc.toString('hex', at - size, at)}`));
  };
  for (let count = next(2); count > 0; count--) {
    const id = next(2);
    const method = version === 1 ? next(2) & 15 : 0;
    next(2);
    const base = next(baseSize);
    const pieces: Buffer[] = [];
    for (let extents = next(2); extents > 0; extents--) {
      next(indexSize);
      const start = base + next(offsetSize);
      pieces.push(file.subarray(start, start + next(lengthSize)));
    }
    if (id !== wanted) continue;
    if (method !== 0) throw new Error('Expected the XMP in the file itself');
    return Buffer.concat(pieces);
  }
  throw new Error('Expected a place of the XMP');
}
