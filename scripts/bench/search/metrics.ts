/** Rank at which a searcher is thought to stop looking. */
export const CUT = 10

/** Gains of a ranking, each divided by the logarithm of its rank plus one (Järvelin and Kekäläinen 2002). */
function discounted(gains: readonly number[]): number {
  return gains.slice(0, CUT).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0)
}

/** NDCG@10: what the ranking gains, as a part of what the best one would. What nobody judged gains nothing. 0 where there is nothing to gain. */
export function ndcg(ranking: readonly string[], gains: Readonly<Record<string, number>>): number {
  const best = discounted(Object.values(gains).toSorted((one, other) => other - one))
  return best === 0 ? 0 : discounted(ranking.map((id) => gains[id] ?? 0)) / best
}

/** One over the rank of the first result that is exactly what was meant (gain 1); 0 if there is none. */
export function reciprocalRank(ranking: readonly string[], gains: Readonly<Record<string, number>>): number {
  const at = ranking.findIndex((id) => gains[id] === 1)
  return at === -1 ? 0 : 1 / (at + 1)
}
