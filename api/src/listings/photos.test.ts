import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno } from '@fairhold/protocol/dev-accounts'
import sharp from 'sharp'
import { type Market, startMarket } from '../../test/support/market.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

let market: Market
let seller: Visitor
before(async () => {
  market = await startMarket()
  seller = await signedIn(market.app, ada)
})
after(() => market?.stop())

const picture = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 120, b: 40, alpha: 1 } } })
const upload = (file: Buffer, name?: string) => seller.upload('/v1/listings/photos', file, name)

describe('a picture', () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    test(`as ${format} is kept as WebP and named by what is kept`, async () => {
      const { status, body } = await upload(await picture(400, 300).toFormat(format).toBuffer(), 'holiday.exe')
      assert.equal(status, 201, JSON.stringify(body))
      assert.deepEqual([body.width, body.height], [400, 300])
      const kept = await new Visitor(market.app).get(`/v1/media/${body.sha256}?w=1600`)
      assert.equal(kept.headers['content-type'], 'image/webp')
      assert.match(String(kept.headers['cache-control']), /immutable/)
      assert.equal(kept.body.toString('latin1', 8, 12), 'WEBP')
    })
  }

  test('is made no larger than 1600 pixels, and smaller when asked for', async () => {
    const { body } = await upload(await picture(3200, 800).jpeg().toBuffer())
    assert.deepEqual([body.width, body.height], [1600, 400])
    for (const w of [320, 640]) {
      const { body: bytes } = await seller.get(`/v1/media/${body.sha256}?w=${w}`)
      assert.equal((await sharp(bytes).metadata()).width, w)
    }
    assert.equal((await seller.get(`/v1/media/${body.sha256}?w=500`)).status, 400)
  })

  test('loses its metadata, but is turned upright first', async () => {
    const exif = { IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitude: '51/1 3/1 0/1' } }
    const { body } = await upload(await picture(300, 200).withExif(exif).withMetadata({ orientation: 6, exif }).jpeg().toBuffer())
    assert.deepEqual([body.width, body.height], [200, 300])
    const { body: bytes } = await seller.get(`/v1/media/${body.sha256}?w=1600`)
    const metadata = await sharp(bytes).metadata()
    assert.deepEqual([metadata.exif, metadata.orientation], [undefined, undefined])
    assert.ok(!bytes.includes('somebody'))
  })

  test('that is the same is the same, whoever brings it', async () => {
    const file = await picture(64, 64).png().toBuffer()
    const other = await signedIn(market.app, bruno)
    const [first, second] = [await upload(file), await other.upload('/v1/listings/photos', file)]
    assert.deepEqual(first.body, second.body)
    const { owner } = await market.context.db.media.findUniqueOrThrow({ where: { sha256: first.body.sha256 } })
    assert.equal(owner, ada.address.toLowerCase())
  })
})

describe('what is no picture is refused', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
  const files: [name: string, make: () => Promise<Buffer> | Buffer][] = [
    ['text', () => Buffer.from('not a picture')],
    ['nothing', () => Buffer.alloc(0)],
    ['SVG', () => Buffer.from(svg)],
    ['HTML that begins as a GIF', () => Buffer.from('GIF89a/*<script>alert(1)</script>*/=1')],
    ['GIF', () => picture(8, 8).gif().toBuffer()],
    ['a JPEG that breaks off', async () => (await picture(900, 900).jpeg().toBuffer()).subarray(0, 900)],
    ['three bytes of a JPEG', () => Buffer.from([0xff, 0xd8, 0xff])],
    ['HTML behind a JPEG mark', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('<script>alert(1)</script>')])],
    ['a PNG of more pixels than memory', () => picture(9000, 9000).png({ compressionLevel: 9 }).toBuffer()],
    ['a WebP that moves', () => moving()],
  ]
  for (const [name, make] of files) {
    test(`${name}`, async () => {
      const { status, body } = await upload(await make())
      assert.deepEqual([status, body.code], [422, 'NOT_AN_IMAGE'], JSON.stringify(body))
    })
  }

  test('nor is one that is too large to send', async () => {
    const { status, body } = await upload(Buffer.alloc(8 * 1024 * 1024 + 1, 0xff))
    assert.deepEqual([status, body.code], [413, 'TOO_LARGE'])
  })

  test('and a visitor sends none', async () => {
    const { status } = await new Visitor(market.app).upload('/v1/listings/photos', await picture(8, 8).png().toBuffer())
    assert.equal(status, 401)
  })

  test('a picture behind which HTML hides comes out clean', async () => {
    const file = Buffer.concat([await picture(32, 32).png().toBuffer(), Buffer.from('<script>alert(1)</script>')])
    const { body } = await upload(file)
    const kept = await seller.get(`/v1/media/${body.sha256}?w=1600`)
    assert.ok(!kept.body.includes('<script>'))
  })

  async function moving(): Promise<Buffer> {
    const frames = await Promise.all(
      [0, 255].map((r) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background: { r, g: 0, b: 0 } } })
          .png()
          .toBuffer(),
      ),
    )
    return sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
  }
})
