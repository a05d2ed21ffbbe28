/** Seeds that are always played, because they once failed or come by something rare. */
export const notableSeeds: readonly { seed: number; why: string }[] = [
  { seed: 47, why: 'finality moves past a fork while the indexer, on the branch that was left, starts over' },
  { seed: 48, why: 'the same where finality is a number of blocks' },
  { seed: 87, why: 'an indexer that was down wakes up on a branch that was left long ago' },
  { seed: 182, why: 'a head of another branch is announced, and what is final is told of the one it is not on' },
  { seed: 103, why: 'a quorum of nodes breaks its word about what is final: the indexer has to end, not to try for ever' },
  { seed: 170, why: 'one node has no receipts and the other leaves out logs' },
  { seed: 2409, why: 'a deal halted in a block that was taken back while another instance led' },
]
