import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { LIVE_CHANNEL } from './notify.ts'

export interface ListenOptions {
  databaseUrl: string
  onNotice: (payload: string) => void
  /** After each time the connection was made anew: notices may have been missed. */
  onReconnect: () => void
  onBreak: (error: unknown) => void
}

const RETRY_MS = 1_000

/** Hears what indexer and api tell, on a connection of its own that is made anew when it breaks. Rejects if the first cannot be made. */
export async function listen(options: ListenOptions): Promise<{ close: () => Promise<void> }> {
  const stop = new AbortController()
  let client = await connect(options)

  const keep = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await ended(client, options)
      while (!stop.signal.aborted) {
        await sleep(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined)
        if (stop.signal.aborted) return
        try {
          client = await connect(options)
          options.onReconnect()
          break
        } catch (error) {
          options.onBreak(error)
        }
      }
    }
  }

  const kept = keep()
  return {
    close: async () => {
      stop.abort()
      await client.end().catch(() => undefined)
      await kept
    },
  }

  function ended(current: pg.Client, { onBreak }: ListenOptions): Promise<void> {
    return new Promise((resolve) =>
      current.once('end', () => {
        if (!stop.signal.aborted) onBreak(new Error('the connection ended'))
        resolve()
      }),
    )
  }
}

async function connect({ databaseUrl, onNotice }: ListenOptions): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined) // 'end' follows
  client.on('notification', ({ payload }) => onNotice(payload ?? ''))
  try {
    await client.connect()
    await client.query(`LISTEN ${LIVE_CHANNEL}`)
    return client
  } catch (error) {
    client.end().catch(() => undefined)
    throw error
  }
}
