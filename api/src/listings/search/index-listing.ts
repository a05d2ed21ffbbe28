import { Prisma } from '@fairhold/db/client'
import { IMPACT_SCALE, WEIGHTS } from './weights.ts'

type Executor = Pick<Prisma.TransactionClient, '$executeRaw'>

const { title, facts, body, usual, lengthMatters: b, saturation: k } = WEIGHTS

/** The three texts of listing `l`, what a word in each counts for, and how long such a text usually is. */
const FIELDS = `(VALUES
  (l.title, ${title}::float8, ${usual.title}::float8),
  (concat_ws(' ', l.category, l.brand, l.place, (SELECT string_agg(value, ' ') FROM jsonb_each_text(l.attributes))), ${facts}, ${usual.facts}),
  (l.description, ${body}, ${usual.body})) AS field (text, weight, usual)`

/** One row for each word of each listing: BM25F without the rarity of the word, which is known only when somebody searches. */
const IMPACTS = `
  SELECT listing, hashtextextended(lexeme, 0) AS term,
    greatest(1, round(${IMPACT_SCALE} * mass * ${k + 1} / (mass + ${k})))::smallint AS impact
  FROM (
    SELECT listing, lexeme, sum(weight * times / (1 - ${b} + ${b} * length / usual)) AS mass
    FROM (
      SELECT l.number AS listing, word.lexeme, field.weight, field.usual, cardinality(word.positions) AS times,
        sum(cardinality(word.positions)) OVER (PARTITION BY l.number, field.weight) AS length
      FROM listed l CROSS JOIN LATERAL ${FIELDS}
        CROSS JOIN LATERAL unnest(to_tsvector(app.search_config(l.language), app.search_text(field.text))) AS word) counted
    GROUP BY listing, lexeme) weighed`

/** The words that the title of listing `l` adds to those that can be completed and corrected, as a table with one column `word`. */
export const WORDS = `(
  SELECT word FROM unnest(tsvector_to_array(to_tsvector('simple', app.search_text(concat_ws(' ', l.title, l.brand))))) AS word
  WHERE length(word) BETWEEN 2 AND 40 AND word ~ '^[[:alnum:]]+$') AS titled`

/**
 * Parts of a WITH that make the listings of its part `listed` findable from the moment the transaction commits, for all columns
 * of app.listing that the index is made of. Those that are indexed already stay as they are. Words that no title had before are
 * inserted in order, so that two publications cannot wait for each other.
 */
export const INDEXING: Prisma.Sql = Prisma.raw(`
  impact AS MATERIALIZED (${IMPACTS}),
  posting AS (INSERT INTO app.search_posting (term, impact, listing) SELECT term, impact, listing FROM impact ON CONFLICT DO NOTHING),
  uncounted AS (
    INSERT INTO app.search_uncounted (listing) SELECT number FROM listed
    WHERE NOT EXISTS (SELECT FROM app.search_document WHERE listing = number) ON CONFLICT DO NOTHING),
  document AS (
    INSERT INTO app.search_document (listing, terms, impacts)
    SELECT listing, array_agg(term ORDER BY term), array_agg(impact ORDER BY term) FROM impact GROUP BY listing ON CONFLICT DO NOTHING),
  word AS (INSERT INTO app.search_word (word) SELECT DISTINCT word FROM listed l CROSS JOIN LATERAL ${WORDS} ORDER BY word ON CONFLICT DO NOTHING)`)

/** Makes listings findable, as `INDEXING` says. */
export async function indexListings(tx: Executor, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    WITH listed AS MATERIALIZED (SELECT * FROM app.listing WHERE id = ANY(${[...ids]}::text[])), ${INDEXING} SELECT`)
}

/** Takes listings out of the index, as when they are taken off the market. They are taken off the counts by `countTerms`. */
export async function unindexListings(tx: Executor, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    WITH gone AS (DELETE FROM app.search_document d USING app.listing l
      WHERE d.listing = l.number AND l.id = ANY(${[...ids]}::text[]) RETURNING d.listing, d.terms, d.impacts),
    uncounted AS (DELETE FROM app.search_uncounted u USING gone WHERE u.listing = gone.listing RETURNING u.listing),
    left_over AS (INSERT INTO app.search_gone (terms, words, counted)
      SELECT gone.terms, ARRAY(SELECT word FROM ${Prisma.raw(WORDS)}), NOT EXISTS (SELECT FROM uncounted WHERE uncounted.listing = gone.listing)
      FROM gone JOIN app.listing l ON l.number = gone.listing)
    DELETE FROM app.search_posting p USING gone CROSS JOIN LATERAL unnest(gone.terms, gone.impacts) AS word (term, impact)
    WHERE p.term = word.term AND p.impact = word.impact AND p.listing = gone.listing`)
}
