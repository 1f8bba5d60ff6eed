import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { z } from 'zod';
import { Problem } from '../problems.ts';
import type { Held } from './held.ts';
import { type Allowance, sealPhoto } from './seal-photo.ts';

const maxImages = 6;
const maxFieldBytes = 16 * 1024;

/** Text fields of a multipart upload; anything else is a mistake. */
const fieldsSchema = z.strictObject({
  template: z.string().exactOptional(),
  params: z.string().exactOptional(),
  consent: z.string().exactOptional(),
});
export type UploadFields = z.infer<typeof fieldsSchema>;

/**
 * multipart/form-data through multer, with an engine that seals while the parts come in. multer never has a whole photo.
 * @param check called before the first byte of an image is stored, with the fields that came before it
 * @throws Problem
 */
export function receiveMultipart(
  request: Request,
  response: Response,
  held: Held,
  allowance: Allowance,
  check: (fields: UploadFields) => void,
): Promise<UploadFields> {
  return new Promise((resolve, reject) => {
    const working: Promise<void>[] = [];

    /** Every engine has ended before anybody hears of the upload's fate. */
    function settle(outcome: () => void): void {
      void Promise.allSettled(working).then(outcome);
    }

    const engine: multer.StorageEngine = {
      _handleFile(req, file, done) {
        const work = (async () => {
          check(parseFields(req.body));
          held.keep(await sealPhoto(file.stream, allowance, () => held.seal()));
        })();
        working.push(work);
        work.then(
          () => done(null, {}),
          (error: unknown) => {
            // multer would read the body to its end before it says so.
            settle(() => reject(error));
            file.stream.resume();
            done(error);
          },
        );
      },
      // What was sealed is destroyed by the end of the job, which is one for all paths.
      _removeFile: (_req, _file, done) => done(null),
    };

    const limits = { files: maxImages, fields: 8, parts: maxImages + 8, fieldSize: maxFieldBytes, fieldNameSize: 64, headerPairs: 16 };
    multer({ storage: engine, limits }).array('image', maxImages)(request, response, (error: unknown) => {
      settle(() => {
        if (error) return reject(asUploadProblem(error));
        try {
          const fields = parseFields(request.body);
          if (held.photos.length === 0) throw new Problem('malformed-request', 'Expected a file in the part "image"');
          resolve(fields);
        } catch (problem) {
          reject(problem);
        }
      });
    });
  });
}

function parseFields(body: unknown): UploadFields {
  const parsed = fieldsSchema.safeParse({ ...z.looseObject({}).catch({}).parse(body) });
  if (!parsed.success)
    throw new Problem('malformed-request', 'Expected no other fields than image, template, params and consent, each once');
  return parsed.data;
}

function asUploadProblem(error: unknown): unknown {
  // A body that ends in the middle and a boundary that is missing come as plain errors of the parser.
  const detail =
    error instanceof MulterError ? 'The multipart body has too many, too large or unexpected parts' : 'The multipart body cannot be read';
  return error instanceof Problem ? error : new Problem('malformed-request', detail);
}
