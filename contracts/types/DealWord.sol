// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState, DealStates} from "./DealState.sol";

/// @notice A deal's one storage slot, as the one word it is: every call reads it once and writes it at most once.
/// @dev Low to high: taker (160 bits), deadline (40), state (8), flags (8), outcome (40). `IEscrow.Deal` says what they mean.
type DealWord is uint256;

using {taker, deadline, state, isIn, has, outcome, advanced, ended, marked, cleared, endedBySplit} for DealWord global;

uint256 constant DEADLINE_AT = 160;
uint256 constant STATE_AT = 200;
uint256 constant REVIEWS_AT = 208;
uint256 constant OUTCOME_AT = 216;

// Who has reviewed the other side.
uint256 constant BUYER_REVIEW = 1 << REVIEWS_AT;
uint256 constant SELLER_REVIEW = 2 << REVIEWS_AT;
uint256 constant REVIEWS = BUYER_REVIEW | SELLER_REVIEW;
// Money left in parts, so that the ledger of parts has to be read.
uint256 constant PARTLY = 1 << 210;
// Fees of the ended deal still lie in the escrow.
uint256 constant FEES_DUE = 1 << 211;
// The arbiter ruled, and earned its fee.
uint256 constant RULED = 1 << 212;

uint256 constant STAGE = uint256(type(uint48).max) << DEADLINE_AT;

/// @notice The slot of a deal just taken.
function dealWord(address by, DealState now_, uint256 until) pure returns (DealWord) {
    return DealWord.wrap(uint160(by) | (until << DEADLINE_AT) | (uint256(now_) << STATE_AT));
}

/// @notice Who took the offer.
function taker(DealWord deal) pure returns (address) {
    return address(uint160(DealWord.unwrap(deal)));
}

/// @notice Last second, in chain time, of what the state waits for; in a final state the second in which the deal ended.
function deadline(DealWord deal) pure returns (uint256) {
    return uint40(DealWord.unwrap(deal) >> DEADLINE_AT);
}

function state(DealWord deal) pure returns (DealState) {
    return DealState(uint8(DealWord.unwrap(deal) >> STATE_AT));
}

/// @notice Whether the deal's state is one of `states`; cheaper than to ask `states.contains(deal.state())`.
function isIn(DealWord deal, DealStates states) pure returns (bool) {
    return (DealStates.unwrap(states) >> uint8(DealWord.unwrap(deal) >> STATE_AT)) & 1 == 1;
}

/// @notice Whether any of these flags is set.
function has(DealWord deal, uint256 flags) pure returns (bool) {
    return DealWord.unwrap(deal) & flags != 0;
}

/// @notice How what was left divided: in a resolved deal the buyer's basis points, in a settled one the seller's part in
/// 40 bits (see `Split.quantized`).
function outcome(DealWord deal) pure returns (uint256) {
    return DealWord.unwrap(deal) >> OUTCOME_AT;
}

/// @notice The deal in another state, with another deadline.
function advanced(DealWord deal, DealState to, uint256 until) pure returns (DealWord) {
    uint256 rest = DealWord.unwrap(deal) & ~STAGE;
    return DealWord.wrap(rest | (until << DEADLINE_AT) | (uint256(to) << STATE_AT));
}

/// @notice The deal ended now.
function ended(DealWord deal, DealState to) view returns (DealWord) {
    return advanced(deal, to, block.timestamp);
}

/// @notice The deal with flags set.
function marked(DealWord deal, uint256 flags) pure returns (DealWord) {
    return DealWord.wrap(DealWord.unwrap(deal) | flags);
}

/// @notice The deal with flags taken off.
function cleared(DealWord deal, uint256 flags) pure returns (DealWord) {
    return DealWord.wrap(DealWord.unwrap(deal) & ~flags);
}

/// @notice The deal ended now, by a split. An outcome is written once, so there is nothing to take off first.
function endedBySplit(DealWord deal, DealState to, uint256 how) view returns (DealWord) {
    return marked(ended(deal, to), how << OUTCOME_AT);
}
