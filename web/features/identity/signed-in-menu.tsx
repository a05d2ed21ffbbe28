'use client'

import { FastForward, Gavel, LogOut, Package, Settings, User, Users } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Session } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { shortHex } from '@/lib/format'
import { markStale } from '@/lib/stale'
import { Avatar } from '@/ui/avatar'
import Link from '@/ui/link'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/ui/menu'
import { useToast } from '@/ui/toast'
import { useSession } from './session'
import { skipTime } from './skip-time'

const icon = 'size-4 text-muted'

/** The ways to the pages of the person who is signed in, and out. */
export default function SignedInMenu({ session }: { session: Session }) {
  const t = useTranslations('frame')
  const { signOut } = useSession()
  const { devChain } = useMarketConfig()
  const toast = useToast()
  const name = session.name || shortHex(session.address)
  const isArbiter = session.roles.includes('arbiter')
  const leave = async () => {
    try {
      await signOut()
      toast(t('signedOut'))
    } catch {
      toast(t('signOutFailed'), 'danger')
    }
  }
  const trigger = (
    <button type="button" className="flex min-h-11 items-center gap-2 rounded-xl px-2 hover:bg-sunken">
      <Avatar address={session.address} name={session.name} size="sm" />
      <span className="sr-only">{t('account.label')}: </span>
      <span className="max-w-32 truncate font-medium text-sm max-lg:sr-only" dir="auto">
        {name}
      </span>
    </button>
  )
  return (
    <Menu trigger={trigger} label={t('account.label')}>
      <p className="truncate px-3 pt-2 pb-1 font-semibold text-sm lg:hidden" dir="auto">
        {name}
      </p>
      <LinkItem href="/deals" icon={<Package aria-hidden="true" className={icon} />} label={t('account.deals')} />
      {isArbiter && (
        <LinkItem href="/arbiter" icon={<Gavel aria-hidden="true" className={icon} />} label={t('account.arbiter')} />
      )}
      <LinkItem
        href={`/people/${session.address}`}
        icon={<User aria-hidden="true" className={icon} />}
        label={t('account.profile')}
      />
      <LinkItem href="/settings" icon={<Settings aria-hidden="true" className={icon} />} label={t('account.settings')} />
      <MenuSeparator />
      {devChain && <DevItems />}
      <MenuItem icon={<LogOut aria-hidden="true" className={icon} />} onSelect={leave}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}

/** On the local chain: moving its clock, and being somebody else. */
function DevItems() {
  const t = useTranslations('frame')
  const { openSignIn } = useSession()
  const skip = useSkip()
  const skips = [
    { label: t('time.hour'), seconds: 3_600 },
    { label: t('time.day'), seconds: 86_400 },
    { label: t('time.eight'), seconds: 8 * 86_400 },
  ]
  return (
    <>
      <MenuLabel>{t('time.title')}</MenuLabel>
      {skips.map(({ label, seconds }) => (
        <MenuItem key={seconds} icon={<FastForward aria-hidden="true" className={icon} />} onSelect={() => skip(seconds, label)}>
          {label}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<Users aria-hidden="true" className={icon} />} onSelect={openSignIn}>
        {t('account.switchPerson')}
      </MenuItem>
    </>
  )
}

function useSkip() {
  const t = useTranslations('frame')
  const { rpcUrl } = useMarketConfig()
  const toast = useToast()
  const router = useRouter()
  return async (seconds: number, label: string) => {
    try {
      await skipTime(rpcUrl, seconds)
      toast(t('time.done', { label }), 'success')
      router.refresh() // the frame holds the chain's time
      markStale()
    } catch {
      toast(t('time.failed'), 'danger')
    }
  }
}

function LinkItem({ href, icon: sign, label }: { href: string; icon: ReactNode; label: string }) {
  return (
    <MenuItem asChild>
      <Link href={href}>
        {sign}
        {label}
      </Link>
    </MenuItem>
  )
}
