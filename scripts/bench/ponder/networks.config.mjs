// Up to Ponder 0.10, which is what npm calls 1.0.0.
import { createConfig } from 'ponder'
import { http } from 'viem'
import { escrowAbi, reputationAbi } from './abis'

const { ESCROW, REPUTATION, RPC_URL } = process.env
const startBlock = Number(process.env.FIRST_BLOCK)

export default createConfig({
  networks: { local: { chainId: 31337, transport: http(RPC_URL) } },
  contracts: {
    Escrow: { abi: escrowAbi, network: 'local', address: ESCROW, startBlock },
    Reputation: { abi: reputationAbi, network: 'local', address: REPUTATION, startBlock },
  },
})
