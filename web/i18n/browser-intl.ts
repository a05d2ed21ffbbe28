import {
  cloneElement,
  createContext,
  createElement,
  isValidElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useMemo,
} from 'react'
import formatMessage from 'use-intl/format-message'

/**
 * What browsers get in place of next-intl (next.config.ts): the parts of it that the dApp uses, which is a quarter of its code. The
 * server keeps next-intl itself, and both format by the same function, so that they write the same. `browser-intl.test.ts` compares them.
 */
type Texts = { [key: string]: unknown }
type Values = Record<string, unknown>
interface Setting {
  locale: string
  timeZone?: string | undefined
  messages?: Texts | undefined
}

const Context = createContext<Setting | null>(null)

/** Hands language and words to what is below; what it is not given stays as it is above. */
export function IntlProvider({ children, locale, timeZone, messages }: Setting & { children?: ReactNode }) {
  const above = useContext(Context)
  const value = useMemo(
    () => ({ locale, timeZone: timeZone ?? above?.timeZone, messages: messages ?? above?.messages }),
    [locale, timeZone, messages, above],
  )
  return createElement(Context.Provider, { value }, children)
}

export { IntlProvider as NextIntlClientProvider }

function useSetting(): Setting {
  const setting = useContext(Context)
  if (!setting) throw new Error('words need a NextIntlClientProvider above them')
  return setting
}

export const useLocale = (): string => useSetting().locale
export const useTimeZone = (): string | undefined => useSetting().timeZone
export const useMessages = (): Texts => useSetting().messages ?? {}

/** A translator of one module, or of a part of it: `t('key', values)`, `t.rich` for markup, `t.has`. */
export function useTranslations(space?: string) {
  const setting = useSetting()
  return useMemo(() => translator(setting, space), [setting, space])
}

const kept = new Map<string, unknown>()

/** Making an `Intl` object takes long, so each is made once. */
function once<Made>(kind: string, make: (locale?: string, options?: object) => Made) {
  return (locale?: string, options?: object): Made => {
    const key = kind + locale + JSON.stringify(options)
    if (!kept.has(key)) kept.set(key, make(locale, options))
    return kept.get(key) as Made
  }
}

const formatters = {
  getNumberFormat: once('number', (locale, options) => new Intl.NumberFormat(locale, options)),
  getDateTimeFormat: once('date', (locale, options) => new Intl.DateTimeFormat(locale, options)),
  getPluralRules: once('plural', (locale, options) => new Intl.PluralRules(locale, options)),
}

/** As `useTranslations` gives it. A text that is missing is told to the console, and its key stands in for it. */
export function translator({ locale, timeZone, messages }: Setting, space?: string) {
  const find = (key: string): unknown =>
    [...(space?.split('.') ?? []), ...key.split('.')].reduce<unknown>(
      (part, name) => (part as Texts | undefined)?.[name],
      messages,
    )
  const rich = (key: string, values?: Values): ReactNode => {
    const path = space ? `${space}.${key}` : key
    const text = find(key)
    if (text === undefined) {
      console.error(`MISSING_MESSAGE: ${path} (${locale})`)
      return path
    }
    try {
      const setting = { cache: {}, formatters, locale, timeZone }
      return formatMessage(path, text as string, withKeys(values) as never, setting as never) as ReactNode
    } catch (error) {
      console.error(`FORMATTING_ERROR: ${path}`, error)
      return path
    }
  }
  const plain = (key: string, values?: Values): string => rich(key, values) as string
  return Object.assign(plain, { rich, has: (key: string): boolean => find(key) !== undefined })
}

/** React wants a key on each element that stands in a list, as those between words do. */
function withKeys(values: Values | undefined): Values | undefined {
  if (!values) return undefined
  const keyed = (name: string, value: unknown): unknown => {
    if (typeof value !== 'function') return value
    let count = 0
    return (chunks: ReactNode) => {
      const made: unknown = value(chunks)
      return isValidElement(made) ? cloneElement(made as ReactElement, { key: name + count++ }) : made
    }
  }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, keyed(name, value)]))
}
