import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'

const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').replaceAll('\0', ''))

const productShape = z.object({
  asin: z.string().min(1),
  title: text,
  description: text,
  bullet_points: text,
  brand: text,
  color: text,
})
/** A product of the corpus: what a listing has too, under other names. */
export type Product = z.output<typeof productShape>

const queriesShape = z.array(z.object({ query: z.string(), judgments: z.record(z.string(), z.number().min(0)) }))
/** A query, and what each judged product gains whoever is shown it. */
export type JudgedQuery = z.output<typeof queriesShape>[number]

/** Products from JSON lines, gzipped or not. @throws Error naming the line that is none */
export function readCorpus(file: string): Product[] {
  return readText(file)
    .split('\n')
    .map((line, at): Product | null => (line.trim() === '' ? null : parsed(productShape, line, `${file}:${at + 1}`)))
    .filter((product) => product !== null)
}

export function readQueries(file: string): JudgedQuery[] {
  return parsed(queriesShape, readText(file), file)
}

function readText(file: string): string {
  const bytes = readFileSync(file)
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
}

function parsed<T extends z.ZodType>(shape: T, json: string, where: string): z.output<T> {
  try {
    return shape.parse(JSON.parse(json))
  } catch (error) {
    throw new Error(`${where}: not in the format that --corpus and --queries take`, { cause: error })
  }
}
