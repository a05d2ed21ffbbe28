import fs from 'node:fs'
import path from 'node:path'

const PAUSE_MS = 300
const UNCLAIMED_MS = 5000 // a lock without an owner's number is a crash between two calls, or one just being made

/** Lets one set-up run at a time in this clone, also after a crash. Returns what gives the lock back. */
export function takeLock(folder, onWait) {
  const lock = path.join(folder, 'lock')
  fs.mkdirSync(folder, { recursive: true })
  for (let told = false; ; told = true) {
    if (tryMake(lock)) return () => fs.rmSync(lock, { recursive: true, force: true })
    if (isStale(lock)) {
      fs.rmSync(lock, { recursive: true, force: true })
      continue
    }
    if (!told) onWait()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
  }
}

function tryMake(lock) {
  try {
    fs.mkdirSync(lock)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  fs.writeFileSync(path.join(lock, 'pid'), String(process.pid))
  return true
}

function isStale(lock) {
  try {
    process.kill(Number(fs.readFileSync(path.join(lock, 'pid'), 'utf8')), 0)
    return false
  } catch (error) {
    if (error.code === 'EPERM') return false
    if (error.code !== 'ENOENT') return true
    return fs.existsSync(lock) && Date.now() - fs.statSync(lock).ctimeMs > UNCLAIMED_MS
  }
}
