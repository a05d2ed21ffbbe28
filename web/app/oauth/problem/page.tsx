import { oauthProblems } from '@fairhold/api/contract/oauth'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OauthProblemView } from '@/features/oauth/problem-view'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('oauth')
  return { title: t('consent.title'), robots: { index: false } }
}

type Props = { searchParams: Promise<{ why?: string | string[] }> }

export default async function ProblemPage({ searchParams }: Props) {
  const { why } = await searchParams
  return (
    <main id="main" className="mx-auto w-full max-w-xl px-4 py-8 sm:px-6">
      <OauthProblemView why={oauthProblems.find((one) => one === why) ?? 'bad-request'} />
    </main>
  )
}
