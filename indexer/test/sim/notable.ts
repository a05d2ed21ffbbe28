/** Seeds that are always played, because they once failed or come by something rare. */
export const notableSeeds: readonly { seed: number; why: string }[] = [
  { seed: 2, why: 'a node leaves out one log of several of a block, which the bloom cannot tell' },
  { seed: 191, why: 'a node leaves out the log of a deal of the highest price' },
  { seed: 69, why: 'finality moves past a fork while the indexer, still on the branch that was left, starts over' },
  { seed: 176, why: 'the chain goes back to its second block and is final beyond that before the indexer looks again' },
  { seed: 161, why: 'finality follows the head so closely that it passes the fork within one poll' },
]
