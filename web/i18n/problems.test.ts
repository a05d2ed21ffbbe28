import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { walletErrors } from '@fairhold/protocol/errors'
import { escrowErrors } from '../../protocol/src/errors/escrow-errors.ts'
import { reputationErrors } from '../../protocol/src/errors/reputation-errors.ts'
import { tokenErrors } from '../../protocol/src/errors/token-errors.ts'
import { locales } from './locales.ts'

const ROOT = join(import.meta.dirname, '../..')
const apiErrors = readFileSync(join(ROOT, 'api/src/http/errors.ts'), 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): \{/gm)
const problems = readFileSync(join(ROOT, 'web/features/deals/problem.ts'), 'utf8')
const ends = /type SendEnd =([^/]+)\n\n/.exec(problems)?.[1] ?? ''
const relayed = /const ownProblems[^{]+\{([^}]+)\}/.exec(readFileSync(join(ROOT, 'api/src/relay/service.ts'), 'utf8'))?.[1] ?? ''
const ofRelayer = [...relayed.matchAll(/^ {2}'?([\w-]+)'?:/gm)].map(([, code = '']) => code)
const ownProblems = [...problems.matchAll(/code: '([\w-]+)'/g), ...ends.matchAll(/'(\w+)'/g)]

/**
 * What can reach a person in the dApp. Its English words are those of the protocol and the API. Errors of panels and courts are
 * left out until the dApp offers these.
 */
const codes = [
  ...Object.keys({ ...escrowErrors, ...reputationErrors, ...tokenErrors, ...walletErrors }),
  ...[...apiErrors].map(([, code = '']) => code),
  ...['UNREACHABLE', 'UNEXPECTED', 'ANOTHER_ACCOUNT'], // said by web/lib/api/client.ts
  ...[...ownProblems].map(([, code = '']) => code),
  ...ofRelayer,
  ...['no-wallet', 'other-account', 'wrong-network'],
  ...['dismissed', 'known', 'unable', 'address', 'other'].map((fault) => `passkey-${fault}`),
]

/** What the API advises here is of use to a program alone. */
const forPrograms = new Set(
  [...readFileSync(join(ROOT, 'api/src/http/errors.ts'), 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): \{(?:[^}]|\n)*?\}/gm)]
    .filter(([text]) => /JSON|X-CSRF|scope|idempotency|cursor|token\.|\berrors\b|content-type|relayer|gas/.test(text))
    .map(([, code = '']) => code),
)

test('every problem that the dApp can meet has words in every language', () => {
  assert.ok(codes.length > 100, `${codes.length} codes were found`)
  for (const locale of locales) {
    const words = JSON.parse(readFileSync(join(import.meta.dirname, `problems/${locale}.json`), 'utf8')) as Record<
      string,
      { title: string; whatToDo: string }
    >
    const needed = locale === 'en' ? codes.filter((code) => words[code] || forPrograms.has(code)) : codes
    assert.deepEqual(
      needed.filter((code) => !words[code]?.title || !words[code].whatToDo),
      [],
      `without words in ${locale}`,
    )
    assert.deepEqual(
      Object.keys(words).filter((code) => !codes.includes(code)),
      [],
      `words in ${locale} for what does not exist`,
    )
  }
})
