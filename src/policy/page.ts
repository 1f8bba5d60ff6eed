import type { Notice } from './notice.ts';
import { type Topic, topics } from './sentences.ts';

/** The notice as a page: no script, nothing from elsewhere, and a style of its own. */

const titles: Readonly<Record<Topic, string>> = {
  purpose: 'What your photo is for',
  protection: 'How it is protected',
  retention: 'How long anything of it exists',
  recipients: 'Who receives it',
  record: 'What is recorded',
  ages: 'Who may use this',
  rights: 'Your rights',
};

/** What stands between the `style` tags, to the byte: the page's content security policy names its hash. */
export const pageStyle = `
  :root { color-scheme: light dark; --ink: #1d2a2f; --paper: #fbfaf6; --line: #d8d3c4; --quiet: #5c6a70; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e6e3da; --paper: #14191b; --line: #39434a; --quiet: #9aa7ad; } }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 Georgia, 'Times New Roman', serif; }
  main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
  h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
  h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; }
  p { margin: .5rem 0; }
  table { border-collapse: collapse; width: 100%; font-size: .9375rem; margin: 1rem 0; }
  th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); }
  footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .875rem; }
  code { font: .9em ui-monospace, monospace; }
`;

/** @returns a whole HTML document */
export function noticePage(notice: Notice): string {
  const { controller, schedule, sentences, version } = notice;
  const about = (topic: Topic) => sentences.filter((sentence) => sentence.topic === topic);
  const sections = topics.map((topic) => {
    const text = about(topic).map(({ says }) => `<p>${escapeHtml(says)}</p>`);
    return `<section>\n<h2>${titles[topic]}</h2>\n${[...text, ...(topic === 'retention' ? [table(schedule)] : [])].join('\n')}\n</section>`;
  });
  const by =
    controller.name === null
      ? ''
      : `<p>${escapeHtml([controller.name, controller.contact].filter((part) => part !== null).join(' · '))}</p>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your photo, and what becomes of it</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<h1>Your photo, and what becomes of it</h1>
${by}${sections.join('\n')}
<footer>Version <code>${escapeHtml(version)}</code>. The same for programs, with what keeps each sentence: <a href="/v1/notice">/v1/notice</a>.</footer>
</main>
</body>
</html>
`;
}

function table(schedule: Notice['schedule']): string {
  const rows = schedule.map(({ what, where, atMost, endsWith }) => `<tr>${[what, where, atMost, endsWith].map(cell).join('')}</tr>`);
  return `<table>\n<thead><tr><th>What</th><th>Where</th><th>At most</th><th>Ends with</th></tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

const cell = (text: string) => `<td>${escapeHtml(text)}</td>`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The operator's name and contact are the operator's words, and may hold anything. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
