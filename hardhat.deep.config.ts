import type { HardhatUserConfig } from 'hardhat/config'
import base from './hardhat.config.ts'

/**
 * The deep profile of the invariants, `npm run test:deep -- invariants`: Hardhat knows no test profile but the default, so it is a
 * configuration of its own. 500 runs of 500 days of 20 steps are five million steps, and each step is two calls of the contracts
 * or more, which every run asserts: ten million calls. The campaign is compiled as the escrow is, since here it runs for
 * long enough to earn that back.
 */
const { default: profile } = base.solidity.profiles
const careful = profile.overrides['contracts/Escrow.sol']

const deep: HardhatUserConfig = {
  ...base,
  solidity: {
    splitTestsCompilation: true,
    profiles: {
      default: { ...profile, overrides: { ...profile.overrides, 'test/invariant/Escrow.invariant.t.sol': careful } },
    },
  },
  test: { solidity: { ...base.test.solidity, invariant: { ...base.test.solidity.invariant, runs: 500, depth: 500 } } },
}

export default deep
