// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What a party can have done by signature. Order matters only for the ABI; people sign the name.
enum Action {
    Release,
    ReleasePart,
    Refund,
    RefundPart,
    Ship,
    Deliver,
    Extend,
    Reclaim,
    Claim,
    Dispute,
    AwardByDefault,
    Fund,
    CancelFunding,
    CancelOffer,
    Open
}

/// @notice One action on one deal, as its party signs it; anyone may submit it until `expiry`.
/// @dev There is no nonce: what an action changes is what makes its signature void. No state is entered twice, a state's
/// deadline only grows, and parts are signed as running totals. So a signature acts at most once.
struct Act {
    /// Who acts. In the signed struct, so that one owner's signature cannot serve another of its accounts.
    address signer;
    Action action;
    /// ReleasePart, RefundPart, Fund: what will have been released, refunded, paid in all afterwards. Open: what is paid
    /// now. Extend: the new deadline. Amounts in base units. Otherwise 0.
    uint256 value;
    /// Ship: the tracking commitment. Dispute: hash of the statement. Extend: ordinal of the state whose deadline is
    /// meant. Otherwise 0.
    bytes32 hash;
    /// What whoever submits this earns out of the signer's own share, in base units of the deal's token.
    uint256 tip;
    /// Last second at which this may be submitted.
    uint40 expiry;
}
