import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hidesCharacters, turnsText } from './characters.ts'

test('what turns the direction of a text is found, and what only belongs to one is not', () => {
  for (const code of [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]) {
    assert.equal(turnsText(`a${String.fromCodePoint(code)}b`), true, code.toString(16))
  }
  for (const text of ['a lamp', 'מנורה', 'مصباح', 'a\u200eb', 'می\u200cخواهم', '👩\u200d🔬'])
    assert.equal(turnsText(text), false, text)
})

test('a name that would look like another is found', () => {
  const hidden = [
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u034f',
    '\u3164',
    '\u2800',
    '\ufe0f',
    '\u202e',
    '\u200f',
    '\0',
  ]
  for (const one of [...hidden, '\u{e0041}', '\n', '\u2028']) {
    for (const name of [`A${one}da`, `${one}Ada`, `Ada${one}`]) assert.equal(hidesCharacters(name), true, JSON.stringify(name))
  }
  for (const name of ['Ada\u200d🔬', '👩\u200dAda', 'A\u200dअ', '👩\u200d', 'علی\u200c Ada'])
    assert.equal(hidesCharacters(name), true, name)
})

test('names of all scripts, and emoji, are as they are written', () => {
  const names = [
    'Ada',
    'Zoë O’Neill',
    'Nguyễn Văn',
    'Łukasz',
    '山田 太郎',
    '김민수',
    'עדה',
    'علی\u200cرضا',
    'नमस्ते',
    'क्\u200dष',
    'അനില്\u200d',
  ]
  for (const name of [...names, '👩\u200d🔬', '❤\ufe0f', '👩🏽\u200d❤\ufe0f\u200d👨🏼', '🏳\ufe0f\u200d🌈']) {
    assert.equal(hidesCharacters(name), false, name)
  }
})
