/** What the node answered contradicts itself or what it said before: ask again, or another one; never store it. */
export class InconsistentNode extends Error {
  override readonly name = 'InconsistentNode'
}

/** Somebody else moved the tables meanwhile: start over from what is committed. */
export class StaleWriter extends Error {
  override readonly name = 'StaleWriter'
}

/** Trying again cannot help: a person has to look. The process ends with a failure. */
export class Permanent extends Error {
  override readonly name = 'Permanent'
}

/** The chain left what it had called final: what is stored can no longer be trusted. */
export class BrokenFinality extends Permanent {}

/** One line for a log or a status page, whatever was thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
