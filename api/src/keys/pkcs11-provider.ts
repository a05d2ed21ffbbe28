import { randomBytes } from 'node:crypto'
import { CryptokiError, loadCryptoki, type Session } from './cryptoki.ts'
import { KeyError, type KeyFault, type KeyProvider } from './provider.ts'
import type { Pkcs11Settings } from './settings.ts'

const NONCE = 12
const CALL_MS = 5_000

const faults: Record<number, KeyFault> = {
  64: 'wrong-context', // CKR_ENCRYPTED_DATA_INVALID
  65: 'wrong-context', // CKR_ENCRYPTED_DATA_LEN_RANGE
  104: 'denied', // CKR_KEY_FUNCTION_NOT_PERMITTED
  160: 'denied', // CKR_PIN_INCORRECT
  164: 'denied', // CKR_PIN_LOCKED
}
/** What SoftHSM, and some others, say of a tag that does not fit. */
const GENERAL_ERROR = 0x5
/** The session is gone, as after the module was restarted: worth one more try in a new one. */
const LOST = new Set([0x30, 0x32, 0xb3, 0x101])

/**
 * Wraps data keys inside a hardware security module, by AES-256-GCM under a key of the token that never leaves it. The id of the
 * data key is authenticated. What is stored is the nonce and what the module gave.
 */
export function createPkcs11Provider({ module, token, pin, keys }: Pkcs11Settings): KeyProvider {
  const [current = ''] = keys
  let session: Promise<Session> | undefined
  let queue: Promise<unknown> = Promise.resolve() // a session does one thing at a time

  const open = (): Promise<Session> => {
    session ??= loadCryptoki(module).then((cryptoki) => cryptoki.openSession(token, pin))
    session.catch(() => (session = undefined))
    return session
  }
  const close = async (): Promise<void> => {
    const opened = await session?.catch(() => undefined)
    session = undefined
    await opened?.close().catch(() => undefined) // it may be gone already
  }
  const once = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    try {
      return await work(await open())
    } catch (error) {
      await close() // an operation that failed may still be under way in it, and no other could be begun
      if (error instanceof CryptokiError && LOST.has(error.code)) return work(await open())
      throw error
    }
  }
  const inTurn = <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const turn = queue.then(() => once(work))
    queue = turn.catch(() => undefined)
    return withinTime(turn)
  }
  const keyOf = async (opened: Session, label: string): Promise<bigint> => {
    const handle = await opened.findKey(label)
    if (handle === undefined) throw new KeyError('unknown-key', `the token ${token} has no secret key ${label}`)
    return handle
  }
  return {
    name: 'pkcs11',
    current: async () => current,
    wrap: (key, dataKeyId) =>
      inTurn(async (opened) => {
        const nonce = randomBytes(NONCE)
        const sealed = await opened.encrypt(await keyOf(opened, current), { nonce, aad: contextOf(dataKeyId) }, key)
        return { wrapped: Buffer.concat([nonce, sealed]), wrappingKey: current }
      }),
    unwrap: ({ wrapped, wrappingKey }, dataKeyId) =>
      inTurn(async (opened) => {
        if (!keys.includes(wrappingKey)) throw new KeyError('unknown-key', `${wrappingKey} is not among PKCS11_KEYS`)
        const [nonce, sealed] = [Buffer.from(wrapped.subarray(0, NONCE)), Buffer.from(wrapped.subarray(NONCE))]
        const handle = await keyOf(opened, wrappingKey)
        return opened.decrypt(handle, { nonce, aad: contextOf(dataKeyId) }, sealed).catch(asWrongContext)
      }),
    close,
  }
}

function contextOf(dataKeyId: string): Buffer {
  return Buffer.from(JSON.stringify(['fairhold data key', dataKeyId]), 'utf8')
}

function asWrongContext(error: unknown): never {
  if (error instanceof CryptokiError && error.code === GENERAL_ERROR)
    throw new KeyError('wrong-context', 'the data key was not wrapped as it stands', { cause: error })
  throw error
}

/** A module that hangs cannot be stopped, but nobody has to wait for it. */
async function withinTime<T>(turn: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new KeyError('timeout', `the HSM did not answer in ${CALL_MS / 1000} s`)), CALL_MS)
  })
  try {
    return await Promise.race([turn, late])
  } catch (error) {
    throw asKeyError(error)
  } finally {
    clearTimeout(timer)
  }
}

function asKeyError(error: unknown): KeyError {
  if (error instanceof KeyError) return error
  const fault = error instanceof CryptokiError ? (faults[error.code] ?? 'away') : 'away'
  const reason = error instanceof Error ? error.message : String(error)
  return new KeyError(fault, `the HSM did not do it: ${reason}`, { cause: error })
}
