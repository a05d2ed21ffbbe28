import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { usageOf } from './usage.ts'

const BURNT_SECONDS = 0.3
const HELD_MB = 100

test('a process is charged with what its children use, and used before they ended', {
  skip: process.platform !== 'linux',
}, async () => {
  const burn = `const end = process.cpuUsage().user + ${BURNT_SECONDS * 1e6}; while (process.cpuUsage().user < end);`
  const hold = `globalThis.held = Buffer.alloc(${HELD_MB * 1e6}, 1); console.log(1); setInterval(() => {}, 1000)`
  const parent = `const { spawn, spawnSync } = require('node:child_process')
    spawnSync(process.execPath, ['-e', ${JSON.stringify(burn)}])
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(hold)}], { stdio: ['ignore', 'inherit', 'inherit'] })
    process.on('SIGTERM', () => { child.kill(); process.exit() })`
  const child = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(child.stdout, 'data') // the first child has ended, the second holds its memory
    const { cpuSeconds, peakBytes } = usageOf(child.pid ?? 0)
    assert.ok(cpuSeconds >= BURNT_SECONDS, `${cpuSeconds} s`)
    assert.ok(peakBytes > HELD_MB * 1e6 + 2 * 30e6, `${peakBytes} bytes: two Nodes and what one of them holds`)
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  assert.deepEqual(usageOf(child.pid ?? 0), { cpuSeconds: 0, peakBytes: 0 })
})
