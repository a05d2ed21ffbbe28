import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastWords } from './last-words.ts'

test('structured lines become sentences, other lines stay', () => {
  const output = [
    '{"level":30,"time":1,"msg":"listening"}',
    '{"level":60,"time":2,"msg":"cannot go on","err":{"message":"no database"}}',
    'Error: plain',
    '{"half":',
  ].join('\n')
  assert.equal(lastWords(output), '  info: listening\n  fatal: cannot go on (no database)\nError: plain\n{"half":')
})

test('of a long output only the end is told', () => {
  const output = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n')
  assert.equal(lastWords(output).split('\n')[0], 'line 88')
})
