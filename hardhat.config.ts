import { createRequire } from 'node:module'
import hardhatToolboxViem from '@nomicfoundation/hardhat-toolbox-viem'
import { defineConfig } from 'hardhat/config'

// The compiler's own sequence of Yul optimizer steps without F, which copies a function for each constant it is called
// with: that makes the escrow a quarter larger than the chain allows, and saves no gas worth having.
const optimizerSteps =
  'dhfoDgvulfnTUtnIf[xa[r]EscLMVcul[j]Trpeul]xa[r]cLgvifM[CTUca[r]LSsTOtfDnca[r]IulcscCTUt]jmul[jul]VcTOculjmul:fDnTOcmu'

// The compiler comes from npm: the list of native compilers is not something a fresh machine can fetch everywhere.
const compiler = { version: '0.8.37', path: createRequire(import.meta.url).resolve('solc/soljson.js') }
const compiled = (runs: number) => ({
  ...compiler,
  settings: {
    evmVersion: 'cancun',
    viaIR: true,
    optimizer: { enabled: true, runs, details: { yul: true, yulDetails: { optimizerSteps } } },
  },
})

// What is deployed is made with care. All else, tests first of all, is compiled the quick way: tests run the artifacts, and
// through the IR they would take ten times as long to compile.
const quick = { ...compiler, settings: { evmVersion: 'cancun', optimizer: { enabled: false, runs: 200 } } }
const deployed = {
  'contracts/Escrow.sol': compiled(20_000),
  'contracts/Reputation.sol': compiled(20_000),
  'contracts/AuditAnchor.sol': compiled(20_000),
  'contracts/mocks/TestUSD.sol': compiled(20_000),
  'contracts/arbitration/KlerosAdapter.sol': compiled(20_000),
  // For size: a case is rare.
  'contracts/arbitration/ArbiterPool.sol': compiled(200),
}

const profile = { compilers: [quick], overrides: deployed, isolated: false, toolVersionsInBuildInfo: false }

export default defineConfig({
  plugins: [hardhatToolboxViem],
  solidity: {
    splitTestsCompilation: true,
    // `hardhat ignition deploy` compiles with `production`. Left out, Hardhat would make one without our settings: other code than
    // was tested, and a pool too large for a chain.
    profiles: { default: profile, production: profile },
  },
  paths: { sources: './contracts', tests: { solidity: './test', nodejs: './test/integration' } },
  networks: {
    // What `hardhat node` serves, as of the first fork in which an account can have code for a while (EIP-7702), as wallets that
    // make several calls at once do. A fixed birthday makes a replayed chain come out the same, block by block.
    node: { type: 'edr-simulated', chainType: 'l1', chainId: 31337, hardfork: 'prague', initialDate: '2026-01-01T00:00:00Z' },
    local: { type: 'http', chainType: 'l1', url: process.env.RPC_URL ?? 'http://127.0.0.1:8545' },
  },
  test: {
    solidity: {
      fsPermissions: { readDirectory: ['./protocol/golden'] },
      fuzz: { runs: 256, seed: '0x66616972686f6c64' },
      // Values drawn from the chain's state would be wasted: the campaign makes all it needs of one random number.
      invariant: { runs: 12, depth: 128, includeStorage: false, includePushBytes: false, shrinkRunLimit: 16 },
    },
  },
})
