import { shortHex } from '@/lib/format'
import { Avatar } from '@/ui/avatar'
import Link from '@/ui/link'
import { Stars } from '@/ui/stars'

interface Named {
  address: string
  name: string
  rating: { average: number | null; count: number }
}

/** A person in a line: face, name, rating, and the way to their profile. */
export function PersonLine({ person, label }: { person: Named; label?: string }) {
  return (
    <div className="flex items-center gap-3">
      <Avatar address={person.address} name={person.name} />
      <div className="min-w-0">
        {label && <p className="text-muted text-xs">{label}</p>}
        <Link href={`/people/${person.address}`} className="block truncate font-semibold underline underline-offset-4">
          <bdi>{person.name || shortHex(person.address)}</bdi>
        </Link>
        <Stars {...person.rating} />
      </div>
    </div>
  )
}
