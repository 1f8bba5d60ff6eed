/**
 * Nearly all of a ledger is three kinds of entry, each written in one way. A text that has the form below is canonical JSON and follows the
 * schema, so that it need not be taken apart to find that out: a million entries in seconds. What has not may still be an entry, and is looked
 * at as a whole. Stricter than the schema, never laxer: test/verify/leaf.test.ts holds the two against each other.
 */

// Fewer digits than a number holds exactly, no leading zero, hexadecimal digits in lower case.
const count = '(?:0|[1-9]\\d{0,14})';
const uuid = '"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"';
const name = '"[A-Za-z0-9.+/:_=-]{1,200}"';
const role = '"(?:in|out|landmarks)"';
const list = (item: string) => `\\[(?:${item}(?:,${item})*)?\\]`;
const object = `\\{"bytes":${count},(?:"commitment":"[0-9a-f]{64}",)?"role":${role}\\}`;
const darkroom = '"(?:none|pool|exited:\\d+|killed:[A-Z0-9]+)"';
const proof = `\\{"darkroom":${darkroom},"keys":true,"receiver":\\{"leaves_by":${count}\\},"unlinked":${count}\\}`;
const why = '"(?:done|refused|failed|aborted|cancelled|expired|crash|withdrawn)"';

/** Members in the order of canonical JSON. */
const forms = [
  `"at":${count},"boot":${uuid},"deadline":${count},"ev":"job\\.received","job":${uuid},"mono":${count},"notice":${name},"owner":"[0-9a-f]{16}","roles":${list(role)},"seq":${count},"v":1`,
  `"at":${count},"boot":${uuid},"ev":"job\\.closed","held_ms":${count},"job":${uuid},"mono":${count},"objects":${list(object)},"proof":${proof},"seq":${count},"v":1,"why":${why}`,
  `"at":${count},"boot":${uuid},"destroyed":${count},"ev":"sweep\\.ran","failed":${count},"found":${count},"mono":${count},"seen":${count},"seq":${count},"v":1`,
];
const familiar = new RegExp(`^\\{(?:${forms.join('|')})\\}$`);

/** Whether a text is surely canonical JSON of the schema. */
export function isFamiliar(text: string): boolean {
  return familiar.test(text);
}
