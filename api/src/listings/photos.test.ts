import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { ada, bruno } from '@fairhold/protocol/dev-accounts'
import sharp from 'sharp'
import { insertChoices, insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { prepared } from './photos.ts'
import { MOST_UNUSED, sweepPhotos } from './unused-photos.ts'

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
    for (const w of [320, 640, 1024]) {
      for (const f of ['webp', 'avif']) {
        const { body: bytes, headers } = await seller.get(`/v1/media/${body.sha256}?w=${w}&f=${f}`)
        assert.equal(headers['content-type'], `image/${f}`)
        const { compression, format, width } = await sharp(bytes).metadata()
        assert.deepEqual([width, compression ?? format], [w, f === 'avif' ? 'av1' : 'webp'])
      }
    }
    assert.equal((await seller.get(`/v1/media/${body.sha256}?w=320&f=svg`)).status, 400)
    assert.equal((await seller.get(`/v1/media/${body.sha256}?w=500`)).status, 400)
  })

  test('asked for by many at once is made once, and all get the same', async () => {
    const { body } = await upload(await picture(900, 901).jpeg().toBuffer())
    const answers = await Promise.all(Array.from({ length: 8 }, () => seller.get(`/v1/media/${body.sha256}?w=320&f=avif`)))
    assert.deepEqual(new Set(answers.map(({ body: bytes }) => bytes.toString('base64'))).size, 1)
    await prepared()
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
    const { status, body } = await upload(Buffer.alloc(12 * 1024 * 1024 + 1, 0xff))
    assert.deepEqual([status, body.code], [413, 'TOO_LARGE'])
  })

  test('and a visitor sends none', async () => {
    const { status } = await new Visitor(market.app).upload('/v1/listings/photos', await picture(8, 8).png().toBuffer())
    assert.equal(status, 401)
  })

  const png = () => picture(32, 32).png().toBuffer()
  const jpeg = () => picture(32, 32).jpeg().toBuffer()
  const hidden = '<script>alert(1)</script><?php system($_GET[0]); ?>'
  const polyglots: [name: string, make: () => Promise<Buffer>][] = [
    ['HTML behind a PNG', async () => Buffer.concat([await png(), Buffer.from(hidden)])],
    ['a program in the comment of a JPEG', async () => comment(await jpeg(), hidden)],
    ['an archive behind a JPEG', async () => Buffer.concat([await jpeg(), Buffer.from('PK\x03\x04'), Buffer.from(hidden)])],
    ['a chunk of text in a PNG', async () => textChunk(await png(), hidden)],
    ['ten megabytes behind a PNG', async () => Buffer.concat([await png(), Buffer.alloc(10 * 1024 * 1024, hidden)])],
  ]
  for (const [name, make] of polyglots) {
    test(`${name} comes out as the picture alone`, async () => {
      const { status, body } = await upload(await make())
      assert.equal(status, 201, JSON.stringify(body))
      for (const query of ['w=1600', 'w=320', 'w=320&f=avif']) {
        const kept = await seller.get(`/v1/media/${body.sha256}?${query}`)
        assert.ok(!kept.body.includes('<script>') && !kept.body.includes('<?php') && !kept.body.includes('PK\x03\x04'), query)
        assert.ok(kept.body.length < 10_000, query)
        assert.equal(kept.headers['x-content-type-options'], 'nosniff')
      }
    })
  }

  const bombs: [name: string, make: () => Promise<Buffer> | Buffer][] = [
    ['a PNG that says it is 60,000 pixels wide', async () => resized(await png(), 60_000)],
    ['a PNG that says it has no pixels', async () => resized(await png(), 0)],
    ['a PNG of 400 MB behind 400 kB', () => picture(10_000, 10_000, 4).png({ compressionLevel: 9 }).toBuffer()],
    ['an AVIF without a picture', () => Buffer.from('\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B\0\0\0\x08mdat', 'latin1')],
    ['a WebP whose parts are longer than it is', () => Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\x7f', 'latin1')],
    ['a PDF before a JPEG', async () => Buffer.concat([Buffer.from('%PDF-1.7\n'), await jpeg()])],
    ['an SVG with a JPEG inside', () => Buffer.from(`<?xml version="1.0"?>${svg}`)],
  ]
  for (const [name, make] of bombs) {
    test(`${name} is refused without taking the memory`, async () => {
      const before = process.memoryUsage.rss()
      const { status, body } = await upload(await make())
      assert.deepEqual([status, body.code], [422, 'NOT_AN_IMAGE'], JSON.stringify(body))
      assert.ok(process.memoryUsage.rss() - before < 300e6, `${(process.memoryUsage.rss() - before) / 1e6} MB more`)
    })
  }

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

/** The JPEG with a comment behind its first mark. */
function comment(jpeg: Buffer, text: string): Buffer {
  const size = Buffer.alloc(2)
  size.writeUInt16BE(text.length + 2)
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe]), size, Buffer.from(text), jpeg.subarray(2)])
}

const HEADER_END = 33 // of a PNG: eight bytes of signature, and the chunk IHDR

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function textChunk(png: Buffer, text: string): Buffer {
  return Buffer.concat([png.subarray(0, HEADER_END), chunk('tEXt', Buffer.from(`Comment\0${text}`)), png.subarray(HEADER_END)])
}

/** The PNG saying that it is so many pixels wide and high. */
function resized(png: Buffer, side: number): Buffer {
  const header = Buffer.from(png.subarray(16, 29))
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', header), png.subarray(HEADER_END)])
}

describe('many pictures', () => {
  const stored = async (side: number) => (await upload(await picture(side, side).jpeg().toBuffer())).body.sha256 as string
  const isThere = async (sha256: string) => (await seller.get(`/v1/media/${sha256}?w=1600`)).status === 200
  const age = (sha256s: readonly string[]) =>
    market.context.db.media.updateMany({
      where: { sha256: { in: [...sha256s] } },
      data: { uploadedAt: new Date(Date.now() - 4 * 86_400_000) },
    })

  test('that are asked for at once are not all made at once: some are answered with what is there, for now', async () => {
    const names: string[] = []
    for (let n = 0; n < 16; n += 1) names.push(await stored(1_100 + n))
    await prepared()
    const visitor = new Visitor(market.app)
    const ask = (sha256: string) => visitor.get(`/v1/media/${sha256}?w=1024&f=avif`)
    const answers = await Promise.all(names.map(ask))
    const types = answers.map(({ status, headers }) => `${status} ${headers['content-type']} ${headers['cache-control']}`)
    const made = types.filter((type) => type.startsWith('200 image/avif public')).length
    const instead = types.filter((type) => type === '200 image/webp no-store').length
    assert.ok(made >= 10 && instead > 0 && made + instead === names.length, types.join())
    const later = await Promise.all(names.slice(8).map(ask))
    assert.ok(
      later.every(({ headers }) => headers['content-type'] === 'image/avif'),
      'and later with what was asked for',
    )
  })

  test('that nothing shows are deleted after some days, with their files; what a listing or a draft shows stays', async () => {
    const [unused, fresh, listed, inOldListing, drafted] = [
      await stored(201),
      await stored(202),
      await stored(203),
      await stored(204),
      await stored(205),
    ]
    await prepared()
    await insertChoices(market.context, ada, { content: { photos: [{ sha256: listed, alt: '' }] } })
    await insertSomeListing(market.context, ada, { content: { photos: [inOldListing] } })
    await seller.send('POST', '/v1/drafts', { form: { title: 'A lamp', photos: [{ sha256: drafted, alt: '' }] } })
    await age([unused, listed, inOldListing, drafted])
    assert.ok((await sweepPhotos(market.context)) >= 1)
    const left = await Promise.all([unused, fresh, listed, inOldListing, drafted].map(isThere))
    assert.deepEqual(left, [false, true, true, true, true])
    assert.equal(await market.context.db.media.count({ where: { sha256: unused } }), 0)
    await age([fresh])
    assert.equal(await stored(202), fresh)
    assert.equal(await sweepPhotos(market.context), 0, 'who uploads it again has the days again')
  })

  test('are refused where too many are there that nothing shows', async () => {
    const owner = bruno.address.toLowerCase()
    const other = await signedIn(market.app, bruno)
    const rows = Array.from({ length: MOST_UNUSED }, (_, n) => ({
      sha256: String(n).padStart(64, 'e'),
      owner,
      width: 1,
      height: 1,
      bytes: 1,
      mime: 'image/webp',
    }))
    await market.context.db.media.createMany({ data: rows })
    const file = await picture(60, 60).jpeg().toBuffer()
    const { status, body } = await other.upload('/v1/listings/photos', file)
    assert.deepEqual([status, body.code], [409, 'PICTURES_FULL'])
    await insertSomeListing(market.context, bruno, { content: { photos: [rows[0]?.sha256 ?? ''] } })
    assert.equal((await other.upload('/v1/listings/photos', file)).status, 201)
  })
})
