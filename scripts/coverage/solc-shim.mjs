#!/usr/bin/env node
// Speaks like the native compiler, which forge wants to call, and compiles with the one from npm.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const solc = createRequire(new URL('../../package.json', import.meta.url))('solc')
if (process.argv.includes('--version')) {
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++')
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version}`)
} else {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')))
}
