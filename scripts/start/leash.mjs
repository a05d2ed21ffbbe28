// Preloaded into every process the launcher starts: when the launcher is gone, however it went, its end of our standard
// input closes, and we go too, with whatever we started ourselves.
process.stdin.on('error', () => undefined)
process.stdin.on('end', () => {
  try {
    process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGTERM')
  } catch {
    process.kill(process.pid, 'SIGTERM')
  }
})
process.stdin.resume()
process.stdin.unref?.()
