import { randomBytes, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { decrypt, encrypt, KEY_BYTES } from './aes-gcm.ts'
import { KeyError, type KeyProvider } from './provider.ts'

const FILE = 'wrapping-keys.json'
const keyShape = z.object({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  key: z.base64().refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES),
})
const bookShape = z.object({ version: z.literal(1), keys: z.array(keyShape).min(1) })
type Book = z.infer<typeof bookShape>

/**
 * Wrapping keys in a file in `dir` that its owner alone may read: for development, and for whoever keeps that file apart from
 * the database. It is made when the first key is wrapped. The last key in it is the current one.
 */
export function createFileProvider({ dir }: { dir: string }): KeyProvider {
  const file = join(dir, FILE)
  const keyOf = async (id: string): Promise<Buffer> => {
    const entry = (await readBook(file)).keys.find((one) => one.id === id)
    if (!entry) throw new KeyError('unknown-key', `the wrapping key ${id} is not in ${file}`)
    return Buffer.from(entry.key, 'base64')
  }
  const current = async (): Promise<string> => {
    await createOnce(file)
    return (await readBook(file)).keys.at(-1)?.id ?? '' // a book without keys is refused
  }
  return {
    name: 'file',
    current,
    wrap: async (key, dataKeyId) => {
      const wrappingKey = await current()
      const secret = await keyOf(wrappingKey)
      const wrapped = encrypt(secret, contextOf(dataKeyId), key)
      secret.fill(0)
      return { wrapped, wrappingKey }
    },
    unwrap: async ({ wrapped, wrappingKey }, dataKeyId) => {
      const secret = await keyOf(wrappingKey)
      const key = decrypt(secret, contextOf(dataKeyId), wrapped)
      secret.fill(0)
      if (!key) throw new KeyError('wrong-context', `data key ${dataKeyId} was not wrapped as it stands`)
      return key
    },
    renew: async () => {
      await createOnce(file)
      const { keys } = await readBook(file)
      const made = newKey()
      await write(file, { version: 1, keys: [...keys, made] })
      return made.id
    },
    forget: async (inUse) => {
      const { keys } = await readBook(file)
      const kept = keys.filter(({ id }, index) => inUse.has(id) || index === keys.length - 1)
      if (kept.length < keys.length) await write(file, { version: 1, keys: kept })
      return keys.length - kept.length
    },
    close: async () => undefined,
  }
}

function contextOf(dataKeyId: string): Buffer {
  return Buffer.from(JSON.stringify(['fairhold data key', dataKeyId]), 'utf8')
}

function newKey(): Book['keys'][number] {
  return { id: randomUUID(), createdAt: new Date().toISOString(), key: randomBytes(KEY_BYTES).toString('base64') }
}

/** Read each time: it is read rarely, and another process may have renewed it. */
async function readBook(file: string): Promise<Book> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const [fault, what] =
      cause.code === 'ENOENT' ? (['unknown-key', 'is not there'] as const) : (['denied', 'cannot be read'] as const)
    throw new KeyError(fault, `the file of wrapping keys ${what}: ${file}`)
  })
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
    throw new KeyError('denied', `others may read the wrapping keys; run: chmod 600 ${file}`)
  try {
    return bookShape.parse(JSON.parse(text))
  } catch {
    throw new KeyError('wrong-context', `the file of wrapping keys is damaged: ${file}`) // its content is no part of the message
  }
}

/** Of two processes at their first start, one makes the file and both use it. */
async function createOnce(file: string): Promise<void> {
  if (await stat(file).catch(() => null)) return
  await mkdir(dirname(file), { recursive: true })
  const fresh = await writeBeside(file, { version: 1, keys: [newKey()] })
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(fresh)
  await flush(dirname(file))
}

async function write(file: string, book: Book): Promise<void> {
  await rename(await writeBeside(file, book), file)
  await flush(dirname(file))
}

/** On the disk before anything is wrapped under it: a key that a power cut takes away takes the data with it. */
async function writeBeside(file: string, book: Book): Promise<string> {
  const fresh = `${file}.${randomUUID()}`
  const handle = await open(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  await handle.writeFile(`${JSON.stringify(book, null, 2)}\n`)
  await handle.sync()
  await handle.close()
  return fresh
}

async function flush(folder: string): Promise<void> {
  if (process.platform === 'win32') return // has no handles of folders
  const handle = await open(folder, 'r')
  await handle.sync()
  await handle.close()
}
