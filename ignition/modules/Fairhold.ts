import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'
import { PERMIT2 } from '../../protocol/src/eip712/payments.ts'

/**
 * The contracts of one chain, and a token to try them with. The escrow creates the reputation contract itself. The parameter
 * `permit2` is for a chain that has Permit2 somewhere else than usual; a chain without it cannot take such payments.
 */
export default buildModule('Fairhold', (m) => {
  const deployer = m.getAccount(9)
  const escrow = m.contract('Escrow', [m.getParameter('permit2', PERMIT2)], { from: deployer })
  const address = m.staticCall(escrow, 'REPUTATION', [])
  const reputation = m.contractAt('Reputation', address)
  const testUsd = m.contract('TestUSD', [], { from: deployer, after: [escrow] })
  return { escrow, reputation, testUsd }
})
