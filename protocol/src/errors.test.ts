import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Abi,
  BaseError,
  ContractFunctionExecutionError,
  ContractFunctionRevertedError,
  encodeErrorResult,
  type Hex,
  HttpRequestError,
  InsufficientFundsError,
  NonceTooLowError,
  UserRejectedRequestError,
  WaitForTransactionReceiptTimeoutError,
} from 'viem'
import { escrowAbi } from './abi/escrow.ts'
import { errorAbis } from './errors/contract-error.ts'
import { contractErrors, decodeRevert, explainContractError, isContractError, walletErrors } from './errors.ts'

type AbiError = Extract<Abi[number], { type: 'error' }>

const abis: readonly Abi[] = errorAbis

/** A value of each type that errors carry. */
function sampleOf(type: string): unknown {
  if (type === 'address') return `0x${'ab'.repeat(20)}`
  if (type === 'bytes32') return `0x${'cd'.repeat(32)}`
  if (type === 'string') return 'text'
  return /^uint(8|16|32|40)$/.test(type) ? 4 : 1_800_000_000n
}

/** The bytes do not say which contract refused: where two have the same error, the names are those of the first. */
function firstLike(error: AbiError): AbiError {
  const like = abis.flat().filter((item): item is AbiError => item.type === 'error' && item.name === error.name)
  const types = ({ inputs }: AbiError): string => inputs.map(({ type }) => type).join()
  return like.find((item) => types(item) === types(error)) ?? error
}

test('the catalogue has a sentence for every custom error of the contracts, and for nothing else', () => {
  const names = abis.flatMap((abi) => abi.flatMap((item) => (item.type === 'error' ? [item.name] : [])))
  assert.deepEqual(Object.keys(contractErrors).toSorted(), [...new Set(names)].toSorted())
  for (const name of names) assert.ok(isContractError(name))
})

test('every custom error is decoded from its bytes and told in full sentences', () => {
  for (const abi of abis) {
    for (const item of abi) {
      if (item.type !== 'error') continue
      const args = item.inputs.map((input) => sampleOf(input.type))
      const data = encodeErrorResult({ abi: [item], errorName: item.name, args })
      const explained = explainContractError({ cause: { data } })
      assert.equal(explained.code, item.name)
      assert.equal(explained.moneyMoved, false)
      assert.deepEqual(
        Object.keys(explained.args),
        firstLike(item).inputs.map((input) => input.name),
      )
      for (const sentence of [explained.detail, explained.whatToDo]) {
        assert.match(sentence, /^(\d|[A-Z]|0x).*\.$/, item.name)
        assert.doesNotMatch(sentence, /undefined|NaN|\[object/, item.name)
      }
      assert.doesNotMatch(explained.title, /\.$/)
    }
  }
})

test('an error says where the deal is and where it would have to be', () => {
  const args = [`0x${'01'.repeat(32)}`, 3, 0b10100] as const
  const data = encodeErrorResult({ abi: escrowAbi, errorName: 'UnexpectedState', args })
  assert.match(explainContractError({ data }).detail, /The deal is shipped; .* while it is paid or delivered\./)
})

test("errors are found as viem wraps them, and in a node's own answer", () => {
  const data = encodeErrorResult({ abi: escrowAbi, errorName: 'TooEarly', args: [5n, 9n] })
  const reverted = new ContractFunctionRevertedError({ abi: escrowAbi, data, functionName: 'claim' })
  const wrapped = new ContractFunctionExecutionError(reverted, { abi: escrowAbi, functionName: 'claim', args: [] })
  const fromNode = new BaseError('failed', { cause: Object.assign(new Error('reverted'), { data: { data } }) })
  for (const error of [wrapped, fromNode]) {
    const explained = explainContractError(error)
    assert.equal(explained.code, 'TooEarly')
    assert.deepEqual(explained.args, { current: 5n, earliest: 9n })
  }
})

test('what wallets and networks answer is recognised by code, by class and by words', () => {
  const cases: [unknown, keyof typeof walletErrors][] = [
    [new UserRejectedRequestError(new Error('no')), 'userRejected'],
    [{ code: 4001, message: 'whatever' }, 'userRejected'],
    [{ cause: { code: 4902 } }, 'wrongNetwork'],
    [{ name: 'ChainMismatchError' }, 'wrongNetwork'],
    [{ code: -32002 }, 'requestPending'],
    [new BaseError('x', { cause: new InsufficientFundsError() }), 'insufficientFunds'],
    [new Error("Sender doesn't have enough funds to send tx"), 'insufficientFunds'],
    [new NonceTooLowError(), 'nonce'],
    [new Error('replacement transaction underpriced'), 'feeTooLow'],
    [new WaitForTransactionReceiptTimeoutError({ hash: `0x${'00'.repeat(32)}` }), 'notConfirmedYet'],
    [new HttpRequestError({ url: 'http://127.0.0.1' }), 'networkDown'],
    [new ContractFunctionRevertedError({ abi: escrowAbi, functionName: 'claim' }), 'refused'],
    [new Error('?'), 'unknown'],
    ['text', 'unknown'],
    [null, 'unknown'],
  ]
  for (const [error, code] of cases) assert.equal(explainContractError(error).code, code)
})

test('money is said not to have moved only where that is certain', () => {
  assert.equal(explainContractError(new UserRejectedRequestError(new Error('no'))).moneyMoved, false)
  for (const code of ['notConfirmedYet', 'alreadySent', 'networkDown', 'unknown'] as const) {
    assert.equal(walletErrors[code].moneyMoved, 'unknown')
  }
})

test('foreign revert data and circles of causes do no harm', () => {
  const foreign: Hex = '0xdeadbeef'
  assert.equal(decodeRevert(foreign), null)
  const circle: { cause?: unknown; data: Hex } = { data: foreign }
  circle.cause = circle
  assert.equal(explainContractError(circle).code, 'unknown')
})
