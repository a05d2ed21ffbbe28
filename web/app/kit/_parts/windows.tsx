'use client'

import { Settings } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/ui/menu'
import { RadioCards } from '@/ui/radio-cards'
import { Tabs } from '@/ui/tabs'
import { useToast } from '@/ui/toast'
import { Row, Shelf } from './shelf'

const choices = [
  { value: 'half', title: 'Half and half', hint: 'What is left is split.' },
  { value: 'buyer', title: 'All to the buyer' },
  { value: 'seller', title: 'All to the seller', disabled: true },
]

/** What opens, switches and passes by. */
export function Windows({ theme }: { theme: string }) {
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  const [choice, setChoice] = useState('half')
  const tabs = [
    { value: 'bought', label: 'Bought', content: <p>What was bought.</p> },
    { value: 'sold', label: 'Sold', content: <p>What was sold.</p> },
  ]
  return (
    <Shelf name="Windows, menus, choices">
      <Row>
        <Button variant="secondary" onClick={() => setOpen(true)}>
          Open a dialog
        </Button>
        <Menu trigger={<Button variant="secondary">Open a menu</Button>} label="Example">
          <MenuLabel>For one thing</MenuLabel>
          <MenuItem icon={<Settings aria-hidden="true" className="size-4" />}>Settings</MenuItem>
          <MenuSeparator />
          <MenuItem>Another</MenuItem>
        </Menu>
        <Button variant="secondary" onClick={() => toast('It is done.', 'success')}>
          Show a message
        </Button>
      </Row>
      <RadioCards legend="One of a few" name={`kit-${theme}`} options={choices} value={choice} onChange={setChoice} columns={3} />
      <Tabs label={`Example, ${theme}`} tabs={tabs} />
      <Dialog open={open} onOpenChange={setOpen} title="A dialog" description="A sheet from below on phones.">
        <div className="flex flex-col gap-4">
          <Field label="Name">
            <Input autoFocus />
          </Field>
          <Field label="File">
            <Input type="file" />
          </Field>
          <Button variant="secondary" onClick={() => setAsking(true)}>
            Ask once more
          </Button>
          <Button onClick={() => setOpen(false)}>Save</Button>
        </div>
        <Dialog open={asking} onOpenChange={setAsking} title="Are you sure?">
          <Button onClick={() => setAsking(false)}>I am</Button>
        </Dialog>
      </Dialog>
    </Shelf>
  )
}
