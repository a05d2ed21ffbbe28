import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

const PAGE = 'docs/benchmarks/indexer.md'

/** What the figures were taken on. */
export function machine(): string {
  const [first] = cpus()
  const load = loadavg().map((value) => value.toFixed(1))
  const day = new Date().toISOString().slice(0, 10)
  return `${day}: ${cpus().length} cores (${first?.model.trim()}), Node ${process.versions.node}, load before ${load.join(', ')}.`
}

/** Puts a section's figures between its markers on the page. @throws if the page has no such markers. */
export function writeSection(name: string, text: string): void {
  writeFileSync(PAGE, replaceSection(readFileSync(PAGE, 'utf8'), name, text))
}

/** The page with a section's text replaced. @throws if it has no such section. */
export function replaceSection(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}: written by npm run bench:indexer -->`, `<!-- end of ${name} -->`]
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for ${name}: ${begin} … ${end}`)
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`
}
