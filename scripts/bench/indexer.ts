/**
 * `npm run bench:indexer`: how fast the indexer is, side by side with the least that could be done and with others, on one chain.
 * `-- --help` lists the switches; docs/benchmarks/indexer.md says how to read the figures. Linux x64 only.
 */
import { parseArgs } from 'node:util'
import { backfill } from './backfill.ts'
import { contenders } from './contenders.ts'
import { profile } from './profile.ts'
import { backfillTable, summarise } from './report.ts'
import { DEFAULT_EVENTS } from './workload.ts'

const HELP = `npm run bench:indexer [-- switches]
  --only NAME,…   only these: ${contenders.map(({ name }) => name).join(', ')}
  --events N      how many events (${DEFAULT_EVENTS})
  --rounds N      how often each is measured (3)
  --json          print the figures as JSON
  --profile       run ours once under V8's profiler instead, and say where the profile is`

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    events: { type: 'string', default: String(DEFAULT_EVENTS) },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

if (values.help) console.log(HELP)
else if (values.profile) await showProfile()
else await run()

async function run(): Promise<void> {
  const names = values.only?.split(',')
  const unknown = names?.filter((name) => !contenders.some((one) => one.name === name)) ?? []
  if (unknown.length > 0) throw new Error(`nobody is called ${unknown.join(', ')}\n${HELP}`)
  const chosen = contenders.filter(({ name }) => names?.includes(name) ?? true)
  const results = await backfill({
    contenders: chosen,
    events: positive(values.events, '--events'),
    rounds: positive(values.rounds, '--rounds'),
    say: (line) => console.error(line),
  })
  const summaries = results.map(summarise)
  console.log(values.json ? JSON.stringify({ backfill: summaries }, null, 2) : backfillTable(summaries))
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
