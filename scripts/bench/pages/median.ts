/** The middle one; of an even number the lower of the two. @throws for none. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]
  if (middle === undefined) throw new Error('there is no median of nothing')
  return middle
}
