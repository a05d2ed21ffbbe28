/**
 * `npm run bench:indexer`: how fast the indexer is, side by side with the least that could be done and with others, on one chain.
 * `-- --help` lists the switches; docs/benchmarks/indexer.md says how to read the figures. Linux x64 only.
 */
import { parseArgs } from 'node:util'
import { backfill } from './backfill.ts'
import { type Contender, contenders, followers } from './contenders.ts'
import { curve } from './curve.ts'
import { latency } from './latency.ts'
import { machine, writeSection } from './page.ts'
import { profile } from './profile.ts'
import { backfillTable, curveTable, latencyTable, ratios, summarise, summariseCurve, summariseDelays } from './report.ts'
import { DEFAULT_EVENTS } from './workload.ts'

const HELP = `npm run bench:indexer [-- switches]
  --backfill      a chain from its first block (this is also what is done without any of the first four switches)
  --latency       from a block to its row
  --curve[=7]     cost of an event over chains of 10⁴ to 10⁶ events, or to 10⁷
  --all           all three
  --profile       ours once under V8's profiler; says where the profile is
  --only NAME,…   backfill: ${contenders.map(({ name }) => name).join(', ')}; latency: ${followers.map(({ name }) => name).join(', ')}
  --events N      how many events the backfill and the profile have (${DEFAULT_EVENTS})
  --blocks N      how many blocks the latency is measured of (200)
  --rounds N      how often each is measured (3)
  --json          print the figures as JSON
  --write         put them into docs/benchmarks/indexer.md too`

const { values } = parseArgs({
  args: process.argv.slice(2).map((word) => (word === '--curve' ? '--curve=6' : word)),
  options: {
    backfill: { type: 'boolean', default: false },
    latency: { type: 'boolean', default: false },
    curve: { type: 'string' },
    all: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    only: { type: 'string' },
    events: { type: 'string', default: String(DEFAULT_EVENTS) },
    blocks: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

type Section = { name: 'backfill' | 'latency' | 'curve'; run: () => Promise<{ figures: unknown; table: string }> }

const rounds = positive(values.rounds, '--rounds')
const say = (line: string): void => console.error(line)
const sections: readonly Section[] = [
  {
    name: 'backfill',
    run: async () => {
      const events = positive(values.events, '--events')
      const figures = (await backfill({ contenders: chosen(contenders), events, rounds, say })).map(summarise)
      return { figures, table: `${backfillTable(figures)}\n\n${ratios(figures)}` }
    },
  },
  {
    name: 'latency',
    run: async () => {
      const blocks = positive(values.blocks, '--blocks')
      const figures = (await latency({ contenders: chosen(followers), blocks, rounds, say })).map(summariseDelays)
      return { figures, table: latencyTable(figures) }
    },
  },
  {
    name: 'curve',
    run: async () => {
      const figures = summariseCurve(await curve({ largest: positive(values.curve ?? '6', '--curve'), rounds, say }))
      return { figures, table: curveTable(figures) }
    },
  },
]

if (values.help) console.log(HELP)
else if (values.profile) await showProfile()
else await runSections()

async function runSections(): Promise<void> {
  const isWanted = ({ name }: Section): boolean => {
    if (values.all) return true
    const none = !values.backfill && !values.latency && values.curve === undefined
    return name === 'backfill' ? values.backfill || none : Boolean(values[name])
  }
  const all: Record<string, unknown> = { machine: machine() }
  for (const { name, run } of sections.filter(isWanted)) {
    const where = machine()
    const { figures, table } = await run()
    all[name] = figures
    if (values.write) writeSection(name, `${where}\n\n${table}`)
    if (!values.json) console.log(`${where}\n\n${table}\n`)
  }
  if (values.json) console.log(JSON.stringify(all, null, 2))
}

function chosen(everyone: readonly Contender[]): Contender[] {
  const names = values.only?.split(',')
  const strangers = names?.filter((name) => ![...contenders, ...followers].some((one) => one.name === name)) ?? []
  if (strangers.length > 0) throw new Error(`nobody is called ${strangers.join(', ')}\n${HELP}`)
  return everyone.filter(({ name }) => names?.includes(name) ?? true)
}

async function showProfile(): Promise<void> {
  const { path, hottest } = await profile(positive(values.events, '--events'))
  for (const { seconds, name, place } of hottest) console.log(`${seconds.toFixed(3).padStart(8)} s  ${name}  ${place}`)
  console.log(`the profile: ${path}`)
}

function positive(text: string, name: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} is ${text}: give a whole number above 0`)
  return value
}
