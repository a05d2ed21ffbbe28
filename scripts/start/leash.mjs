// Preloaded into every process the launcher starts: when the launcher is gone, however it went, its end of our standard
// input closes, and we go too, with whatever we started ourselves.
import { isMainThread } from 'node:worker_threads'

function go() {
  try {
    process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGTERM')
  } catch {
    process.kill(process.pid, 'SIGTERM') // not the first of its group
  }
}

if (isMainThread) {
  process.stdin.on('error', go)
  process.stdin.on('end', go)
  process.stdin.resume()
  process.stdin.unref?.()
}
