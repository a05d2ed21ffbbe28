import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { createGate, type Gate } from '../http/gate.ts'
import type { Photo } from './contract.ts'
import { formatOf } from './photo-format.ts'

/** Bytes of an upload: what phones take stays below. */
export const MAX_UPLOAD = 12 * 1024 * 1024
export const widths = [320, 640, 1024, 1600] as const
export type Width = (typeof widths)[number]
export const formats = ['webp', 'avif'] as const
export type Format = (typeof formats)[number]

const MAX_PIXELS = 50_000_000 // a bomb unpacks to far more; a phone's camera stays below
const MAX_SIDE = 1600
const QUALITY = 82
const AVIF = { quality: 55, effort: 2 } as const // effort 4 takes twice as long and saves 3 per cent
const TIMEOUT_SECONDS = 15

/**
 * Takes a picture by its content, whatever it is called: turned upright, made smaller, without metadata (such as where it
 * was taken), as WebP. Its id is the hash of what is kept.
 */
export async function storePhoto({ db, env }: Context, account: Account, upload: Buffer): Promise<Photo> {
  uploading += 1
  const { data, info } = await reencode(upload).finally(() => (uploading -= 1))
  const sha256 = createHash('sha256').update(data).digest('hex')
  await writeOnce(fileOf(env.dataDir, sha256, 1600), data)
  prepare(env.dataDir, sha256)
  const { width, height } = info
  await db.media.upsert({
    where: { sha256 },
    create: { sha256, owner: account.address, width, height, bytes: data.length, mime: 'image/webp' },
    update: { uploadedAt: new Date() },
  })
  await writeOnce(fileOf(env.dataDir, sha256, 1600), data) // it may have been swept away just then
  return { sha256, width, height }
}

export interface Picture {
  bytes: Buffer
  format: Format
  /** Whether it is what was asked for: if not, better is to be had in a moment. */
  final: boolean
}

interface Kind {
  width: Width
  format: Format
}

/** A core takes up to a second for each, and anybody can ask. So many are made at once for those who ask, and so many wait. */
const asking = createGate({ most: 2, waiting: 8 })

/**
 * The picture at a width, made when first asked for if that is before it was prepared. While many others are being made, the nearest
 * that is there: the one that was uploaded always is.
 * @throws AppError NOT_FOUND
 */
export async function readPhoto({ env: { dataDir } }: Context, sha256: string, kind: Kind): Promise<Picture> {
  if (!existsSync(fileOf(dataDir, sha256, 1600))) throw new AppError('NOT_FOUND', 'There is no such picture.')
  const final = await make(dataDir, sha256, kind, asking).then(
    () => true,
    (error) => {
      if (error instanceof AppError && error.code === 'UNAVAILABLE') return false
      throw error
    },
  )
  const found = final ? kind : nearest(dataDir, sha256, kind.width)
  return { bytes: await readFile(fileOf(dataDir, sha256, found.width, found.format)), format: found.format, final }
}

function nearest(dataDir: string, sha256: string, width: Width): Kind {
  const larger = widths.filter((one) => one >= width).map((one): Kind => ({ width: one, format: 'webp' }))
  return larger.find((one) => existsSync(fileOf(dataDir, sha256, one.width, one.format))) ?? { width: 1600, format: 'webp' }
}

/** Encodings under way, by file: who asks for one meanwhile waits for the same. */
const under = new Map<string, Promise<void>>()
let preparing: Promise<unknown> = Promise.resolve()
let uploading = 0
const PAUSE_MS = 200

/** What lists show. The larger ones are made when somebody opens a listing: in AVIF that takes a second on one core. */
const PREPARED = widths.filter((width) => width <= 640)

/**
 * Makes what lists will ask for, one after the other, while the seller is still writing. What is lost in a crash is made when it is
 * asked for.
 */
function prepare(dataDir: string, sha256: string): void {
  const kinds = formats.flatMap((format) => PREPARED.map((width) => ({ format, width })))
  const makeOne = async (kind: (typeof kinds)[number]) => {
    while (uploading > 0) await sleep(PAUSE_MS) // who waits for an upload comes first
    await make(dataDir, sha256, kind)
  }
  for (const kind of kinds) preparing = preparing.then(() => makeOne(kind)).catch(() => undefined)
}

/** Waits until nothing is being prepared any more. */
export async function prepared(): Promise<void> {
  await preparing
}

function make(dataDir: string, sha256: string, { width, format }: Kind, gate: Gate = (work) => work()): Promise<void> {
  const file = fileOf(dataDir, sha256, width, format)
  if (existsSync(file)) return Promise.resolve()
  const known = under.get(file)
  if (known) return known
  const work = gate(() => encode(fileOf(dataDir, sha256, 1600), { width, format }))
    .then((data) => write(file, data)) // not into a folder that was removed meanwhile, as with an account
    .finally(() => under.delete(file))
  under.set(file, work)
  return work
}

async function encode(original: string, { width, format }: { width: Width; format: Format }): Promise<Buffer> {
  const smaller = sharp(original).resize({ width, withoutEnlargement: true })
  return (format === 'avif' ? smaller.avif(AVIF) : smaller.webp({ quality: QUALITY })).toBuffer()
}

async function reencode(upload: Buffer) {
  const format = formatOf(upload)
  if (format === null) throw new AppError('NOT_AN_IMAGE', 'The file is not a JPEG, PNG, WebP or AVIF picture.')
  const image = sharp(upload, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).timeout({ seconds: TIMEOUT_SECONDS })
  const { pages = 1 } = await readable(image.metadata())
  if (pages > 1) throw new AppError('NOT_AN_IMAGE', 'The picture moves; only still pictures are taken.')
  const side = { width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true } as const
  return readable(image.rotate().resize(side).webp({ quality: QUALITY }).toBuffer({ resolveWithObject: true }))
}

/** What sharp cannot read is the sender's to mend. */
async function readable<T>(work: Promise<T>): Promise<T> {
  return work.catch(() => {
    throw new AppError('NOT_AN_IMAGE', `The picture is damaged, or has more than ${MAX_PIXELS / 1e6} million pixels.`)
  })
}

/** Where a picture is kept at a width. */
export function fileOf(dataDir: string, sha256: string, width: Width, format: Format = 'webp'): string {
  return join(dataDir, 'media', sha256.slice(0, 2), `${sha256}-${width}.${format}`)
}

async function writeOnce(file: string, data: Buffer): Promise<void> {
  if (existsSync(file)) return
  await mkdir(dirname(file), { recursive: true })
  await write(file, data)
}

/** Whole or not at all: a reader never sees half a file. */
async function write(file: string, data: Buffer): Promise<void> {
  const temporary = `${file}.${randomUUID()}`
  await writeFile(temporary, data)
  await rename(temporary, file)
}
