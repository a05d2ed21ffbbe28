import { Heart, Plus } from 'lucide-react'
import { BadgeLink } from '@/ui/badge-link'
import { Button, ButtonLink } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { Textarea } from '@/ui/textarea'
import { Row, Shelf } from './shelf'

const variants = ['primary', 'secondary', 'ghost', 'danger'] as const
const options = [
  { value: 'good', label: 'Good' },
  { value: 'fair', label: 'Fair' },
]
const hovered = {
  primary: 'bg-primary-strong',
  secondary: 'bg-sunken',
  ghost: 'bg-sunken',
  danger: 'opacity-90',
} satisfies Record<(typeof variants)[number], string>
const focused = 'outline-2 outline-focus outline-offset-2'

/** Buttons and fields: as they are, pointed at, focused, out of use, at work, wrong. */
export function Controls({ theme }: { theme: string }) {
  return (
    <>
      <Shelf name="Buttons">
        {variants.map((variant) => (
          <Row key={variant}>
            <Button variant={variant}>{variant}</Button>
            <Button variant={variant} className={hovered[variant]}>
              hover
            </Button>
            <Button variant={variant} className={focused}>
              focus
            </Button>
            <Button variant={variant} disabled>
              disabled
            </Button>
            <Button variant={variant} loading>
              loading
            </Button>
          </Row>
        ))}
        <Row>
          <Button size="sm">small</Button>
          <Button size="md">medium</Button>
          <Button size="lg">
            <Plus aria-hidden="true" className="size-5" /> large, with icon
          </Button>
          <ButtonLink href="/kit" variant="secondary">
            a link
          </ButtonLink>
          <BadgeLink href="/kit" label={() => 'Nothing'} icon={<Heart aria-hidden="true" className="size-5" />} count={0} />
          <BadgeLink
            href="/kit"
            label={({ shown }) => `${shown} things`}
            icon={<Heart aria-hidden="true" className="size-5" />}
            count={3}
          />
          <BadgeLink
            href="/kit"
            label={({ shown }) => `${shown} things`}
            icon={<Heart aria-hidden="true" className="size-5" />}
            count={120}
          />
        </Row>
      </Shelf>
      <Shelf name="Fields">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Title" hint="What a buyer would search for.">
            <Input placeholder="Camera" />
          </Field>
          <Field label="Focused">
            <Input defaultValue="Camera" className={focused} />
          </Field>
          <Field label="Wrong" error="Write 3 to 80 characters.">
            <Input defaultValue="Ca" />
          </Field>
          <Field label="Out of use">
            <Input defaultValue="Camera" disabled />
          </Field>
          <Field label="Price" optional>
            <Input suffix="tUSD" inputMode="decimal" defaultValue="120.5" />
          </Field>
          <Field label="Condition">
            <Select id={`kit-${theme}-condition`} options={options} />
          </Field>
          <Field label="Description">
            <Textarea rows={3} defaultValue="Used with care for two years." />
          </Field>
        </div>
      </Shelf>
    </>
  )
}
