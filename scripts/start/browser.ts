import { spawn } from 'node:child_process'

/** Opens the page for a person at a screen; not in CI, not without a terminal, not when FAIRHOLD_NO_OPEN is set. */
export function openBrowser(url: string): void {
  const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
  if (!process.stdout.isTTY || process.env.CI || process.env.FAIRHOLD_NO_OPEN || headless) return
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
