import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Words } from '@/i18n/words-of'
import { nameOf } from './credential-name.ts'

const t = ((key: string) => `<${key}>`) as unknown as Words<'credentials'>

test('only what this market issued is called by its name', () => {
  const types = ['FairholdReputation']
  assert.equal(nameOf({ own: true, types }, t), '<typeNames.FairholdReputation>')
  assert.equal(nameOf({ own: false, types }, t), 'FairholdReputation')
  assert.equal(nameOf({ own: false, types: ['Course', 'Degree'] }, t), 'Course, Degree')
  assert.equal(nameOf({ own: false, types: [] }, t), '<profile.unnamed>')
})
