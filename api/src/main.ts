import { buildApp } from './app.ts'
import { requireAuditKey } from './audit/check-key.ts'
import { closeContext, createContext } from './context.ts'
import { readEnv } from './env.ts'
import { checkKeys } from './keys/start-check.ts'
import { fillTowns } from './listings/towns/fill.ts'
import { logCrashes } from './log/options.ts'

const TOWNS_AFTER_MS = 60_000

const context = createContext(readEnv(process.env))
await requireAuditKey(context)
const app = await buildApp(context)
logCrashes(app.log)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await app.close()
    await closeContext(context)
    process.exit(0)
  })
}
await app.listen({ port: context.env.port, host: context.env.host })
// Once the start is over, so that nobody has to wait for it; who asks for a town before has it filled in at once.
setTimeout(() => {
  void fillTowns(context).catch((error: unknown) => app.log.warn(error, 'the towns could not be filled in'))
}, TOWNS_AFTER_MS).unref()
await checkKeys(context, app.log)
