import { z } from 'zod';
import { Problem } from '../problems.ts';
import { ages, type Notice } from './notice.ts';

/** What the app says the person agreed to. `subject` is for the app's own records: it is checked for form and never kept. */
export const consentSchema = z.strictObject({
  notice: z.string().min(1).max(64),
  granted: z.boolean(),
  subject: z.string().max(128).exactOptional(),
  age: z.string().max(32),
});

/**
 * Checks consent against the notice in force.
 * @param text the JSON as it came, or undefined where none came
 * @throws Problem `consent-required`, `consent-outdated`, `age-restricted`
 */
export function checkConsent(text: string | undefined, notice: Notice): void {
  if (text === undefined)
    throw new Problem('consent-required', 'Send the consent with the photo, before it or in the Mayfly-Consent header');
  const parsed = consentSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Problem('consent-required', 'The consent is not of the form {"notice","granted","age"}');
  const { notice: version, granted, age } = parsed.data;
  if (!granted) throw new Problem('consent-required', 'Consent was not granted');
  if (version !== notice.version) throw new Problem('consent-outdated', `The notice in force has the version ${notice.version}`);
  if (!ages.some((allowed) => allowed === age)) throw new Problem('age-restricted', `Expected an age of ${ages.join(' or ')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
