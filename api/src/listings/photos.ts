import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import type { Photo } from './contract.ts'
import { formatOf } from './photo-format.ts'

/** Bytes of an upload. */
export const MAX_UPLOAD = 8 * 1024 * 1024
export const widths = [320, 640, 1600] as const
export type Width = (typeof widths)[number]

const MAX_PIXELS = 50_000_000 // a bomb unpacks to far more; a phone's camera stays below
const MAX_SIDE = 1600
const QUALITY = 82
const TIMEOUT_SECONDS = 15

/**
 * Takes a picture by its content, whatever it is called: turned upright, made smaller, without metadata (such as where it
 * was taken), as WebP. Its id is the hash of what is kept.
 */
export async function storePhoto({ db, env }: Context, account: Account, upload: Buffer): Promise<Photo> {
  const { data, info } = await reencode(upload)
  const sha256 = createHash('sha256').update(data).digest('hex')
  await writeOnce(fileOf(env.dataDir, sha256, 1600), data)
  const { width, height } = info
  await db.media.createMany({
    data: { sha256, owner: account.address, width, height, bytes: data.length, mime: 'image/webp' },
    skipDuplicates: true,
  })
  return { sha256, width, height }
}

/** The picture at a width, made when first asked for. @throws AppError NOT_FOUND */
export async function readPhoto({ env }: Context, sha256: string, width: Width): Promise<Buffer> {
  const original = fileOf(env.dataDir, sha256, 1600)
  if (!existsSync(original)) throw new AppError('NOT_FOUND', 'There is no such picture.')
  const file = fileOf(env.dataDir, sha256, width)
  if (!existsSync(file)) {
    const smaller = await sharp(original).resize({ width, withoutEnlargement: true }).webp({ quality: QUALITY }).toBuffer()
    await writeOnce(file, smaller)
  }
  return readFile(file)
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
export function fileOf(dataDir: string, sha256: string, width: Width): string {
  return join(dataDir, 'media', sha256.slice(0, 2), `${sha256}-${width}.webp`)
}

/** Whole or not at all: a reader never sees half a file. */
async function writeOnce(file: string, data: Buffer): Promise<void> {
  if (existsSync(file)) return
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${randomUUID()}`
  await writeFile(temporary, data)
  await rename(temporary, file)
}
