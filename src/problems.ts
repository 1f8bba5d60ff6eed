import { z } from 'zod';

/**
 * Everything that can go wrong towards a client: one class, one table (RFC 9457).
 *
 * `detail` says what happened to this request, `hint` what the app may tell its user. Neither ever carries the text of a library, a file
 * name or anything read from the photo.
 */

interface Row {
  readonly status: number;
  readonly title: string;
  readonly hint: string;
}

const table = {
  'malformed-request': row(400, 'The request is malformed', 'This is a fault of the app. Please report it to its makers.'),
  'invalid-params': row(400, 'A parameter is not valid', 'This is a fault of the app. Please report it to its makers.'),
  unauthorized: row(401, 'No valid key was sent', 'This is a fault of the app. Please report it to its makers.'),
  forbidden: row(403, 'This key may not do that', 'This is a fault of the app. Please report it to its makers.'),
  'consent-required': row(403, 'Consent is missing', 'Please read the notice and agree before you send a photo.'),
  'consent-outdated': row(
    403,
    'Consent was given to another version of the notice',
    'The notice has changed. Please read it again and agree.',
  ),
  'age-restricted': row(403, 'The person is too young to use this alone', 'Please ask a parent or guardian to agree with you.'),
  'unknown-template': row(404, 'There is no such template', 'This effect is no longer there. Please choose another one.'),
  'unknown-job': row(404, 'There is no such job', 'This picture is not known here.'),
  'unknown-page': row(404, 'There is nothing at this address', 'This is a fault of the app. Please report it to its makers.'),
  gone: row(410, 'The result has been destroyed', 'This picture was already delivered or has expired. Please send the photo again.'),
  'upload-too-large': row(413, 'The upload is too large', 'This photo is too large. Please send a smaller one.'),
  'unsupported-image-type': row(415, 'The type of the image is not supported', 'Please send a JPEG, PNG, WebP or HEIC photo.'),
  'unreadable-image': row(422, 'The image cannot be read', 'This photo seems to be damaged. Please choose another one.'),
  'image-too-large': row(422, 'The image has too many pixels', 'This photo is too large. Please send a smaller one.'),
  'no-face': row(422, 'No face was found', 'We could not find a face. Please choose a photo that shows a face from the front.'),
  'too-many-faces': row(422, 'There are too many faces', 'There are too many faces in this photo. Please choose one with fewer people.'),
  'face-too-small': row(422, 'The face is too small', 'The face is too small. Please take the photo from nearer.'),
  'face-cut-off': row(422, 'The face is cut off by the edge', 'Please keep the whole face inside the picture.'),
  'side-face': row(422, 'The face is turned away too far', 'Please look straight into the camera.'),
  'too-dark': row(422, 'The face is too dark', 'Please find more light and try again.'),
  overexposed: row(422, 'The face is overexposed', 'There is too much light on the face. Please try again in softer light.'),
  blurred: row(422, 'The face is blurred', 'Please hold the phone still and try again.'),
  'eyes-closed': row(422, 'The eyes are closed', 'Please open your eyes and try again.'),
  occluded: row(422, 'The face is covered', 'Please make sure that nothing covers the face.'),
  'poor-result': row(
    422,
    'The result is not good enough to be sent',
    'This photo did not turn out well with this effect. Please try another photo or another effect.',
  ),
  'rate-limited': row(429, 'Too many requests from this key', 'Please wait a moment and try again.'),
  internal: row(500, 'Something went wrong here', 'Something went wrong on our side. Your photo has been destroyed. Please try again.'),
  busy: row(503, 'All places are taken', 'Many people are here right now. Please try again in a moment.'),
  'not-ready': row(503, 'The service takes no photos right now', 'The service takes no photos right now. Please try again later.'),
} as const satisfies Record<string, Row>;

function row(status: number, title: string, hint: string): Row {
  return { status, title, hint };
}

/** The stable part of the contract: `switch (problem.code)` narrows. */
export type ProblemCode = keyof typeof table;

export const problemCodes = Object.keys(table) as readonly ProblemCode[];

/** What a problem may carry besides its text; everything here is shown to the client. */
export const problemFieldsSchema = z.strictObject({
  value: z.number().exactOptional().describe('The measured value, in the unit that `detail` names.'),
  limit: z.number().exactOptional().describe('The limit it missed.'),
  box: z
    .strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .exactOptional()
    .describe('The face concerned, pixels of the upright picture.'),
  retryAfter: z.number().exactOptional().describe('Seconds, at least; `Retry-After` says when.'),
  reasons: z.array(z.string()).exactOptional().describe('What is wrong: parameters with their faults, reasons of unreadiness.'),
  job: z.string().exactOptional().describe('The job, where one was opened.'),
  receipt: z.string().exactOptional().describe('Where its receipt is.'),
});
export type ProblemFields = Readonly<z.infer<typeof problemFieldsSchema>>;

/** The body of an `application/problem+json` answer. */
export interface ProblemBody extends ProblemFields {
  readonly type: string;
  readonly code: ProblemCode;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly hint: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly fields: ProblemFields;

  /** @param detail one sentence about this request; the title is used where it is left out */
  constructor(code: ProblemCode, detail?: string, fields: ProblemFields = {}) {
    super(detail ?? table[code].title);
    this.code = code;
    this.fields = fields;
  }

  get status(): number {
    return table[this.code].status;
  }

  /** The same problem with further fields. */
  with(fields: ProblemFields): Problem {
    return new Problem(this.code, this.message, { ...this.fields, ...fields });
  }

  toJSON(): ProblemBody {
    const { status, title, hint } = table[this.code];
    return { type: `/problems/${this.code}`, code: this.code, title, status, detail: this.message, hint, ...this.fields };
  }
}

/** Anything thrown, as a problem: what is not one already becomes `internal` without its text. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem('internal');
}
