import { startWorkChain } from './anvil.ts'
import { ours } from './contenders.ts'
import { query, startServer } from './database.ts'
import { measure } from './measure.ts'
const variants: Record<string, string> = JSON.parse(process.argv[2] ?? '{"base":""}')
const flags = (process.env.FLAGS ?? '').split(' ').filter(Boolean)
const events = Number(process.env.EVENTS ?? 99760)
const chain = await startWorkChain(events)
const server = await startServer()
try {
  for (const round of [1, 2]) for (const [name, sql] of Object.entries(variants)) {
    const database = await server.create('run')
    await database.migrated()
    if (sql) await query(database.adminUrl, sql)
    const job = await ours(database, { rpcUrl: chain.url, events }, flags)
    const port = job.env.INDEXER_PORT
    let metrics = ''
    const timer = setInterval(() => fetch(`http://127.0.0.1:${port}/metrics`).then((r) => r.text()).then((t) => { metrics = t }).catch(() => {}), 300)
    const m = await measure(job, { server, database, events, timeoutSeconds: 300 })
    clearInterval(timer)
    const phase = [...metrics.matchAll(/phase_seconds_sum\{chain="[^"]+",point="(\w+)"\} ([\d.]+)/g)].map((x) => `${x[1]} ${Number(x[2]).toFixed(2)}`).join(' ')
    console.log(name, JSON.stringify(m), phase)
    await database.drop()
  }
} finally { await server.stop(); await chain.stop() }
