/** Pictures of the demo market in other colours: `node scripts/seed/art/variants.ts` writes them anew after the pictures were drawn. */
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

interface Variant {
  name: string
  from: string
  /** Degrees on the circle of colours. */
  hue: number
}

const things: readonly [from: string, ...hues: number[]][] = [
  ['bicycle-1', 140, 260],
  ['camera-1', 200, 90],
  ['coat-1', 150, 320],
  ['phone-1', 120, 230],
  ['guitar-1', 40, 200],
  ['headphones-1', 160, 280],
  ['keyboard-1', 120, 240],
  ['lamp-1', 100, 210],
  ['lens-1', 60, 180],
  ['synth-1', 130, 250],
  ['tea-1', 80, 190],
  ['tent-1', 110, 220],
  ['turntable-1', 150, 300],
  ['board-game-1', 100, 200],
]

/** `bicycle-a` and `bicycle-b`, and so on. */
export const variants: readonly Variant[] = things.flatMap(([from, ...hues]) =>
  hues.map((hue, index) => ({ name: `${from.slice(0, -2)}-${'ab'[index]}`, from, hue })),
)

async function write(): Promise<void> {
  const folder = new URL('../photos/', import.meta.url)
  for (const { name, from, hue } of variants) {
    const picture = sharp(fileURLToPath(new URL(`${from}.webp`, folder)))
      .resize(1200)
      .modulate({ hue, saturation: 0.9 })
    await picture.webp({ quality: 74 }).toFile(fileURLToPath(new URL(`${name}.webp`, folder)))
  }
}

if (import.meta.main) await write()
