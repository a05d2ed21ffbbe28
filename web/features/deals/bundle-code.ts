import { type Address, concatHex, type Hex, numberToHex, pad, size } from 'viem'

/** One call of a bundle, as the wallet gets it. */
export interface BundledCall {
  to: Address
  data: Hex
  value: bigint
}

const STEP_BYTES = 90

/**
 * Code that makes these calls one after the other, their data taken from its own in turn, and fails as the first that fails. The
 * account gets it for the length of one `eth_call`, so that the calls come from the account itself, as they will.
 */
export function codeOf(calls: readonly BundledCall[]): Hex {
  let offset = 0
  const steps = calls.map(({ to, data, value }, index) => {
    const [length, from, next] = [size(data), offset, (index + 1) * STEP_BYTES - 1].map((one) => push4(one)) as [Hex, Hex, Hex]
    offset += size(data)
    return concatHex([
      ...[length, from, '0x5f', '0x37'], // CALLDATACOPY(0, from, length)
      ...['0x5f', '0x5f', length, '0x5f', '0x7f', pad(numberToHex(value)), '0x73', to, '0x5a', '0xf1'], // CALL
      ...[next, '0x57'], // JUMPI over the next line where it went well
      ...['0x3d', '0x5f', '0x5f', '0x3e', '0x3d', '0x5f', '0xfd'], // REVERT with what it returned
      '0x5b', // JUMPDEST
    ] as Hex[])
  })
  return concatHex([...steps, '0x00'])
}

const push4 = (value: number): Hex => concatHex(['0x63', numberToHex(value, { size: 4 })])
