import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseEnv } from './env.ts'

const contracts = {
  ESCROW_ADDRESS: `0x${'Ab'.repeat(20)}`,
  REPUTATION_ADDRESS: `0x${'cd'.repeat(20)}`,
  DEPLOY_BLOCK: '5',
}
const base = { INDEXER_DATABASE_URL: 'postgresql://somewhere/fairhold' }

test('one chain is described by the variables themselves', () => {
  const { chains } = parseEnv({ ...base, ...contracts, CHAIN_ID: '10', RPC_URL: 'https://one.example/key, https://two.example' })
  assert.deepEqual(
    chains.map(({ caip2, rpcUrls, quorum, finality, contracts }) => ({ caip2, rpcUrls, quorum, finality, contracts })),
    [
      {
        caip2: 'eip155:10',
        rpcUrls: ['https://one.example/key', 'https://two.example'],
        quorum: 1,
        finality: { kind: 'tag' },
        contracts: { escrow: `0x${'ab'.repeat(20)}`, reputation: `0x${'cd'.repeat(20)}`, deployBlock: 5 },
      },
    ],
  )
})

test('several chains are objects with the same names, each with its own pace and finality', () => {
  const chain = (id: number, more: object) => ({ ...contracts, CHAIN_ID: id, RPC_URL: `http://127.0.0.1:${id}`, ...more })
  const list = [chain(31337, {}), chain(137, { FINALITY: 256, INDEXER_POLL_MS: 100 }), chain(1, { FINALITY: 'finalized' })]
  const { chains } = parseEnv({ ...base, INDEXER_CHAINS: JSON.stringify(list) })
  assert.deepEqual(
    chains.map(({ caip2, finality, pollMs }) => [caip2, finality, pollMs]),
    [
      ['eip155:31337', { kind: 'none' }, 500],
      ['eip155:137', { kind: 'depth', blocks: 256 }, 100],
      ['eip155:1', { kind: 'tag' }, 500],
    ],
  )
})

test('what is wrong is named', () => {
  const one = { ...base, ...contracts, RPC_URL: 'http://127.0.0.1:1' }
  assert.throws(() => parseEnv({ ...one, RPC_URL: 'nowhere' }), /RPC_URL/)
  assert.throws(() => parseEnv({ ...one, RPC_QUORUM: '2' }), /RPC_QUORUM is 2, but RPC_URL names only 1 nodes/)
  assert.throws(() => parseEnv({ ...one, FINALITY: 'soon' }), /FINALITY/)
  assert.throws(() => parseEnv({ ...one, INDEXER_CHAINS: '{}' }), /INDEXER_CHAINS has to be a JSON array/)
  const twice = JSON.stringify([
    { ...contracts, RPC_URL: 'http://127.0.0.1:1' },
    { ...contracts, RPC_URL: 'http://127.0.0.1:2' },
  ])
  assert.throws(() => parseEnv({ ...base, INDEXER_CHAINS: twice }), /names a chain twice: eip155:31337, eip155:31337/)
  assert.throws(() => parseEnv({ RPC_URL: 'http://127.0.0.1:1' }), /INDEXER_DATABASE_URL/)
})
