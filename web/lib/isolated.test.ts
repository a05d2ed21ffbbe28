import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isolated } from './isolated.ts'

test('words from right to left are kept to themselves, all others stay as they are', () => {
  for (const words of ['עדה', 'علی', 'Ada علی', '\u200fAda']) assert.equal(isolated(words), `\u2068${words}\u2069`)
  for (const words of ['Ada', '', '0x12…34', 'Zoë 山田 Łukasz 👩\u200d🔬']) assert.equal(isolated(words), words)
})
