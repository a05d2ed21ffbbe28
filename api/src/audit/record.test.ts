import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditKey } from './key.ts'
import { signEntry } from './record.ts'

const key = { publicKey: '', sign: () => '' } as unknown as AuditKey // what is signed does not matter here

test('ids are in the order of what happened, within a millisecond too, and no two are the same', () => {
  const entries = Array.from({ length: 2_000 }, () =>
    signEntry({ logId: 'a log' }, key, { kind: 'role.granted', actor: 'system', details: {} }),
  )
  const ids = entries.map(({ id }) => id)
  assert.ok(new Set(entries.map(({ at }) => at.getTime())).size < ids.length, 'several came within a millisecond')
  assert.deepEqual(ids, ids.toSorted())
  assert.equal(new Set(ids).size, ids.length)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
