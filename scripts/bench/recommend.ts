/**
 * `npm run bench:recommend`: how good recommendations are, by replaying a history. In the morning of each of its last days the market
 * says what each person will like, and at night it is counted what they looked at. Beside it stands what most people look at.
 * Without data the history is generated (--seed); real data goes in by --events FILE and --items FILE. --json for machines.
 */
import { parseArgs } from 'node:util'
import { generateHistory } from './recommend/generate.ts'
import { readHistory } from './recommend/history.ts'
import { ours, popular, replay } from './recommend/replay.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string' },
    items: { type: 'string' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '14' },
    people: { type: 'string', default: '150' },
    json: { type: 'boolean', default: false },
  },
})
const SIZE = { days: 120, items: 6_000, users: 1_500, events: 90_000 }
const history = values.events ? readHistory(values.events, values.items) : generateHistory({ ...SIZE, seed: Number(values.seed) })
const what = values.events
  ? `${values.events}: ${history.events.length} events`
  : `a generated market (seed ${values.seed}): ${history.events.length} events of ${SIZE.users} people, ${SIZE.items} items, ${SIZE.days} days`
const recommenders = new Map([
  ['recommendations', ours],
  ...[1, 3, 7, 30].map((days) => [`popular in ${days} ${days === 1 ? 'day' : 'days'}`, popular(days)] as const),
])
const began = performance.now()
const scores = replay(history, recommenders, { days: Number(values.days), peopleADay: Number(values.people) })
const seconds = (performance.now() - began) / 1000
if (values.json) console.log(JSON.stringify({ history: what, generated: !values.events, seconds, scores }))
else {
  console.log(`${what}\n${scores[0]?.questions ?? 0} questions of the last ${values.days} days, in ${seconds.toFixed(0)} s\n`)
  console.log('                      recall@10   hit@10   coverage')
  for (const { name, recall, hits, coverage } of scores)
    console.log(
      `${name.padEnd(22)} ${recall.toFixed(4).padStart(8)} ${hits.toFixed(4).padStart(8)} ${coverage.toFixed(3).padStart(10)}`,
    )
}
