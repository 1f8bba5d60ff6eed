/**
 * The life of a job as a table. Every path ends in `closed`, every way there leads through `closing`, and reaching either twice is a no-op.
 *
 *   receiving   the receiver seals the upload
 *   waiting     sealed, in the queue
 *   developing  a darkroom has it
 *   delivering  the receiver has the result
 *   closing     everything of it is being destroyed and looked for
 *   closed      in the books
 */
export type State = 'receiving' | 'waiting' | 'developing' | 'delivering' | 'closing' | 'closed';

export type Move = 'submit' | 'develop' | 'deliver' | 'close' | 'book';

const table: Readonly<Record<State, Partial<Record<Move, State>>>> = {
  receiving: { submit: 'waiting', close: 'closing' },
  waiting: { develop: 'developing', close: 'closing' },
  developing: { deliver: 'delivering', close: 'closing' },
  delivering: { close: 'closing' },
  closing: { book: 'closed' },
  closed: {},
};

/** The state after a move, or undefined where the move is not open (any more). */
export function next(state: State, move: Move): State | undefined {
  return table[state][move];
}
