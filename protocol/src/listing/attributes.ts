import type { Category } from './vocabulary.ts'

/** What kind of value an attribute has. A number is written in digits, with a point, in its unit. */
export type AttributeKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'number'; readonly unit: string; readonly min: number; readonly max: number; readonly decimals: number }

/** A property that things of a category have, such as the frame size of a bicycle. Leaving it out is always allowed. */
export type Attribute = AttributeKind & { readonly key: string }

const text = (key: string): Attribute => ({ key, kind: 'text' })
const choice = (key: string, choices: string): Attribute => ({ key, kind: 'choice', choices: choices.split(' ') })
const number = (key: string, unit: string, max: number, decimals = 0): Attribute => {
  return { key, kind: 'number', unit, min: 0, max, decimals }
}

const brand = text('brand')
const model = text('model')
const material = text('material')
const size = text('size')
const color = choice('color', 'black white grey silver gold brown beige red orange yellow green blue purple pink multi')
const year: Attribute = { key: 'year', kind: 'number', unit: '', min: 1800, max: 2100, decimals: 0 }
const weight = number('weight', 'kg', 1_000, 2)
const memory = number('memory', 'GB', 4_096)
const storage = number('storage', 'GB', 200_000)
const screen = number('screen', 'in', 120, 1)

/** The attributes of each category, in the order in which a form asks for them. At most twelve. */
export const attributesOf: Readonly<Record<Category, readonly Attribute[]>> = {
  cameras: [
    choice('type', 'mirrorless slr rangefinder compact instant medium-format action video lens flash accessory other'),
    ...[brand, model, text('mount')],
    choice('format', 'full-frame aps-c micro-four-thirds one-inch medium-format film-35mm film-120 instant other'),
    number('resolution', 'MP', 400, 1),
    number('shutter', '', 10_000_000),
    ...[color, year],
  ],
  bicycles: [
    choice('type', 'road gravel mountain city touring track electric folding cargo kids frame part other'),
    ...[brand, model, number('frame', 'cm', 80, 1)],
    choice('wheel', '12 16 18 20 24 26 27.5 28 29'),
    number('gears', '', 36),
    choice('frame-material', 'steel aluminium carbon titanium other'),
    choice('brakes', 'rim disc-mechanical disc-hydraulic coaster other'),
    ...[weight, color, year],
  ],
  audio: [
    choice('type', 'headphones earphones speakers amplifier receiver turntable cd-player cassette microphone recorder other'),
    ...[brand, model],
    choice('connection', 'wired bluetooth wi-fi several'),
    number('power', 'W', 10_000),
    ...[color, year],
  ],
  computers: [
    choice('type', 'laptop desktop tablet monitor keyboard mouse component network printer accessory other'),
    ...[brand, model, text('processor'), memory, storage, screen, text('graphics')],
    choice('layout', 'us uk de fr es pt it nordic other'),
    ...[color, year],
  ],
  phones: [
    choice('type', 'smartphone feature-phone smartwatch accessory other'),
    ...[brand, model, storage, memory],
    choice('network', 'unlocked locked'),
    number('battery', '%', 100),
    ...[screen, color, year],
  ],
  home: [
    choice('type', 'furniture lighting kitchen tableware decoration textile appliance garden tool other'),
    ...[brand, material, number('width', 'cm', 2_000, 1), number('height', 'cm', 2_000, 1), number('depth', 'cm', 2_000, 1)],
    ...[weight, color, year],
  ],
  fashion: [
    choice('type', 'coat jacket dress suit shirt trousers skirt knitwear shoes bag jewellery watch accessory other'),
    choice('department', 'women men unisex girls boys baby'),
    ...[brand, size, material, color],
  ],
  instruments: [
    choice('type', 'guitar bass keys piano synthesizer drums strings brass woodwind studio accessory other'),
    ...[brand, model],
    choice('hand', 'right left both'),
    ...[material, color, year],
  ],
  'books-games': [
    choice('type', 'book comic magazine board-game card-game video-game puzzle music film other'),
    ...[text('author'), text('publisher'), text('platform'), text('isbn'), text('players')],
    choice('binding', 'hardcover paperback spiral digital'),
    choice('spoken', 'en de fr es pt it nl other'),
    ...[text('edition'), year],
  ],
  outdoor: [
    choice('type', 'tent sleeping-bag mat backpack climbing skiing water fishing cooking clothing navigation other'),
    ...[brand, model, size, number('persons', '', 20)],
    number('volume', 'l', 500, 1),
    ...[weight, material, color, year],
  ],
}

/** The attribute of a category by its key, or undefined. */
export function attributeOf(category: Category, key: string): Attribute | undefined {
  return attributesOf[category].find((attribute) => attribute.key === key)
}

/** What is wrong with a value, as the end of a sentence; null if nothing is. */
export function attributeProblem(attribute: Attribute, value: string): string | null {
  if (attribute.kind === 'text') return null
  if (attribute.kind === 'choice') {
    return attribute.choices.includes(value) ? null : `is none of ${attribute.choices.join(', ')}`
  }
  const { decimals, max, min } = attribute
  const form = decimals === 0 ? /^(0|[1-9]\d*)$/ : new RegExp(`^(0|[1-9]\\d*)(\\.\\d{0,${decimals - 1}}[1-9])?$`)
  if (!form.test(value)) return decimals === 0 ? 'is not a whole number' : `is not a number with at most ${decimals} decimals`
  return Number(value) >= min && Number(value) <= max ? null : `is not from ${min} to ${max}`
}
