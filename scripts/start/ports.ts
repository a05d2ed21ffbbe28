import { createServer } from 'node:net'

/** What listens where, and the variable that moves it. */
export const services = {
  postgres: { label: 'Postgres', variable: 'PG_PORT', port: 5439 },
  node: { label: 'the local chain', variable: 'RPC_PORT', port: 8545 },
  indexer: { label: 'the indexer', variable: 'INDEXER_PORT', port: 4001 },
  api: { label: 'the api', variable: 'API_PORT', port: 4000 },
  web: { label: 'the dApp', variable: 'WEB_PORT', port: 3000 },
} as const

export type Ports = Record<keyof typeof services, number>

/** The ports to use. Throws a plain sentence if one is not a number or is taken. */
export async function choosePorts(env: Record<string, string | undefined>): Promise<Ports> {
  const chosen: Partial<Ports> = {}
  for (const [name, { label, variable, port }] of Object.entries(services)) {
    const wanted = Number(env[variable] ?? port)
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
      throw new Error(`${variable} is ${env[variable]}: give a port from 1 to 65535.`)
    const used = name !== 'postgres' || env.DATABASE_URL === undefined
    if (used && !(await isFree(wanted))) {
      throw new Error(
        `Port ${wanted}, meant for ${label}, is taken. Stop what uses it (another Fairhold?), or set ${variable} to a free one.`,
      )
    }
    if (Object.values(chosen).includes(wanted))
      throw new Error(`${variable} is ${wanted}, which something else of Fairhold has: give another.`)
    chosen[name as keyof Ports] = wanted
  }
  return chosen as Ports
}

/** Whether nothing listens on the port, on either of the machine's own addresses. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) if (!(await canListen(port, host))) return false
  return true
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
