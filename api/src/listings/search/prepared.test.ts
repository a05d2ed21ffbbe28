import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { run } from './prepared.ts'

/** Notes which statements come with a name, which is how pg is told to prepare them. */
const names: (string | undefined)[] = []
const searchPool = {
  query: async ({ name }: { name?: string }) => {
    names.push(name)
    return { rows: [] }
  },
} as unknown as Context['searchPool']
const ask = (text: string) => run({ searchPool }, Prisma.raw(text))

test('a statement that is wanted again is prepared, and stays so while a thousand odd ones pass', async () => {
  await ask('SELECT 1')
  await ask('SELECT 1')
  const [first, name] = names
  assert.equal(first, undefined)
  assert.match(name ?? '', /^search-/)
  for (let odd = 0; odd < 1_000; odd += 1) {
    await ask(`SELECT ${odd} AS odd`)
    if (odd % 100 === 0) await ask('SELECT 1')
  }
  names.length = 0
  await ask('SELECT 1')
  await ask('SELECT 999 AS odd')
  await ask('SELECT 0 AS odd')
  assert.deepEqual([names[0], typeof names[1], names[2]], [name, 'string', undefined])
})
