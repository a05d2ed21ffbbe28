import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@fairhold/db/testing'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { buildApp } from '../../src/app.ts'
import { type Context, closeContext, createContext } from '../../src/context.ts'
import { readEnv } from '../../src/env.ts'
import { startChain, type TestChain } from './chain.ts'

export const ORIGIN = 'http://localhost:3000'
const NOWHERE = 'http://127.0.0.1:1' // no node answers here

export interface Market {
  app: FastifyInstance
  context: Context
  /** Writes what the indexer would write. */
  indexer: pg.Client
  /** URL of the database's owner, who can do anything to it. */
  ownerUrl: string
  stop: () => Promise<void>
}

/** The api on a real Postgres of its own, with the chain at `rpcUrl`; without one no node is there. */
export async function startMarket(rpcUrl = NOWHERE, variables: Record<string, string> = {}): Promise<Market> {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'fairhold-test-api-'))
  const context = createContext(
    readEnv({
      API_DATABASE_URL: database.apiUrl,
      RPC_URL: rpcUrl,
      PUBLIC_ORIGIN: ORIGIN,
      DATA_DIR: dataDir,
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      ...variables,
    }),
  )
  const app = await buildApp(context)
  await app.ready()
  const indexer = new pg.Client({ connectionString: database.indexerUrl })
  await indexer.connect()
  const stop = async () => {
    await app.close()
    await closeContext(context)
    await indexer.end()
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { app, context, indexer, ownerUrl: database.adminUrl, stop }
}

/** A market with a chain under it. */
export async function startMarketOnChain(): Promise<Market & { chain: TestChain }> {
  const chain = await startChain()
  const market = await startMarket(chain.url)
  const stop = async () => {
    await market.stop()
    await chain.stop()
  }
  return { ...market, chain, stop }
}
