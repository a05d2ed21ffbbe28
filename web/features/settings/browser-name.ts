import { settingsCopy } from './copy.ts'

const browsers: readonly [sign: RegExp, name: string][] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(?:Headless)?Chrom(?:e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly [sign: RegExp, name: string][] = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a browser is called, from what it says of itself; good enough for a person to know it again. */
export function browserName(userAgent: string): string {
  const of = (known: readonly [RegExp, string][]) => known.find(([sign]) => sign.test(userAgent))?.[1]
  const [browser, system] = [of(browsers), of(systems)]
  if (!browser) return settingsCopy.sessions.program
  return system ? settingsCopy.sessions.browserOn(browser, system) : browser
}
