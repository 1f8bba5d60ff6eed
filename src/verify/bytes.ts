import { Invalid } from './crypto.ts';

/**
 * Texts and bytes, one to one: where two texts would stand for the same bytes all but one are refused, so that nothing in a file is free to
 * change without being noticed.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** @throws Invalid where the bytes are not UTF-8 */
export function toText(bytes: Uint8Array, what: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Invalid(`${what}: Expected UTF-8`);
  }
}

export function fromText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Standard base64 with padding (RFC 4648, section 4). @throws Invalid also where unused bits are set, or white space is in it */
export function fromBase64(text: string, what: string): Uint8Array {
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    if (toBase64(bytes) === text) return bytes;
  } catch {
    // Falls through to the same answer.
  }
  throw new Invalid(`${what}: Expected base64 with padding`);
}

export function toBase64(bytes: Uint8Array): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}

export function toHex(bytes: Uint8Array): string {
  let digits = '';
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0');
  return digits;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A whole number in ASCII decimal, as the C2SP formats write them: no sign, no leading zero. @throws Invalid */
export function fromDecimal(text: string, what: string): number {
  const value = Number(text);
  if (/^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new Invalid(`${what}: Expected a whole number without leading zeros`);
}
