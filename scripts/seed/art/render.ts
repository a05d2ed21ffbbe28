/**
 * Draws the demo pictures again: `node scripts/seed/art/render.ts [name…]` writes ../photos/<name>.webp.
 * The results are committed; run this only after changing a drawing.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { pictures } from './pictures.ts'

const target = new URL('../photos/', import.meta.url)
const wanted = new Set(process.argv.slice(2))
const LIMIT_BYTES = 150_000

await mkdir(target, { recursive: true })
for (const { name, svg } of pictures()) {
  if (wanted.size > 0 && !wanted.has(name)) continue
  let quality = 86
  let image = await encode(svg, quality)
  while (image.length > LIMIT_BYTES && quality > 50) {
    quality -= 6
    image = await encode(svg, quality)
  }
  await writeFile(new URL(`${name}.webp`, target), image)
  console.log(`${name}.webp ${Math.round(image.length / 1000)} kB, quality ${quality}`)
}

function encode(svg: string, quality: number): Promise<Buffer> {
  return sharp(Buffer.from(svg)).resize(1600, 1200).webp({ quality, effort: 5 }).toBuffer()
}
