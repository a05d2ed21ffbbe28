/**
 * Advisory lock of the indexer's commits: each holds it shared, and whoever changes the structure of its tables holds it
 * exclusively. So no commit goes half to one structure and half to another, and neither waits for the other in a circle.
 */
export const COMMIT_LOCK = 7_233_186_748
