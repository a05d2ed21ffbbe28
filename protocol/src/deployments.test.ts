import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getContractAddress, zeroAddress } from 'viem'
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import { deploymentOf, tokenOf, UnknownChain } from './deployments.ts'
import { DEV_CHAIN_ID, deployer, devAccountOf, devAccounts } from './dev-accounts.ts'

test('the local people are the accounts of the published mnemonic, and their keys fit', () => {
  const mnemonic = `${'test '.repeat(11)}junk`
  devAccounts.forEach((account, addressIndex) => {
    assert.equal(mnemonicToAccount(mnemonic, { addressIndex }).address, account.address)
    assert.equal(privateKeyToAccount(account.privateKey).address, account.address)
    assert.equal(devAccountOf(account.address.toLowerCase()), account)
  })
  assert.equal(devAccounts.length, 10)
})

test('the local contracts are where a fresh chain puts them', () => {
  const local = deploymentOf(DEV_CHAIN_ID)
  const expected = [0n, 1n, 2n].map((nonce) => getContractAddress({ from: deployer.address, nonce }).toLowerCase())
  assert.deepEqual([local.escrow, local.reputation, local.tokens[1]?.address], expected)
  assert.equal(tokenOf(local, zeroAddress)?.symbol, 'ETH')
  assert.equal(tokenOf(local, (expected[2] ?? '').toUpperCase().replace('0X', '0x'))?.decimals, 6)
})

test('a chain without a deployment is named in the error', () => {
  assert.throws(() => deploymentOf(5), UnknownChain)
})
