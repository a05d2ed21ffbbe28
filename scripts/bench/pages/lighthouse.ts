import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { installed } from '../packages.ts'
import { median } from './median.ts'
import { reasonsOf } from './reasons.ts'

const LIGHTHOUSE = 'lighthouse@13.5.0'
const TIMEOUT_MS = 180_000
const FLAGS =
  '--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync'

export type Screen = 'phone' | 'desktop'
export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
export type Category = (typeof categories)[number]

/** Milliseconds but for the shift, which is a number of its own. */
export const timings = {
  ttfb: 'server-response-time',
  fcp: 'first-contentful-paint',
  lcp: 'largest-contentful-paint',
  tbt: 'total-blocking-time',
  cls: 'cumulative-layout-shift',
} as const
export type Timing = keyof typeof timings

export interface Judged {
  pattern: string
  screen: Screen
  /** Of 100. */
  scores: Record<Category, number>
  timings: Record<Timing, number>
  /** What cost points, in Lighthouse's words. */
  faults: string[]
}

export interface Answer {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; numericValue?: number; title: string; details?: unknown }>
}

type Asked = { pattern: string; url: string; screen: Screen; runs: number; keep?: string | undefined }

/** What Lighthouse says of a page: the median of several looks, as one look depends on what else the machine does. */
export async function judge({ pattern, url, screen, runs, keep }: Asked): Promise<Judged> {
  const answers: Answer[] = []
  for (let run = 0; run < runs; run += 1) {
    const answer = await look(url, screen)
    answers.push(answer)
    if (keep !== undefined) await keepAnswer(keep, `${pattern.replace(/[^a-z]+/g, '-')}-${screen}-${run}`, answer)
  }
  const scoreOf = (category: Category) => Math.round(median(answers.map((one) => one.categories[category]?.score ?? 0)) * 100)
  const timingOf = (timing: Timing) => median(answers.map((one) => one.audits[timings[timing]]?.numericValue ?? Number.NaN))
  return {
    pattern,
    screen,
    scores: Object.fromEntries(categories.map((category) => [category, scoreOf(category)])) as Judged['scores'],
    timings: Object.fromEntries(Object.keys(timings).map((name) => [name, timingOf(name as Timing)])) as Judged['timings'],
    faults: faultsOf(answers[0]),
  }
}

async function keepAnswer(folder: string, name: string, answer: Answer): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.json`), JSON.stringify(answer))
  console.error([name, ...reasonsOf(answer)].join('\n  '))
}

function faultsOf(answer: Answer | undefined): string[] {
  if (!answer) return []
  const weighty = categories
    .flatMap((category) => answer.categories[category]?.auditRefs ?? [])
    .filter(({ weight }) => weight > 0)
  return weighty.flatMap(({ id }) => {
    const audit = answer.audits[id]
    return audit && audit.score !== null && audit.score < 0.9 ? [`${id}: ${audit.title}`] : []
  })
}

async function look(url: string, screen: Screen): Promise<Answer> {
  const home = installed('lighthouse', [LIGHTHOUSE])
  const folder = await mkdtemp(join(home, 'look-')) // a launched browser may have taken the common folder with it
  const file = join(folder, 'answer.json')
  const args = [
    join(home, 'node_modules/lighthouse/cli/index.js'),
    url,
    ...['--output=json', `--output-path=${file}`, '--quiet', '--no-enable-error-reporting', `--chrome-flags=${FLAGS}`],
    ...(screen === 'desktop' ? ['--preset=desktop'] : []),
  ]
  const env = { ...process.env, TMPDIR: folder, CHROME_PATH: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()) }
  try {
    await finished(args, env)
    return JSON.parse(await readFile(file, 'utf8')) as Answer
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function finished(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: TIMEOUT_MS })
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => (told += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`Lighthouse ended with ${code}: ${told.slice(-1000)}`)),
    )
  })
}
