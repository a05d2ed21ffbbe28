/**
 * The few calls of PKCS#11 2.40 (OASIS, "Cryptoki") that wrapping a key takes, made on the maker's own module. Structures are laid
 * out by hand, for 64-bit Linux and macOS: CK_ULONG and pointers have eight bytes, little end first.
 */

/** A return value other than CKR_OK. */
export class CryptokiError extends Error {
  readonly code: number

  constructor(call: string, code: number) {
    super(`${call} returned 0x${code.toString(16)}${names[code] ? ` (${names[code]})` : ''}`)
    this.name = 'CryptokiError'
    this.code = code
  }
}

const names: Record<number, string> = {
  48: 'CKR_DEVICE_ERROR',
  50: 'CKR_DEVICE_REMOVED',
  64: 'CKR_ENCRYPTED_DATA_INVALID',
  65: 'CKR_ENCRYPTED_DATA_LEN_RANGE',
  104: 'CKR_KEY_FUNCTION_NOT_PERMITTED',
  112: 'CKR_MECHANISM_INVALID',
  160: 'CKR_PIN_INCORRECT',
  164: 'CKR_PIN_LOCKED',
  179: 'CKR_SESSION_HANDLE_INVALID',
  224: 'CKR_TOKEN_NOT_PRESENT',
  257: 'CKR_USER_NOT_LOGGED_IN',
}

const USER_ALREADY_LOGGED_IN = 0x100
const ALREADY_INITIALIZED = 0x191
const OS_LOCKING_OK = 2n
const SERIAL_SESSION = 4n
const USER = 1n
const AES_GCM = 0x1087n
const TAG_BITS = 128n
const TAG_BYTES = 16
/** CKA_CLASS = CKO_SECRET_KEY, CKA_LABEL. */
const [CLASS, SECRET_KEY, LABEL] = [0x0n, 4n, 0x3n]

/** Place of each function in CK_FUNCTION_LIST, and the types of its arguments. */
const signatures = {
  C_Initialize: [0, ['void *']],
  C_GetSlotList: [4, ['uint8', 'void *', 'void *']],
  C_GetTokenInfo: [6, ['ulong', 'void *']],
  C_OpenSession: [12, ['ulong', 'ulong', 'void *', 'void *', 'void *']],
  C_CloseSession: [13, ['ulong']],
  C_Login: [18, ['ulong', 'ulong', 'void *', 'ulong']],
  C_FindObjectsInit: [26, ['ulong', 'void *', 'ulong']],
  C_FindObjects: [27, ['ulong', 'void *', 'ulong', 'void *']],
  C_FindObjectsFinal: [28, ['ulong']],
  C_EncryptInit: [29, ['ulong', 'void *', 'ulong']],
  C_Encrypt: [30, ['ulong', 'void *', 'ulong', 'void *', 'void *']],
  C_DecryptInit: [33, ['ulong', 'void *', 'ulong']],
  C_Decrypt: [34, ['ulong', 'void *', 'ulong', 'void *', 'void *']],
} as const satisfies Record<string, readonly [number, readonly string[]]>
type Call = keyof typeof signatures
const FUNCTIONS = 68 // in the list of version 2.40; later ones have more behind them

type Argument = Buffer | bigint | number | null
type Native = ((...values: Argument[]) => number) & { async: (...values: unknown[]) => void }

/** Calls by name, on a thread of their own, so that a slow module holds up nobody. @throws CryptokiError */
type Invoke = (call: Call, values: Argument[], accepted?: number) => Promise<void>

export interface Cryptoki {
  /** A session with the token of that label, logged in. Calls on one session must not overlap. */
  openSession: (token: string, pin: string) => Promise<Session>
}

export interface Session {
  /** Handle of the secret key with that label; undefined if there is none. Throws if there are several. */
  findKey: (label: string) => Promise<bigint | undefined>
  /** AES-GCM. A module may put a nonce of its own making into `nonce`. */
  encrypt: (key: bigint, gcm: { nonce: Buffer; aad: Buffer }, plain: Buffer) => Promise<Buffer>
  decrypt: (key: bigint, gcm: { nonce: Buffer; aad: Buffer }, sealed: Buffer) => Promise<Buffer>
  close: () => Promise<void>
}

/** Held for as long as the process lives: with its handle collected, a library is unloaded under the functions we call. */
const loaded = new Set<object>()

/** Loads a module into this process. @throws Error when there is none, or when this system is not one of those above */
export async function loadCryptoki(module: string): Promise<Cryptoki> {
  if (process.platform === 'win32') throw new Error('PKCS#11 modules are used on Linux and macOS only')
  const { default: koffi } = await import('koffi')
  const pointer = memory(8)
  const library = koffi.load(module, { deep: true }) // with the OpenSSL it was built for, not the one inside Node
  loaded.add(library)
  const given = library.func('C_GetFunctionList', 'ulong', ['void *'])(pointer) as number
  if (given !== 0) throw new CryptokiError('C_GetFunctionList', given)
  const list = Buffer.from(koffi.view(pointer.readBigUInt64LE(), 8 + FUNCTIONS * 8)) // CK_VERSION and padding come first
  const natives = new Map<Call, Native>()
  for (const [name, [index, types]] of Object.entries(signatures)) {
    const address = list.readBigUInt64LE(8 + index * 8)
    natives.set(name as Call, koffi.decode(address, koffi.proto('ulong', [...types])) as Native)
  }
  const lent = new Set<Argument[]>() // native code has addresses only: what it works on must not be collected
  const invoke: Invoke = (call, values, accepted = 0) =>
    new Promise((resolve, reject) => {
      lent.add(values)
      natives.get(call)?.async(...values, (error: Error | null, code: number | bigint) => {
        lent.delete(values)
        if (error) return reject(error)
        if (Number(code) === 0 || Number(code) === accepted) return resolve()
        return reject(new CryptokiError(call, Number(code)))
      })
    })
  const locking = memory(48)
  locking.writeBigUInt64LE(OS_LOCKING_OK, 32)
  await invoke('C_Initialize', [locking], ALREADY_INITIALIZED)
  return { openSession: (token, pin) => openSession({ invoke, addressOf: (buffer) => koffi.address(buffer) }, token, pin) }
}

interface Module {
  invoke: Invoke
  addressOf: (buffer: Buffer) => bigint
}

async function openSession(module: Module, token: string, pin: string): Promise<Session> {
  const { invoke } = module
  const slot = await findToken(module, token)
  const handle = memory(8)
  await invoke('C_OpenSession', [slot, SERIAL_SESSION, null, null, handle])
  const session = handle.readBigUInt64LE()
  const secret = Buffer.from(pin, 'utf8')
  await invoke('C_Login', [session, USER, secret, BigInt(secret.length)], USER_ALREADY_LOGGED_IN).finally(() => secret.fill(0))
  return {
    findKey: (label) => findKey(module, session, label),
    encrypt: async (key, gcm, plain) => {
      await withMechanism(module, gcm, (mechanism) => invoke('C_EncryptInit', [session, mechanism, key]))
      return run(module, 'C_Encrypt', { session, input: plain, room: plain.length + TAG_BYTES })
    },
    decrypt: async (key, gcm, sealed) => {
      await withMechanism(module, gcm, (mechanism) => invoke('C_DecryptInit', [session, mechanism, key]))
      return run(module, 'C_Decrypt', { session, input: sealed, room: sealed.length })
    },
    close: () => invoke('C_CloseSession', [session]),
  }
}

async function findToken({ invoke }: Module, token: string): Promise<bigint> {
  const count = memory(8)
  await invoke('C_GetSlotList', [1, null, count])
  const slots = memory(8 * Number(count.readBigUInt64LE()))
  if (slots.length > 0) await invoke('C_GetSlotList', [1, slots, count])
  for (let at = 0; at < slots.length; at += 8) {
    const info = memory(256) // CK_TOKEN_INFO begins with the label, filled up with blanks to 32 bytes
    await invoke('C_GetTokenInfo', [slots.readBigUInt64LE(at), info])
    if (info.toString('utf8', 0, 32).trimEnd() === token) return slots.readBigUInt64LE(at)
  }
  throw new CryptokiError(`looking for the token ${token}`, 0xe0)
}

async function findKey({ invoke, addressOf }: Module, session: bigint, label: string): Promise<bigint | undefined> {
  const kind = memory(8)
  kind.writeBigUInt64LE(SECRET_KEY)
  const text = memory(Buffer.byteLength(label))
  text.write(label, 'utf8')
  const template = words(CLASS, addressOf(kind), 8n, LABEL, addressOf(text), BigInt(text.length))
  await invoke('C_FindObjectsInit', [session, template, 2n])
  const [found, count] = [memory(16), memory(8)]
  await invoke('C_FindObjects', [session, found, 2n, count]).finally(() => invoke('C_FindObjectsFinal', [session]))
  keep(kind, text)
  const matches = Number(count.readBigUInt64LE())
  if (matches > 1) throw new Error(`several keys of the token have the label ${label}`)
  return matches === 1 ? found.readBigUInt64LE() : undefined
}

/** CK_MECHANISM with CK_GCM_PARAMS. The module reads them, and may write the nonce, while `use` runs. */
async function withMechanism(
  { addressOf }: Module,
  { nonce, aad }: { nonce: Buffer; aad: Buffer },
  use: (mechanism: Buffer) => Promise<void>,
): Promise<void> {
  const [iv, data] = [memory(nonce.length), memory(aad.length)]
  nonce.copy(iv)
  aad.copy(data)
  const bytes = BigInt(nonce.length)
  const parameters = words(addressOf(iv), bytes, bytes * 8n, addressOf(data), BigInt(aad.length), TAG_BITS)
  await use(words(AES_GCM, addressOf(parameters), BigInt(parameters.length)))
  iv.copy(nonce)
  keep(iv, data, parameters)
}

async function run(
  { invoke }: Module,
  call: 'C_Encrypt' | 'C_Decrypt',
  { session, input, room }: { session: bigint; input: Buffer; room: number },
): Promise<Buffer> {
  const [output, length] = [memory(room), memory(8)]
  length.writeBigUInt64LE(BigInt(room))
  await invoke(call, [session, input, BigInt(input.length), output, length])
  const result = Buffer.alloc(Number(length.readBigUInt64LE()))
  output.copy(result)
  output.fill(0)
  return result
}

/** Memory whose address stays: V8 may keep a small array in its heap, and move it. */
function memory(bytes: number): Buffer {
  return Buffer.from(new ArrayBuffer(Math.max(bytes, 256)), 0, bytes)
}

function words(...values: bigint[]): Buffer {
  const buffer = memory(values.length * 8)
  for (const [index, value] of values.entries()) buffer.writeBigUInt64LE(value, index * 8)
  return buffer
}

/** Marks the end of the time for which buffers must not be collected, because native code has their addresses only. */
function keep(...buffers: Buffer[]): void {
  for (const buffer of buffers) buffer.fill(0)
}
