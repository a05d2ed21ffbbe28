/**
 * `npm run fonts`: makes web/app/fonts/inter-latin.woff2 of Inter: what Latin languages are written with and the signs that turn up in
 * any of them (80 Ω, 5 µm, ≈), in the weights that the dApp has, without the styles that it does not. Half as large as what npm has, and
 * a sign in a title no longer fetches all of Greek. Needed again only when Inter or this list changes.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installed } from './bench/packages.ts'

const FOLDER = 'web/app/fonts'
const USER = 'web/app/fonts.ts'
const INTER = 'inter-ui@4.1.1'
const SUBSETTER = 'subset-font@2.9.0'
/** Spacing, accents, small differences between languages, and figures of one width for columns. */
const FEATURES = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum']
/** From `font-normal` to `<strong>`; its look at text sizes everywhere. */
const AXES = { wght: { min: 400, max: 700 }, opsz: 14 }
/** Whose it is, and under which licence: that stays in the file. */
const NAMES = [0, 13, 14]

type Options = { targetFormat: 'woff2'; keepFeatures: string[]; variationAxes: typeof AXES; preserveNameIds: number[] }
type Subset = (font: Buffer, text: string, options: Options) => Promise<Buffer>

const home = installed('fonts', [INTER, SUBSETTER])
const inter = join(home, 'node_modules/inter-ui')
const subsetter = createRequire(join(home, 'package.json')).resolve('subset-font')
const { default: subset } = (await import(pathToFileURL(subsetter).href)) as { default: Subset }

const options: Options = { targetFormat: 'woff2', keepFeatures: FEATURES, variationAxes: AXES, preserveNameIds: NAMES }
const made = await subset(
  readFileSync(join(inter, 'variable/InterVariable.woff2')),
  charactersOf(rangeIn(readFileSync(USER, 'utf8'))),
  options,
)
writeFileSync(join(FOLDER, 'inter-latin.woff2'), made)
copyFileSync(join(inter, 'LICENSE.txt'), join(FOLDER, 'LICENSE.txt'))
console.log(`${FOLDER}/inter-latin.woff2: ${made.length} bytes`)

/** The `unicode-range` of a font: Next wants it written where it is used. */
function rangeIn(source: string): string {
  const [range] = /U\+[0-9A-F]+[^']*/.exec(source) ?? []
  if (range === undefined) throw new Error(`${USER} names no unicode-range`)
  return range
}

/** All characters of a `unicode-range`. */
function charactersOf(range: string): string {
  const codes = range.split(', ').flatMap((part) => {
    const [first = 0, last = first] = part
      .slice('U+'.length)
      .split('-')
      .map((hex) => Number.parseInt(hex, 16))
    return Array.from({ length: last - first + 1 }, (_, at) => first + at)
  })
  return String.fromCodePoint(...codes)
}
