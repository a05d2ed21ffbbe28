import { setTimeout as sleep } from 'node:timers/promises'
import { relayer } from '@fairhold/protocol/dev-accounts'
import { createContext } from '../../src/context.ts'
import { readEnv } from '../../src/env.ts'
import { relayJob } from '../../src/relay/job.ts'

/** A worker that only relays, until somebody kills it. Its tests do, at every point. */
const context = createContext(readEnv(process.env))
const job = relayJob(context, relayer.privateKey)
for (;;) {
  for (const row of await job.due()) await job.work(row).catch((error: unknown) => process.stderr.write(`${error}\n`))
  await sleep(50)
}
