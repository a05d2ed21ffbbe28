import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { keepScreenshots, launchBrowser, newPerson, type Person } from './browser.ts'
import { type Stack, startStack } from './stack.ts'

/** All of Fairhold with a browser, for the tests of one suite. */
export interface Site {
  readonly stack: Pick<Stack, 'origin' | 'apiUrl' | 'rpcUrl' | 'dataDir'>
  readonly browser: Browser
  /** Somebody with a browser of their own. */
  person: (name: string) => Promise<Person>
  /** A test that keeps what everybody saw when it fails. */
  journey: (name: string, run: () => Promise<void>) => void
  /** What pages of these people threw, and asked of other machines, while they were used. */
  complaints: () => string[]
}

/** To be called in a suite: starts a site before its tests, then `prepare`s it, and takes it down after them. */
export function openSite(prepare: () => Promise<unknown> = async () => undefined): Site {
  const people: Person[] = []
  let stack: Stack | undefined
  let browser: Awaited<ReturnType<typeof launchBrowser>> | undefined
  const opened = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the site is not open yet')
    return part
  }
  const site: Site = {
    // There before it runs, so that a suite can take it apart at once.
    stack: {
      get origin() {
        return opened(stack).origin
      },
      get apiUrl() {
        return opened(stack).apiUrl
      },
      get rpcUrl() {
        return opened(stack).rpcUrl
      },
      get dataDir() {
        return opened(stack).dataDir
      },
    },
    get browser() {
      return opened(browser).browser
    },
    person: async (name) => {
      const person = await newPerson(site.browser, name, site.stack.origin)
      people.push(person)
      return person
    },
    journey: (name, run) =>
      test(name, async () => {
        try {
          await run()
        } catch (error) {
          await keepScreenshots(people, name)
          throw error
        }
      }),
    complaints: () => people.flatMap(({ complaints }) => [...complaints.errors, ...complaints.foreign]),
  }
  before(async () => {
    stack = await startStack()
    browser = await launchBrowser()
    await prepare()
  })
  after(async () => {
    await browser?.close()
    await stack?.stop()
  })
  return site
}
