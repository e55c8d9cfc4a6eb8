/** Runs pieces of work one after the other, in the order in which they were asked for; a failure ends only its own. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes a queue of work. */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
