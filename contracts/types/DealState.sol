// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice Where a deal stands. Names and order are those of `states` in protocol/src/deal/state.ts (a test compares them).
/// @dev Value 0 means that no such deal exists. PartlyFunded is a deal in instalments whose price is not all paid yet.
enum DealState {
    None,
    PartlyFunded,
    Funded,
    Shipped,
    Delivered,
    Completed,
    Refunded,
    Settled,
    Disputed,
    Resolved,
    Cancelled
}

/// @notice A set of states, one bit each, so that a guard can say which states it allows.
type DealStates is uint16;

using {contains, or as |} for DealStates global;

/// @notice The set that holds `state` alone.
function only(DealState state) pure returns (DealStates) {
    return DealStates.wrap(uint16(1) << uint8(state));
}

/// @notice Whether `state` is one of `set`.
function contains(DealStates set, DealState state) pure returns (bool) {
    return (DealStates.unwrap(set) >> uint8(state)) & 1 == 1;
}

function or(DealStates a, DealStates b) pure returns (DealStates) {
    return DealStates.wrap(DealStates.unwrap(a) | DealStates.unwrap(b));
}
