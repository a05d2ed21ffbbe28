'use client'

import { FastForward, Gavel, LogOut, Package, Settings, User, Users } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useMarketConfig } from '@/lib/chain'
import { shortHex } from '@/lib/format'
import { markStale } from '@/lib/stale'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/ui/menu'
import { useToast } from '@/ui/toast'
import { identityCopy as copy } from './copy'
import { useSession } from './session'
import { skipTime } from './skip-time'

const icon = 'size-4 text-muted'
const skips = [
  { label: copy.time.hour, seconds: 3_600 },
  { label: copy.time.day, seconds: 86_400 },
  { label: copy.time.eight, seconds: 8 * 86_400 },
]

/** Who is signed in, with the ways to their pages; or the button to sign in. */
export function AccountMenu() {
  const { session, openSignIn, signOut } = useSession()
  const { devChain, rpcUrl } = useMarketConfig()
  const toast = useToast()
  const router = useRouter()
  if (!session) return <Button onClick={openSignIn}>{copy.signIn}</Button>
  const name = session.name || shortHex(session.address)
  const isArbiter = session.roles.includes('arbiter')
  const skip = async (seconds: number, label: string) => {
    try {
      await skipTime(rpcUrl, seconds)
      toast(copy.time.done(label), 'success')
      router.refresh() // the frame holds the chain's time
      markStale()
    } catch {
      toast(copy.time.failed, 'danger')
    }
  }
  const leave = async () => {
    await signOut()
    toast(copy.signedOut)
  }
  const trigger = (
    <button type="button" className="flex min-h-11 items-center gap-2 rounded-xl px-2 hover:bg-sunken">
      <Avatar address={session.address} name={session.name} size="sm" />
      <span className="sr-only">{copy.menu.label}: </span>
      <span className="max-w-32 truncate font-medium text-sm max-sm:sr-only">{name}</span>
    </button>
  )
  return (
    <Menu trigger={trigger} label={copy.menu.label}>
      <MenuLinkItem href="/deals" icon={<Package aria-hidden="true" className={icon} />} label={copy.menu.deals} />
      {isArbiter && (
        <MenuLinkItem href="/arbiter" icon={<Gavel aria-hidden="true" className={icon} />} label={copy.menu.arbiter} />
      )}
      <MenuLinkItem
        href={`/people/${session.address}`}
        icon={<User aria-hidden="true" className={icon} />}
        label={copy.menu.profile}
      />
      <MenuLinkItem href="/settings" icon={<Settings aria-hidden="true" className={icon} />} label={copy.menu.settings} />
      <MenuSeparator />
      {devChain && (
        <>
          <MenuLabel>{copy.time.title}</MenuLabel>
          {skips.map(({ label, seconds }) => (
            <MenuItem
              key={label}
              icon={<FastForward aria-hidden="true" className={icon} />}
              onSelect={() => skip(seconds, label)}
            >
              {label}
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem icon={<Users aria-hidden="true" className={icon} />} onSelect={openSignIn}>
            {copy.menu.switchPerson}
          </MenuItem>
        </>
      )}
      <MenuItem icon={<LogOut aria-hidden="true" className={icon} />} onSelect={leave}>
        {copy.signOut}
      </MenuItem>
    </Menu>
  )
}

function MenuLinkItem({ href, icon: sign, label }: { href: string; icon: React.ReactNode; label: string }) {
  return (
    <MenuItem asChild>
      <Link href={href}>
        {sign}
        {label}
      </Link>
    </MenuItem>
  )
}
