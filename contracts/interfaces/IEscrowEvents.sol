// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Terms} from "../types/Terms.sol";

/// @notice What the Escrow logs. Exactly one event for each step of a deal (`protocol/src/deal/machine.ts`), beside what
/// concerns accounts. Amounts are in the token's base units.
interface IEscrowEvents {
    event Opened(
        bytes32 indexed dealId, address indexed seller, address indexed buyer, Terms terms, uint40 deadline
    );
    /// @dev A deal in instalments: `paid` is the first, `deadline` the last second for the rest.
    event OpenedInPart(
        bytes32 indexed dealId,
        address indexed seller,
        address indexed buyer,
        Terms terms,
        uint40 deadline,
        uint256 paid
    );
    event PartFunded(bytes32 indexed dealId, uint256 amount, uint256 paid);
    event FullyFunded(bytes32 indexed dealId, uint256 amount, uint40 deadline);
    event FundingCancelled(bytes32 indexed dealId, address by, uint256 amount);
    event Shipped(bytes32 indexed dealId, bytes32 trackingHash, uint40 deadline);
    event Delivered(bytes32 indexed dealId, address by, uint40 deadline);
    /// @dev `amount` is what left the deal; to the seller went `amount - fee`. Fees, the arbiter's too, stay in the escrow
    /// until the deal has ended and somebody collects them.
    event Released(bytes32 indexed dealId, uint256 amount, uint256 fee);
    event PartReleased(bytes32 indexed dealId, uint256 amount, uint256 fee);
    event Refunded(bytes32 indexed dealId, uint256 amount);
    event PartRefunded(bytes32 indexed dealId, uint256 amount);
    event Reclaimed(bytes32 indexed dealId, uint256 amount);
    event Claimed(bytes32 indexed dealId, uint256 amount, uint256 fee);
    event Extended(bytes32 indexed dealId, uint40 deadline);
    event Disputed(bytes32 indexed dealId, address by, bytes32 statementHash, uint40 deadline);
    /// @dev Here and below `toSeller` is net: the operator's `fee` was already taken off.
    event Settled(bytes32 indexed dealId, uint256 toBuyer, uint256 toSeller, uint256 fee);
    event Ruled(
        bytes32 indexed dealId,
        uint16 buyerBps,
        bytes32 reasonHash,
        uint256 toBuyer,
        uint256 toSeller,
        uint256 fee,
        uint256 arbiterFee
    );
    event AwardedByDefault(bytes32 indexed dealId, uint256 toBuyer, uint256 toSeller, uint256 fee);
    event OfferVoided(bytes32 indexed dealId, address indexed maker);
    /// @param nonces One bit for each nonce, the lowest for nonce 0.
    event NoncesVoided(address indexed maker, uint128 nonces);
    event AllOffersVoided(address indexed maker, uint256 counter);
    event FeesCollected(bytes32 indexed dealId, uint256 operatorFee, uint256 arbiterFee);
    /// @dev What a party paid out of its own share for having its signature submitted.
    event Tipped(bytes32 indexed dealId, address indexed relayer, uint256 amount);
    event Credited(address indexed token, address indexed account, uint256 amount);
    event Withdrawn(address indexed token, address indexed account, address to, uint256 amount);
}
