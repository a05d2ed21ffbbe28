import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

/**
 * Where the marketplace anchors its audit log. A module of its own, from an account of its own (the `defaultSender` of the local
 * chain is dev account 10), so that no other address depends on it, nor its on what else is deployed.
 */
export default buildModule('AuditAnchor', (m) => ({ auditAnchor: m.contract('AuditAnchor') }))
