import { buildApp } from './app.ts'
import { requireAuditKey } from './audit/check-key.ts'
import { closeContext, createContext } from './context.ts'
import { readEnv } from './env.ts'
import { checkKeys } from './keys/start-check.ts'
import { logCrashes } from './log/options.ts'

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
await checkKeys(context, app.log)
