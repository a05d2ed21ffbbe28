/**
 * `npm run bench:pages`: what each page costs whoever opens it: all of Fairhold as `npm start` runs it (a production build), every
 * page of web/app in a real browser with an empty cache, and Lighthouse on those that people arrive at. `-- --help` lists the switches.
 */
import { parseArgs } from 'node:util'
import { launchBrowser } from '../../test/e2e/support/browser.ts'
import { everyRoute, type Route } from '../../test/e2e/support/routes.ts'
import { startStack } from '../../test/e2e/support/stack.ts'
import { machine, writeSection } from './page.ts'
import { type Judged, judge, type Screen } from './pages/lighthouse.ts'
import { pagesTable, type Weighed, weigh } from './pages/report.ts'

const HELP = `npm run bench:pages [-- switches]
  --origin URL    measure a site that runs already (one is started otherwise)
  --only PATTERN  only pages such as /listings/[id]; may be given several times
  --screen NAME   only on a phone, or only on a desktop, for Lighthouse
  --runs N        how often Lighthouse looks at a page; the median counts (3)
  --weights       leave Lighthouse out
  --scores        Lighthouse alone
  --keep FOLDER   keep Lighthouse's answers there, and say what each look was waiting for
  --json          print the figures as JSON
  --write         put the table into docs/benchmarks/pages.md too`

const PAGE = 'docs/benchmarks/pages.md'
/** Where people arrive, and where they spend their time: these have to score. */
const JUDGED = ['/', '/listings/[id]', '/deals/[id]']
const SCREENS: readonly Screen[] = ['phone', 'desktop']

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    origin: { type: 'string' },
    only: { type: 'string', multiple: true },
    runs: { type: 'string', default: '3' },
    screen: { type: 'string' },
    weights: { type: 'boolean', default: false },
    scores: { type: 'boolean', default: false },
    keep: { type: 'string' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

if (values.help) console.log(HELP)
else await run(Number(values.runs))

async function run(runs: number): Promise<void> {
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is ${values.runs}: give a whole number above 0`)
  const screens = SCREENS.filter((screen) => values.screen === undefined || screen === values.screen)
  if (screens.length === 0) throw new Error(`--screen is ${values.screen}: there are ${SCREENS.join(' and ')}`)
  if (values.write && (values.only || values.screen || values.scores))
    throw new Error('--write replaces the whole table: look at everything')
  const where = machine()
  const stack = values.origin ? null : await startStack()
  const origin = values.origin ?? stack?.origin ?? ''
  try {
    const routes = (await everyRoute(origin)).filter(({ pattern }) => values.only?.includes(pattern) ?? true)
    const weighed = values.scores ? [] : await weighAll(origin, routes)
    const judged = values.weights ? [] : await judgeAll({ origin, routes, screens, runs })
    const table = `${where}\n\n${pagesTable(weighed, judged)}`
    if (values.write) writeSection('pages', table, PAGE)
    console.log(values.json ? JSON.stringify({ machine: where, pages: weighed, lighthouse: judged }, null, 2) : `${table}\n`)
  } finally {
    await stack?.stop()
  }
}

async function weighAll(origin: string, routes: readonly Route[]): Promise<Weighed[]> {
  const { browser, close } = await launchBrowser()
  try {
    const weighed: Weighed[] = []
    for (const route of routes) {
      weighed.push(await weigh(browser, origin, route))
      console.error(`weighed ${route.pattern}`)
    }
    return weighed
  } finally {
    await close()
  }
}

type Looks = { origin: string; routes: readonly Route[]; screens: readonly Screen[]; runs: number }

async function judgeAll({ origin, routes, screens, runs }: Looks): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const { pattern, path } of routes.filter((route) => JUDGED.includes(route.pattern))) {
    for (const screen of screens) {
      judged.push(await judge({ pattern, url: origin + path, screen, runs, keep: values.keep }))
      console.error(`judged ${pattern} on a ${screen}`)
    }
  }
  return judged
}
