// Sentences for people: no test should hold their wording, so they are not mutated. What a program goes by (fault, code, rule, index) is.

/** Errors whose first argument is the sentence; of all others it is the second, after a code. */
const sentenceFirst = new Set(['Error', 'TypeError', 'RangeError', 'Invalid', 'NoteError', 'BootError']);
/** Members of a finding or a check that hold the sentence; `passed` of verify/receipt.ts takes one. */
const sentences = new Set(['what', 'says']);

/** @param path Babel's, of a node of the program */
export function isText(path) {
  const { node, parent, key, listKey } = path;
  if (parent?.type === 'NewExpression' && listKey === 'arguments' && /(Error|Invalid|Problem)$/.test(parent.callee.name ?? '')) {
    return key === (sentenceFirst.has(parent.callee.name) ? 0 : 1) && holdsText(node);
  }
  if (parent?.type === 'CallExpression' && parent.callee.name === 'passed') return holdsText(node);
  return parent?.type === 'ObjectProperty' && key === 'value' && sentences.has(parent.key.name) && holdsText(node);
}

const holdsText = ({ type }) => type === 'StringLiteral' || type === 'TemplateLiteral';
