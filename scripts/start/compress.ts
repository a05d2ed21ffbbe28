import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'

const compress = promisify(brotliCompress) // as small as it gets, which is what it does unless told otherwise

/** Puts the brotli of each script and style beside it; web/lib/brotli.ts sends it. */
export async function compressStatic(build: string): Promise<void> {
  const files = globSync('static/**/*.{js,css}', { cwd: build })
  await Promise.all(
    files.map(async (file) => writeFile(join(build, `${file}.br`), await compress(await readFile(join(build, file))))),
  )
}
