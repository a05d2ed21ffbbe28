import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ImageResponse } from 'next/og'
import sharp from 'sharp'

export const cardSize = { width: 1200, height: 630 }
const PHOTO = 630

/** The font that comes with Next: the image maker reads no variable fonts, and nothing is fetched from elsewhere. */
async function font(): Promise<Buffer> {
  const next = createRequire(join(process.cwd(), 'package.json')).resolve('next/package.json')
  return readFile(join(next, '../dist/compiled/@vercel/og/Geist-Regular.ttf'))
}

let loaded: Promise<Buffer> | undefined

/** A photo as the image maker takes it: it reads PNG, and the API gives WebP. Null if it cannot be had. */
async function photoOf(sha256: string): Promise<string | null> {
  const api = process.env.API_URL ?? 'http://127.0.0.1:4000'
  const answer = await fetch(`${api}/v1/media/${sha256}?w=640`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
  if (!answer?.ok) return null
  const png = await sharp(Buffer.from(await answer.arrayBuffer()))
    .resize(PHOTO, PHOTO, { fit: 'cover' })
    .png()
    .toBuffer()
  return `data:image/png;base64,${png.toString('base64')}`
}

interface CardFacts {
  title: string
  /** Large, below the title: a price. */
  figure?: string
  line: string
  photo?: string | undefined
}

/** The picture that social networks show of a page: what it is about, what it costs, and whose site it is. */
export async function socialCard({ title, figure, line, photo }: CardFacts): Promise<ImageResponse> {
  loaded ??= font()
  const picture = photo ? await photoOf(photo) : null
  const long = title.length > 48
  return new ImageResponse(
    <div style={{ display: 'flex', width: '100%', height: '100%', background: '#f8f6f1', color: '#1d1f1c' }}>
      <div style={{ display: 'flex', flexDirection: 'column', flex: 1, padding: 64, justifyContent: 'space-between' }}>
        <div style={{ display: 'flex', alignItems: 'center', fontSize: 34 }}>
          <div style={{ display: 'flex', width: 44, height: 44, borderRadius: 12, background: '#1f5a48', marginRight: 18 }} />
          Fairhold
        </div>
        <div style={{ display: 'flex', flexDirection: 'column' }}>
          <div style={{ display: 'flex', fontSize: long ? 50 : 64, lineHeight: 1.15, letterSpacing: -1.5, lineClamp: 4 }}>
            {title}
          </div>
          {figure && <div style={{ display: 'flex', fontSize: 54, marginTop: 26, color: '#1f5a48' }}>{figure}</div>}
        </div>
        <div style={{ display: 'flex', fontSize: 28, color: '#5d6059' }}>{line}</div>
      </div>
      {picture && <img src={picture} alt="" width={PHOTO} height={PHOTO} />}
    </div>,
    {
      ...cardSize,
      fonts: [{ name: 'Geist', data: await loaded, style: 'normal', weight: 400 }],
      headers: { 'cache-control': 'public, max-age=3600' },
    },
  )
}
