import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

const HOUR = 3_600n
const DAY = 24n * HOUR
const ETHER = 10n ** 18n

/** A pool of arbiters for one escrow. `escrow` and `admin` must be given; docs/operations/arbiter-pool.md explains the rest. */
export default buildModule('ArbiterPool', (m) => {
  const parameters = {
    panel: m.getParameter('panel', 3),
    quorum: m.getParameter('quorum', 2),
    appealPanel: m.getParameter('appealPanel', 7),
    appealQuorum: m.getParameter('appealQuorum', 4),
    toleranceBps: m.getParameter('toleranceBps', 1_000),
    slashBps: m.getParameter('slashBps', 1_000),
    drawSeconds: m.getParameter('drawSeconds', DAY),
    commitSeconds: m.getParameter('commitSeconds', 3n * DAY),
    revealSeconds: m.getParameter('revealSeconds', 2n * DAY),
    appealSeconds: m.getParameter('appealSeconds', 2n * DAY),
    bond: m.getParameter('bond', ETHER / 2n),
    appealBond: m.getParameter('appealBond', ETHER / 10n),
    caseFee: m.getParameter('caseFee', ETHER / 200n),
  }
  const arbiterPool = m.contract('ArbiterPool', [
    m.getParameter('escrow'),
    // Longer than proposers are known beforehand on a chain of 12-second slots.
    m.getParameter('drawBlocks', 96),
    m.getParameter('adminDelay', 2n * DAY),
    m.getParameter('admin'),
    parameters,
  ])
  return { arbiterPool }
})
