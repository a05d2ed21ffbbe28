/** Does one thing after the other, whoever asks. */
export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>

/**
 * For what two loops of a process must not do at once: take the next nonce of the account that they share, and use it. Processes that
 * share an account may still take the same one; then one of the two transactions is sent anew.
 */
export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
}
