// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice The small numbers of a deal's terms in one word. People sign each by its own name and type (`TypedHash`); only
/// calldata and events carry them packed, which spares eight words of each.
/// @dev Low to high, shares in basis points (16 bits each) and then times in seconds (32 bits each):
/// operatorFeeBps: the operator's share of what the seller is paid.
/// arbiterFeeBps: the arbiter's share of what is left in the deal when it rules.
/// silentAwardBps: the buyer's share of what is left if the arbiter does not rule in time.
/// depositBps: the smallest first instalment, of the price. Matters only where `fundingSeconds` is not 0.
/// fundingSeconds: for the buyer to pay the rest after a first instalment. 0: the whole price is paid at once.
/// shipSeconds: for the seller to ship.
/// deliverySeconds: for delivery, before the seller may declare it delivered.
/// inspectionSeconds: for the buyer to inspect what was delivered.
/// rulingSeconds: for the arbiter to rule.
type Rules is uint256;

using {
    operatorFeeBps,
    arbiterFeeBps,
    silentAwardBps,
    depositBps,
    fundingSeconds,
    shipSeconds,
    deliverySeconds,
    inspectionSeconds,
    rulingSeconds,
    isClean
} for Rules global;

function operatorFeeBps(Rules rules) pure returns (uint256) {
    return uint16(Rules.unwrap(rules));
}

function arbiterFeeBps(Rules rules) pure returns (uint256) {
    return uint16(Rules.unwrap(rules) >> 16);
}

function silentAwardBps(Rules rules) pure returns (uint256) {
    return uint16(Rules.unwrap(rules) >> 32);
}

function depositBps(Rules rules) pure returns (uint256) {
    return uint16(Rules.unwrap(rules) >> 48);
}

function fundingSeconds(Rules rules) pure returns (uint256) {
    return uint32(Rules.unwrap(rules) >> 64);
}

function shipSeconds(Rules rules) pure returns (uint256) {
    return uint32(Rules.unwrap(rules) >> 96);
}

function deliverySeconds(Rules rules) pure returns (uint256) {
    return uint32(Rules.unwrap(rules) >> 128);
}

function inspectionSeconds(Rules rules) pure returns (uint256) {
    return uint32(Rules.unwrap(rules) >> 160);
}

function rulingSeconds(Rules rules) pure returns (uint256) {
    return uint32(Rules.unwrap(rules) >> 192);
}

/// @notice Whether nothing stands in the 32 bits that mean nothing.
function isClean(Rules rules) pure returns (bool) {
    return Rules.unwrap(rules) >> 224 == 0;
}
