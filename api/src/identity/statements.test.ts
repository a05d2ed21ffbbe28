import assert from 'node:assert/strict'
import { test } from 'node:test'
import { purposeShape, statementLanguageShape } from './contract.ts'
import { isStatement, statementOf } from './statements.ts'

const context = { env: { origins: ['https://market.example'] } } as unknown as Parameters<typeof statementOf>[0]
const account = { did: 'did:pkh:eip155:1:0xabcd' }
const purposes = purposeShape.options
const languages = statementLanguageShape.options

test('what wallets show names the site and, of what is linked, the account, in characters that ERC-4361 takes', () => {
  for (const language of languages) {
    for (const purpose of purposes) {
      const text = statementOf(context, { purpose, account }, language)
      assert.match(text, /^[A-Za-z0-9 ,.:]*$/, `${language} ${purpose}`)
      assert.ok(text.includes('market.example') && text.includes('Fairhold'))
      assert.equal(text.includes(account.did), purpose === 'link-wallet')
    }
  }
})

test('a statement is good in every language, and for its purpose and account alone', () => {
  for (const language of languages) {
    for (const purpose of purposes) {
      const text = statementOf(context, { purpose, account }, language)
      assert.deepEqual(
        purposes.filter((one) => isStatement(context, { purpose: one, account }, text)),
        [purpose],
      )
    }
    const ofOther = statementOf(context, { purpose: 'link-wallet', account: { did: 'did:pkh:eip155:1:0xbeef' } }, language)
    assert.equal(isStatement(context, { purpose: 'link-wallet', account }, ofOther), false)
  }
  assert.equal(isStatement(context, { purpose: 'prove', account }, undefined), false)
})
