import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const BEAT_MS = 2_000
const DEAD_MS = 10_000 // a claim not renewed for this long is of a process that was killed, whoever has its number now

/**
 * Claims the folder for this process: two Fairholds on the same data would ruin it. Returns what gives it back.
 * Throws, naming the process, while another has it.
 */
export function claimData(dataDir: string): () => void {
  const file = join(dataDir, 'running.pid')
  mkdirSync(dataDir, { recursive: true })
  const holder = holderOf(file)
  if (holder !== undefined) {
    throw new Error(
      `Another Fairhold (process ${holder}) is using the data in ${dataDir}. Stop it, or set DATA_DIR to another folder.`,
    )
  }
  rmSync(file, { force: true })
  writeFileSync(file, String(process.pid), { flag: 'wx' })
  const beat = setInterval(() => renew(file), BEAT_MS).unref()
  return () => {
    clearInterval(beat)
    rmSync(file, { force: true })
  }
}

/** The process that has the claim, or undefined where there is none or it is dead. */
function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid === process.pid || Date.now() - statSync(file).mtimeMs > DEAD_MS) return undefined
    return isAlive(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function renew(file: string): void {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch {
    // the folder was removed under us; there is nothing left to claim
  }
}
