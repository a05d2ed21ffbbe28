import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import type { Purpose, StatementLanguage } from './contract.ts'

interface Facts {
  site: string
  did: string | undefined
}

type Statements = Readonly<Record<Purpose, (facts: Facts) => string>>

/** What wallets show. ERC-4361 takes ASCII alone, so the German does without its umlauts, by words that have none. */
const statements: Readonly<Record<StatementLanguage, Statements>> = {
  en: {
    'sign-in': ({ site }) =>
      `Sign in to ${site}, a Fairhold marketplace. This proves that the account is yours. This costs nothing and moves no money.`,
    prove: ({ site }) =>
      `Prove to ${site}, a Fairhold marketplace, that it is still you, for something sensitive that you asked for. This costs nothing and moves no money.`,
    'link-wallet': ({ site, did }) =>
      `Let this wallet open the account ${did} on ${site}, a Fairhold marketplace, from now on. This costs nothing and moves no money.`,
  },
  de: {
    'sign-in': ({ site }) =>
      `Melde dich bei ${site} an, einem Marktplatz von Fairhold. Das beweist, dass dieses Konto deines ist. Es kostet nichts und bewegt kein Geld.`,
    prove: ({ site }) =>
      `Zeige ${site}, einem Marktplatz von Fairhold, dass du es noch bist: Du hast dort um etwas Heikles gebeten. Es kostet nichts und bewegt kein Geld.`,
    'link-wallet': ({ site, did }) =>
      `Von nun an meldet sich auch diese Wallet beim Konto ${did} auf ${site} an, einem Marktplatz von Fairhold. Es kostet nichts und bewegt kein Geld.`,
  },
}

export interface StatementOptions {
  purpose: Purpose
  account: Pick<Account, 'did'> | null
}

/** What a person reads in the wallet before signing. A signature for one purpose is good for no other. */
export function statementOf(
  { env }: Pick<Context, 'env'>,
  { purpose, account }: StatementOptions,
  language: StatementLanguage,
): string {
  return statements[language][purpose]({ site: new URL(env.origins[0] ?? '').host, did: account?.did })
}

/** Whether a message says what it is for, in one of the languages. */
export function isStatement(context: Pick<Context, 'env'>, options: StatementOptions, text: string | undefined): boolean {
  return (Object.keys(statements) as StatementLanguage[]).some((language) => statementOf(context, options, language) === text)
}
