import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

/** The contracts of one chain. `TestUSD` is left out where `testToken` is false. */
export default buildModule('Fairhold', (m) => {
  const deployer = m.getAccount(9)
  const escrow = m.contract('Escrow', [], { from: deployer })
  const reputation = m.contract('Reputation', [escrow], { from: deployer })
  const testUsd = m.contract('TestUSD', [], { from: deployer, after: [reputation] })
  return { escrow, reputation, testUsd }
})
