import type { IncomingMessage } from 'node:http';
import type { Held } from './held.ts';
import { type Allowance, sealPhoto } from './seal-photo.ts';

/** A body that is the photo itself. @throws Problem */
export async function receiveRaw(request: IncomingMessage, held: Held, allowance: Allowance): Promise<void> {
  held.keep(await sealPhoto(request, allowance, () => held.seal()));
}
