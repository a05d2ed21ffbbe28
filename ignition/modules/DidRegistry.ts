import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'
import { EthereumDIDRegistry } from 'ethr-did-registry'

/**
 * The registry of keys and delegates (ERC-1056) for a chain that has none, from the bytecode that its authors publish. Public
 * chains have one already: docs/security/did.md. It knows no owner and nothing of Fairhold.
 */
export default buildModule('DidRegistry', (m) => {
  const didRegistry = m.contract('EthereumDIDRegistry', EthereumDIDRegistry, [], { from: m.getAccount(9) })
  return { didRegistry }
})
