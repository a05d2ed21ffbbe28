/** Seeds that are always played, because they once failed or come by something rare. */
export const notableSeeds: readonly { seed: number; why: string }[] = []
