// Writes Protocol Buffers (protobuf.dev/programming-guides/encoding): just what an ONNX file needs. A message is a list of its fields' bytes.

const text = new TextEncoder();

/** An unsigned or negative integer, seven bits a byte, the lowest first; negative ones as 64-bit two's complement. */
function varint(value) {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes = [];
  do {
    const more = rest > 0x7fn;
    bytes.push(Number(rest & 0x7fn) | (more ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

const key = (number, wire) => varint((number << 3) | wire);

export const int = (number, value) => Buffer.concat([key(number, 0), varint(value)]);

export function float(number, value) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([key(number, 5), bytes]);
}

export const bytes = (number, value) => Buffer.concat([key(number, 2), varint(value.length), value]);

export const string = (number, value) => bytes(number, text.encode(value));

export const message = (number, fields) => bytes(number, Buffer.concat(fields));

/** A repeated integer in one run, which is how proto3 writes them. */
export const ints = (number, values) => bytes(number, Buffer.concat(values.map(varint)));
