// From Ponder 0.11 on.
import { createConfig } from 'ponder'
import { escrowAbi, reputationAbi } from './abis'

const { ESCROW, REPUTATION, RPC_URL, RPC_WS_URL } = process.env
const startBlock = Number(process.env.FIRST_BLOCK)

export default createConfig({
  chains: { local: { id: 31337, rpc: RPC_URL, ...(RPC_WS_URL && { ws: RPC_WS_URL }) } },
  contracts: {
    Escrow: { abi: escrowAbi, chain: 'local', address: ESCROW, startBlock },
    Reputation: { abi: reputationAbi, chain: 'local', address: REPUTATION, startBlock },
  },
})
