import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startWorkChain } from './anvil.ts'
import { ours } from './contenders.ts'
import { startServer } from './database.ts'
import { measure } from './measure.ts'
import { CACHE } from './packages.ts'

const FOLDER = join(CACHE, 'profiles')
const TIMEOUT_SECONDS = 600
const SHOWN = 25

/** One function's own time. */
export type Hot = { seconds: number; name: string; place: string }

type CpuProfile = {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
}

/** Runs our indexer over `events` events under V8's profiler. Says where the profile is (Chrome opens it) and what took longest. */
export async function profile(events: number): Promise<{ path: string; hottest: Hot[] }> {
  rmSync(FOLDER, { recursive: true, force: true })
  const chain = await startWorkChain(events)
  const server = await startServer()
  try {
    const database = await server.create('run')
    const flags = ['--cpu-prof', `--cpu-prof-dir=${FOLDER}`]
    const job = await ours(database, { rpcUrl: chain.url, events }, flags)
    await measure(job, { server, database, events, timeoutSeconds: TIMEOUT_SECONDS })
    await database.drop()
  } finally {
    await server.stop()
    await chain.stop()
  }
  const [file] = readdirSync(FOLDER)
  if (file === undefined) throw new Error('the indexer left no profile: it did not end by itself')
  const path = join(FOLDER, file)
  return { path, hottest: hottestOf(JSON.parse(readFileSync(path, 'utf8')) as CpuProfile).slice(0, SHOWN) }
}

/** Every function with the time spent in itself, not in those it calls, longest first. */
export function hottestOf({ nodes, samples, timeDeltas }: CpuProfile): Hot[] {
  const root = `${pathToFileURL('.').href}/`
  const placeOf = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      return [id, { name: functionName || '(anonymous)', place: `${url.replace(root, '')}:${lineNumber + 1}` }]
    }),
  )
  const spent = new Map<string, Hot>()
  for (const [k, id] of samples.entries()) {
    const { name, place } = placeOf.get(id) ?? { name: '?', place: '?' }
    if (name === '(idle)') continue
    const hot = spent.get(`${name} ${place}`) ?? { seconds: 0, name, place }
    hot.seconds += (timeDeltas[k] ?? 0) / 1e6
    spent.set(`${name} ${place}`, hot)
  }
  return [...spent.values()].sort((a, b) => b.seconds - a.seconds)
}
