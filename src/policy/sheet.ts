import type { Notice } from './notice.ts';
import type { Topic } from './sentences.ts';

/**
 * A sheet that answers what reviewers of app stores ask about face data: the questions of Apple's review to apps with face data (App Store Review
 * Guidelines 5.1.1 and 5.1.2) and the terms of Google Play's data safety form. Answers are the sentences of the notice.
 * @returns Markdown
 */
export function reviewSheet(notice: Notice): string {
  const { controller, data, retention, schedule, version } = notice;
  const about = (...wanted: readonly Topic[]) =>
    notice.sentences
      .filter(({ topic }) => wanted.includes(topic))
      .map(({ says }) => says)
      .join(' ');
  const keptBy = notice.sentences
    .filter(({ kept_by }) => kept_by.length > 0)
    .map(({ says, kept_by }) => `| ${says} | ${kept_by.map(code).join('<br>')} |`);
  return `# Face data: answers for app review

Notice ${code(version)}. ${controller.name === null ? 'The operator has not been named (MAYFLY_CONTROLLER).' : `Operator: ${[controller.name, controller.contact].filter((part) => part !== null).join(', ')}.`}

## What face data does the app collect?

${sentenceList(data)} No face print is computed, no identifier, and nothing that is meant to tell one person from another.

## What is it used for? Give a complete explanation of every planned use.

${about('purpose')} It is not used for advertising, for analytics, for training, or to build a profile.

## Is it shared with third parties?

${about('recipients')}

## Where is it stored?

${about('protection')} Positions of faces are in memory alone and are never written anywhere.

## How long is it retained?

${about('retention')}

| what | where | at most | ends with |
| --- | --- | --- | --- |
${schedule.map(({ what, where, atMost, endsWith }) => `| ${what} | ${where} | ${atMost} | ${endsWith} |`).join('\n')}

## Where does the privacy policy say so?

At \`/privacy\` of this server, and for programs at \`/v1/notice\`. The text, to be quoted:

> ${notice.text}

## Consent and age

${about('ages')} A photo without consent to the notice in force is refused and destroyed unseen.

## Google Play, data safety

| question | answer |
| --- | --- |
| Data type | Photos and videos: photos |
| Collected | Yes, and processed ephemerally: at most ${retention.memory} seconds, for the request alone |
| Shared | No |
| Required or optional | Optional: only when the person sends a photo |
| Purpose | App functionality |
| Encrypted in transit | By the TLS in front of this server, which is the operator's |
| Can people ask for deletion | It happens by itself; ending the connection does it at once |

## What keeps each promise

| sentence | kept by |
| --- | --- |
${keptBy.join('\n')}
`;
}

const code = (text: string) => `\`${text}\``;

function sentenceList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  const text = `${items.slice(0, -1).join('; ')}; and ${last}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
