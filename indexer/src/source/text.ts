const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A text of the chain: as it is, or, where Postgres cannot hold it as text, its bytes in hex. */
export type ChainText = string | { bytes: string }

/**
 * A text from its bytes in hex. Solidity's strings are any bytes at all; Postgres' text holds UTF-8 without NUL. What fits stays
 * readable, what does not is kept as `{ bytes }`, so that nothing is lost and the two cannot be mistaken for each other.
 */
export function textOf(digits: string): ChainText {
  try {
    const text = decoder.decode(Buffer.from(digits, 'hex'))
    return text.includes('\0') ? { bytes: `0x${digits}` } : text
  } catch {
    return { bytes: `0x${digits}` } // not UTF-8: lone surrogates and the like
  }
}

/** The bytes of a text of the chain, in hex: the inverse of `textOf`. */
export function bytesOf(text: ChainText): string {
  return typeof text === 'string' ? Buffer.from(text, 'utf8').toString('hex') : text.bytes.slice(2)
}
