import type { Logger } from 'pino'
import type { Context } from '../context.ts'

const PROBE = { table: 'none', column: 'none', row: 'start' }

/** Tries the keys when a process starts. Without them it goes on: money and deals do not depend on what is private. */
export async function checkKeys({ env, keys }: Context, log: Pick<Logger, 'info' | 'error'>): Promise<void> {
  const provider = env.keys.provider
  try {
    await keys.open(PROBE, await keys.seal(PROBE, 'probe'))
    log.info({ provider }, 'private data can be read and written')
  } catch (err) {
    log.error({ provider, err }, 'private data can be neither read nor written until this is mended')
  }
}
