/**
 * `npm run bench:search -- --corpus FILE --queries FILE`: how good the market's search is, by judged queries. The corpus is put on
 * a market of its own, in a Postgres of its own, and each query is answered by the code and the SQL that answer visitors. Prints
 * NDCG@10 and MRR; `--each` a line for each query, worst first; `--json` the same as JSON.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { roleUrls } from '@fairhold/db/roles'
import { searchShape } from '../../api/src/listings/search/contract.ts'
import { findListings } from '../../api/src/listings/search/find.ts'
import { query, startServer } from './database.ts'
import { readCorpus, readQueries } from './search/corpus.ts'
import { insertProducts } from './search/insert.ts'
import { indexAll, searchContext } from './search/market.ts'
import { ndcg, reciprocalRank } from './search/metrics.ts'

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: '../shared/data/search/products.jsonl.gz' },
    queries: { type: 'string', default: '../shared/data/search/queries.json' },
    each: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const missing = [values.corpus, values.queries].filter((file) => !existsSync(file))
if (missing.length > 0) {
  console.error(`There is no ${missing.join(' and no ')}. Name the judged data with --corpus FILE and --queries FILE.`)
  process.exit(1)
}

const say = (line: string) => values.json || console.log(line)
const products = readCorpus(values.corpus)
const judged = readQueries(values.queries)
const server = await startServer()
try {
  const database = await server.create('search')
  await database.migrated()
  const { context, close } = searchContext(roleUrls(database.adminUrl, 'bench').api)
  await insertProducts(context, products)
  await indexAll(context)
  await query(database.adminUrl, 'VACUUM ANALYZE')
  say(`${products.length} products, ${judged.length} judged queries`)
  const results: { query: string; corrected: string | null; ndcg: number; rr: number; ms: number }[] = []
  for (const { query: q, judgments } of judged) {
    const began = performance.now()
    const { rows, corrected } = await findListings(context, searchShape.parse({ q: q.slice(0, 200), limit: 24 }))
    const ranking = rows.map(({ id }) => id)
    const ms = performance.now() - began
    results.push({ query: q, corrected, ndcg: ndcg(ranking, judgments), rr: reciprocalRank(ranking, judgments), ms })
  }
  const mean = (of: (one: (typeof results)[number]) => number) => results.reduce((sum, one) => sum + of(one), 0) / results.length
  const summary = {
    products: products.length,
    queries: judged.length,
    ndcg10: mean((one) => one.ndcg),
    mrr: mean((one) => one.rr),
  }
  if (values.json) console.log(JSON.stringify({ ...summary, results: values.each ? results : undefined }))
  if (values.each) {
    for (const one of results.toSorted((a, b) => a.ndcg - b.ndcg)) {
      say(`${one.ndcg.toFixed(3)}  ${one.query}${one.corrected ? `  (searched for: ${one.corrected})` : ''}`)
    }
  }
  say(`\nNDCG@10 ${summary.ndcg10.toFixed(4)}   MRR ${summary.mrr.toFixed(4)}   ${mean((one) => one.ms).toFixed(1)} ms a query`)
  await close()
} finally {
  await server.stop()
}
