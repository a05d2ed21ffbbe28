import { deploymentOf } from '@fairhold/protocol/deployments'
import { z } from 'zod'

export const relayVariables = {
  /** JSON: what a relayed purchase costs on top of the price, {"0xtoken": "base units"}. Without it none is relayed. */
  RELAY_TIPS: z.string().optional(),
  /** Whether what parties of deals sign is sent for them at the operator's cost. */
  RELAY_ACTS: z.enum(['on', 'off']).optional(),
  /** The relayer stops while its account holds less, in wei: the keeper needs gas too. */
  RELAY_FLOOR: z.coerce.bigint().optional(),
  /** No relayed call may use more gas, and none is sent while a unit of gas costs more, in gwei. */
  RELAY_MAX_GAS: z.coerce.bigint().default(500_000n),
  RELAY_MAX_GWEI: z.coerce.number().positive().default(200),
  /** How much one account may have relayed within a day. */
  RELAY_DAILY: z.coerce.number().int().min(1).default(40),
  /** How much it sends for nothing within a day, of all accounts together; purchases pay a tip and do not count. */
  RELAY_FREE_DAILY: z.coerce.number().int().min(0).default(500),
}

export interface RelaySettings {
  /** By token in lower case, in base units. */
  tips: ReadonlyMap<string, bigint>
  acts: boolean
  floor: bigint
  maxGas: bigint
  /** In wei for a unit of gas. */
  maxFee: bigint
  daily: number
  freeDaily: number
}

interface Given {
  RELAY_TIPS?: string | undefined
  RELAY_ACTS?: 'on' | 'off' | undefined
  RELAY_FLOOR?: bigint | undefined
  RELAY_MAX_GAS: bigint
  RELAY_MAX_GWEI: number
  RELAY_DAILY: number
  RELAY_FREE_DAILY: number
}

const tipsShape = z.record(
  z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/)
    .toLowerCase(),
  z.string().regex(/^\d{1,40}$/),
)
const LOCAL_TIP = 50_000n // 0.05 of the test dollar
const FLOOR = 20_000_000_000_000_000n // 0.02 of the coin

/** What the relayer does. On the local chain it works for a small tip, so that everybody can try it. */
export function relaySettingsFrom(given: Given, { devChain, chainId }: { devChain: boolean; chainId: number }): RelaySettings {
  return {
    tips: given.RELAY_TIPS === undefined ? localTips(devChain, chainId) : readTips(given.RELAY_TIPS),
    acts: given.RELAY_ACTS === undefined ? devChain : given.RELAY_ACTS === 'on',
    floor: given.RELAY_FLOOR ?? FLOOR,
    maxGas: given.RELAY_MAX_GAS,
    maxFee: BigInt(Math.round(given.RELAY_MAX_GWEI * 1e9)),
    daily: given.RELAY_DAILY,
    freeDaily: given.RELAY_FREE_DAILY,
  }
}

function readTips(text: string): ReadonlyMap<string, bigint> {
  try {
    return new Map(Object.entries(tipsShape.parse(JSON.parse(text))).map(([token, tip]) => [token, BigInt(tip)]))
  } catch (cause) {
    throw new Error('environment: RELAY_TIPS is not JSON like {"0x…": "50000"}', { cause })
  }
}

function localTips(devChain: boolean, chainId: number): ReadonlyMap<string, bigint> {
  if (!devChain) return new Map()
  const payable = deploymentOf(chainId).tokens.filter(({ authorization }) => authorization)
  return new Map(payable.map(({ address }) => [address as string, LOCAL_TIP]))
}
