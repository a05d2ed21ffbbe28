import type { Context } from '../context.ts'
import { notifyDeal } from '../http/notify.ts'
import { placeOf } from '../keys/columns.ts'
import { KeyError } from '../keys/provider.ts'
import { DamagedValue } from '../keys/sealed.ts'
import type { Shipping } from './contract.ts'

export type ShippingText = Omit<Shipping, 'isReadable'>

/** Each with its sealed column, for Prisma and for SQL, and the one where its plain text stood before there were keys. */
const columns = {
  address: { sealed: 'addressSealed', column: 'address_sealed', plain: 'addressText' },
  carrier: { sealed: 'carrierSealed', column: 'carrier_sealed', plain: 'carrier' },
  trackingNumber: { sealed: 'trackingNumberSealed', column: 'tracking_number_sealed', plain: 'trackingNumber' },
  trackingSalt: { sealed: 'trackingSaltSealed', column: 'tracking_salt_sealed', plain: 'trackingSalt' },
} as const satisfies Record<keyof ShippingText, object>
type Field = keyof typeof columns

/** Where the goods go and how they travel, in the clear: for the parties and the judge. @throws KeyError, DamagedValue */
export async function openShipping({ db, keys }: Context, dealId: string): Promise<ShippingText> {
  const row = await db.shipping.findUnique({ where: { dealId } })
  const open = async (field: Field): Promise<string | null> => {
    const { sealed, column, plain } = columns[field]
    const [text, value] = [row?.[plain] ?? null, row?.[sealed] ?? null]
    if (text !== null || value === null) return text // what an older api wrote is newer than what is sealed
    return keys.open(placeOf('shipping', column, dealId), value)
  }
  const [address, carrier, trackingNumber, trackingSalt] = await Promise.all([
    open('address'),
    open('carrier'),
    open('trackingNumber'),
    open('trackingSalt'),
  ])
  return { address, carrier, trackingNumber, trackingSalt }
}

/** The same for the page of a deal, which has to show where the money stands even while the keys cannot be had. */
export async function findShipping(context: Context, dealId: string, onUnreadable: (err: Error) => void): Promise<Shipping> {
  try {
    return { ...(await openShipping(context, dealId)), isReadable: true }
  } catch (error) {
    if (!(error instanceof KeyError || error instanceof DamagedValue)) throw error
    onUnreadable(error)
    return { address: null, carrier: null, trackingNumber: null, trackingSalt: null, isReadable: false }
  }
}

/** Seals and stores what is given, leaves the rest, and tells the pages of the deal. @throws KeyError */
export async function saveShipping(
  { db, keys }: Context,
  { id, buyer, seller }: { id: string; buyer: string; seller: string },
  values: Partial<Record<Field, string>>,
): Promise<void> {
  const data: Record<string, Date | Uint8Array | null> = { updatedAt: new Date() }
  for (const [field, text] of Object.entries(values) as [Field, string][]) {
    const { sealed, column, plain } = columns[field]
    data[sealed] = await keys.seal(placeOf('shipping', column, id), text)
    data[plain] = null
  }
  await db.$transaction(async (tx) => {
    await tx.shipping.upsert({ where: { dealId: id }, create: { dealId: id, ...data }, update: data, select: { dealId: true } })
    await notifyDeal(tx, id, [buyer, seller])
  })
}
