import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import type { Photo } from './contract.ts'

/** Bytes of an upload. */
export const MAX_UPLOAD = 8 * 1024 * 1024
export const widths = [320, 640, 1600] as const
export type Width = (typeof widths)[number]

const MAX_PIXELS = 50_000_000 // a bomb unpacks to far more; a phone's camera stays below
const MAX_SIDE = 1600
const FORMATS = new Set(['jpeg', 'png', 'webp', 'heif']) // heif is how AVIF shows itself
const QUALITY = 82

/**
 * Takes a picture by its content, whatever it is called: turned upright, made smaller, without metadata (such as where it
 * was taken), as WebP. Its id is the hash of what is kept.
 */
export async function storePhoto({ db, env }: Context, account: Account, upload: Buffer): Promise<Photo> {
  const { data, info } = await reencode(upload)
  const sha256 = createHash('sha256').update(data).digest('hex')
  await writeOnce(fileOf(env.dataDir, sha256, 1600), data)
  await db.media.createMany({
    data: { sha256, owner: account.address, width: info.width, height: info.height, bytes: data.length, mime: 'image/webp' },
    skipDuplicates: true,
  })
  return { sha256, width: info.width, height: info.height }
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
  try {
    const image = sharp(upload, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    const { format, pages } = await image.metadata()
    if (!FORMATS.has(format ?? '') || (pages ?? 1) > 1) throw new Error('format')
    return await image.rotate().resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true }).webp({ quality: QUALITY }).toBuffer({ resolveWithObject: true })
  } catch {
    throw new AppError('NOT_AN_IMAGE', 'The file is not a JPEG, PNG, WebP or AVIF picture, is damaged, or has too many pixels.')
  }
}

function fileOf(dataDir: string, sha256: string, width: Width): string {
  return join(dataDir, 'media', sha256.slice(0, 2), `${sha256}-${width}.webp`)
}

/** Whole or not at all: a reader never sees half a file. */
async function writeOnce(file: string, data: Buffer): Promise<void> {
  if (existsSync(file)) return
  await mkdir(join(file, '..'), { recursive: true })
  const temporary = `${file}.${randomUUID()}`
  await writeFile(temporary, data)
  await rename(temporary, file)
}
