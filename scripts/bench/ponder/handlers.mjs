// One upsert of a deal and one insert of an event for each log, as Ponder's own documentation would have it.
import { ponder } from 'ponder:registry'
import { deal, event as eventTable } from 'ponder:schema'
import { replaceBigInts } from 'ponder'

const keep = (name, { event, context }) =>
  context.db.insert(eventTable).values({
    blockNumber: Number(event.block.number),
    logIndex: event.log.logIndex,
    blockHash: event.block.hash,
    txHash: event.transaction.hash,
    address: event.log.address,
    name,
    dealId: event.args.dealId ?? null,
    args: replaceBigInts(event.args, String),
  })

ponder.on('Escrow:Opened', async (given) => {
  const { event, context } = given
  const { dealId, seller, buyer, terms, deadline } = event.args
  const block = Number(event.block.number)
  await context.db
    .insert(deal)
    .values({
      ...{ id: dealId, state: 'funded', seller, buyer, token: terms.token, price: terms.price, arbiter: terms.arbiter },
      ...{ operator: terms.operator, itemHash: terms.itemHash, deadline, released: 0n, fee: 0n },
      ...{ openedBlock: block, updatedBlock: block },
    })
    .onConflictDoUpdate({ updatedBlock: block })
  await keep('Opened', given)
})

const changes = {
  Shipped: ({ deadline }) => ({ state: 'shipped', deadline }),
  Delivered: ({ deadline }) => ({ state: 'delivered', deadline }),
  Released: ({ amount, fee }) => ({ state: 'completed', released: amount, fee }),
}
for (const [name, change] of Object.entries(changes)) {
  ponder.on(`Escrow:${name}`, async (given) => {
    const { event, context } = given
    const updatedBlock = Number(event.block.number)
    await context.db.update(deal, { id: event.args.dealId }).set({ ...change(event.args), updatedBlock })
    await keep(name, given)
  })
}

for (const name of ['FeesCollected', 'Credited']) ponder.on(`Escrow:${name}`, (given) => keep(name, given))
ponder.on('Reputation:ReviewRevealed', (given) => keep('ReviewRevealed', given))
