import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Address, getContractAddress, zeroAddress } from 'viem'
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import { deploymentOf, tokenOf, UnknownChain } from './deployments.ts'
import { anchorDeployer, DEV_CHAIN_ID, deployer, devAccountOf, devAccounts } from './dev-accounts.ts'

test('the local people are the accounts of the published mnemonic, and their keys fit', () => {
  const mnemonic = `${'test '.repeat(11)}junk`
  devAccounts.forEach((account, addressIndex) => {
    assert.equal(mnemonicToAccount(mnemonic, { addressIndex }).address, account.address)
    assert.equal(privateKeyToAccount(account.privateKey).address, account.address)
    assert.equal(devAccountOf(account.address.toLowerCase()), account)
  })
  assert.equal(devAccounts.length, 10)
  assert.equal(mnemonicToAccount(mnemonic, { addressIndex: 10 }).address, anchorDeployer.address)
  assert.equal(privateKeyToAccount(anchorDeployer.privateKey).address, anchorDeployer.address)
})

test('the local contracts are where a fresh chain puts them', () => {
  const local = deploymentOf(DEV_CHAIN_ID)
  const created = (from: Address, nonce: bigint) => getContractAddress({ from, nonce }).toLowerCase()
  const token = created(deployer.address, 1n)
  assert.equal(local.escrow, created(deployer.address, 0n))
  assert.equal(local.reputation, created(local.escrow, 1n), 'the escrow creates it')
  assert.equal(local.tokens[1]?.address, token)
  assert.equal(local.auditAnchor, created(anchorDeployer.address, 0n))
  assert.equal(local.didRegistry, created(deployer.address, 2n), 'after all that is ours')
  assert.equal(tokenOf(local, zeroAddress)?.symbol, 'ETH')
  assert.equal(tokenOf(local, token.toUpperCase().replace('0X', '0x'))?.decimals, 6)
})

test('a chain without a deployment is named in the error', () => {
  assert.throws(() => deploymentOf(5), UnknownChain)
})
