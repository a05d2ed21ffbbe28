import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

/**
 * An adapter to one court of a chain whose escrow stands. The parameters have no defaults: which court, which of its
 * panels (`extraData`, in the court's own encoding) and which question the jurors read is nobody's to guess.
 */
export default buildModule('KlerosAdapter', (m) => {
  const adapter = m.contract('KlerosAdapter', [
    m.getParameter<string>('escrow'),
    m.getParameter<string>('court'),
    m.getParameter<string>('extraData'),
    m.getParameter<string>('metaEvidence'),
  ])
  return { adapter }
})
