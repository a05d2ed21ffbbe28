import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

const INDEXER_PAGE = 'docs/benchmarks/indexer.md'

/** What the figures were taken on. */
export function machine(): string {
  const [first] = cpus()
  const load = loadavg().map((value) => value.toFixed(1))
  const day = new Date().toISOString().slice(0, 10)
  return `${day}: ${cpus().length} cores (${first?.model.trim()}), Node ${process.versions.node}, load before ${load.join(', ')}.`
}

/** Puts a section's figures between its markers on the page. @throws if the page has no such markers. */
export function writeSection(name: string, text: string, page = INDEXER_PAGE): void {
  writeFileSync(page, replaceSection(readFileSync(page, 'utf8'), name, text))
}

/** The page with a section's text replaced. @throws if it has no such section. */
export function replaceSection(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}: written by npm run `, `<!-- end of ${name} -->`]
  const marker = page.indexOf(begin)
  const from = page.indexOf('-->', marker) + '-->'.length
  const to = page.indexOf(end)
  if (marker < 0 || to < from) throw new Error(`the page has no place for ${name}: ${begin}… --> … ${end}`)
  return `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`
}
