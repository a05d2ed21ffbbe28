import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import { compressStatic } from './compress.ts'

test('each script and style of a build gets its brotli, and nothing else does', async () => {
  const build = mkdtempSync(join(tmpdir(), 'fairhold-compress-'))
  try {
    mkdirSync(join(build, 'static/chunks'), { recursive: true })
    mkdirSync(join(build, 'static/media'))
    for (const file of ['static/chunks/a.js', 'static/chunks/a.css', 'static/media/a.woff2', 'server.js']) {
      writeFileSync(join(build, file), 'words '.repeat(500))
    }
    await compressStatic(build)
    for (const file of ['static/chunks/a.js', 'static/chunks/a.css']) {
      assert.deepEqual(brotliDecompressSync(readFileSync(join(build, `${file}.br`))), readFileSync(join(build, file)))
    }
    assert.ok(!existsSync(join(build, 'static/media/a.woff2.br')))
    assert.ok(!existsSync(join(build, 'server.js.br')))
  } finally {
    rmSync(build, { recursive: true })
  }
})
