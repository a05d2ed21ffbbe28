import type { Hex } from 'viem'

const digits = Array.from({ length: 0x10000 }, (_, k) => k.toString(16).padStart(4, '0')) // millions of words are made of them

/**
 * 32 bytes that look like a hash and are one number's alone. Hashing a million deals would cost more than it is worth here:
 * only the spread matters, since rows in random order are dearer for an index than rows in ascending order.
 */
export function randomWord(seed: number, index: number): Hex {
  let text = ''
  for (let part = 1; part <= 8; part += 1) {
    const bits = mixed(index + Math.imul(seed * 8 + part, 0x9e3779b9))
    text += `${digits[bits >>> 16]}${digits[bits & 0xffff]}`
  }
  return `0x${text}`
}

/** Spreads 32 bits so that neighbours have nothing in common, and no two inputs the same output. */
function mixed(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}
