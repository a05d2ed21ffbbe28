/**
 * `npm run fonts`: makes the two smallest fonts of the dApp of those that npm has. What Latin languages are written with, in the weights
 * that pages use and without the styles that they do not, is half as large; and a sign in a title (80 Ω, 5 μm) no longer fetches
 * all of Greek. Needed again only when Inter or the lists of characters change.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installed } from './bench/packages.ts'

const INTER = 'node_modules/@fontsource-variable/inter'
const FOLDER = 'web/app/fonts'
const SUBSETTER = 'subset-font@2.9.0'
/** Spacing, accents, small differences between languages, and figures of one width for columns. */
const FEATURES = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum']
/** From `font-normal` to `<strong>`. */
const AXES = { wght: { min: 400, max: 700 } }
/** Whose it is, and under which licence: that stays in the file. */
const NAMES = [0, 13, 14]
/** Where each is declared, which says for what characters it is asked for. */
const fonts = [
  { made: 'inter-latin.woff2', of: 'inter-latin-wght-normal.woff2', declaredIn: 'web/app/fonts.ts' },
  { made: 'inter-signs.woff2', of: 'inter-greek-wght-normal.woff2', declaredIn: 'web/app/fonts.css' },
]

type Options = { targetFormat: 'woff2'; keepFeatures: string[]; variationAxes: typeof AXES; preserveNameIds: number[] }
type Subset = (font: Buffer, text: string, options: Options) => Promise<Buffer>

const subsetter = createRequire(join(installed('fonts', [SUBSETTER]), 'package.json')).resolve('subset-font')
const { default: subset } = (await import(pathToFileURL(subsetter).href)) as { default: Subset }
const options: Options = { targetFormat: 'woff2', keepFeatures: FEATURES, variationAxes: AXES, preserveNameIds: NAMES }

for (const { made, of, declaredIn } of fonts) {
  const source = readFileSync(join(INTER, 'files', of))
  const font = await subset(source, charactersOf(rangeAfter(made, readFileSync(declaredIn, 'utf8'))), options)
  writeFileSync(join(FOLDER, made), font)
  console.log(`${FOLDER}/${made}: ${font.length} bytes of ${source.length}`)
}
copyFileSync(join(INTER, 'LICENSE'), join(FOLDER, 'LICENSE.txt'))

/** The `unicode-range` that is declared with a file: Next and CSS want it written where it is used. */
function rangeAfter(file: string, source: string): string {
  const [, range] = new RegExp(`${file}[^]*?(U\\+[0-9A-F][0-9A-FU+, -]*)`).exec(source) ?? []
  if (range === undefined) throw new Error(`there is no unicode-range with ${file}`)
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
