// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Act} from "../types/Act.sol";
import {Offer, Terms} from "../types/Terms.sol";

/// @notice EIP-712 struct hashes of what people sign. Every member is a static word.
/// @dev Type hashes are written out, because the compiler would otherwise hash the long texts at every call. The tests
/// derive them from the texts. Addresses are hashed as they stand in calldata: any wider than 160 bits is refused when a deal is
/// opened, where all are read, and terms that have one have no deal later.
library TypedHash {
    /// keccak256("Terms(address seller,address buyer,address token,uint256 price,address arbiter,address operator,
    /// uint16 operatorFeeBps,uint16 arbiterFeeBps,uint16 silentAwardBps,uint16 depositBps,uint32 fundingSeconds,
    /// uint32 shipSeconds,uint32 deliverySeconds,uint32 inspectionSeconds,uint32 rulingSeconds,bytes32 itemHash,
    /// uint64 salt)"), without the line breaks
    bytes32 internal constant TERMS = 0xce0fcbb4cdb04498c9ec9881231918a851dc97111b07f913756417d56f9d3d0c;
    /// keccak256("Offer(Terms terms,uint40 expiry,uint256 counter,uint8 nonce,uint32 quantity)" + the type of Terms)
    bytes32 internal constant OFFER = 0xf5ba4579da756d82cc1f310959da12978aedf158cf3793be5d119ab9ff760b56;
    /// keccak256("Settlement(bytes32 dealId,uint128 toBuyer,uint128 remaining,uint40 expiry)")
    bytes32 internal constant SETTLEMENT = 0xdb10932ef9f9fc4673888d5a883f1cc3ef02d118174c1813f7bceafba180cdc0;
    /// keccak256("Ruling(bytes32 dealId,uint16 buyerBps,bytes32 reasonHash)")
    bytes32 internal constant RULING = 0x85a6b9fb0613161944f8305b3171e7c397cb0ceae37957b14798d5f3452fced1;
    /// keccak256("Act(address signer,bytes32 dealId,string action,uint256 value,bytes32 hash,uint256 tip,uint40 expiry)")
    bytes32 internal constant ACT = 0xe51bcfa604d14ec46e784a61aa9d8d88dcf7d31dfffa6e77063dc39bd9f07971;
    /// keccak256("Withdrawal(address account,address token,address to,uint256 tip,uint256 nonce,uint40 expiry)")
    bytes32 internal constant WITHDRAWAL = 0x9b42a2ac9a8a36bc2689be032e5c607148945a4a5455c263ff49d4b0de3e534d;
    /// keccak256("Voiding(address maker,uint256 counter,uint128 nonces,uint40 expiry)")
    bytes32 internal constant VOIDING = 0x5fb7e8f20e18d8d16292863e804c070d312b252589ca8da15c3ed122ee8139c7;

    /// @notice hashStruct(Terms).
    function ofTerms(Terms calldata terms) internal pure returns (bytes32) {
        return ofTerms(terms, terms.salt);
    }

    /// @notice hashStruct(Terms) with another salt: the terms of another unit of the same offer.
    /// @dev Assembly, because the compiler would read, check and write 17 members one by one. Memory-safe: it writes only
    /// beyond the free memory pointer, which nothing reads afterwards.
    function ofTerms(Terms calldata terms, uint64 salt) internal pure returns (bytes32 hash) {
        bytes32 typehash = TERMS;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typehash)
            // seller, buyer, token, price, arbiter, operator
            calldatacopy(add(free, 0x20), terms, 0xc0)
            let rules := calldataload(add(terms, 0xc0))
            // Four shares of 16 bits, five times of 32 bits: a word each, as EIP-712 wants them.
            mstore(add(free, 0x0e0), and(rules, 0xffff))
            mstore(add(free, 0x100), and(shr(16, rules), 0xffff))
            mstore(add(free, 0x120), and(shr(32, rules), 0xffff))
            mstore(add(free, 0x140), and(shr(48, rules), 0xffff))
            mstore(add(free, 0x160), and(shr(64, rules), 0xffffffff))
            mstore(add(free, 0x180), and(shr(96, rules), 0xffffffff))
            mstore(add(free, 0x1a0), and(shr(128, rules), 0xffffffff))
            mstore(add(free, 0x1c0), and(shr(160, rules), 0xffffffff))
            mstore(add(free, 0x1e0), and(shr(192, rules), 0xffffffff))
            mstore(add(free, 0x200), calldataload(add(terms, 0xe0)))
            mstore(add(free, 0x220), salt)
            hash := keccak256(free, 0x240)
        }
    }

    /// @notice hashStruct(Offer), given the hash of its terms.
    /// @dev Assembly for the same reason. The caller must read the members, so that none is wider than its type.
    function ofOffer(Offer calldata offer, bytes32 termsHash) internal pure returns (bytes32 hash) {
        bytes32 typehash = OFFER;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typehash)
            mstore(add(free, 0x20), termsHash)
            // expiry, counter, nonce, quantity
            calldatacopy(add(free, 0x40), add(offer, 0x120), 0x80)
            hash := keccak256(free, 0xc0)
        }
    }

    /// @notice hashStruct(Act), given the deal's id and the hash of the action's name.
    /// @dev Assembly for the same reason. The caller must read signer and expiry, so that neither is wider than its type.
    function ofAct(Act calldata act, bytes32 dealId, bytes32 name) internal pure returns (bytes32 hash) {
        bytes32 typehash = ACT;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typehash)
            mstore(add(free, 0x20), calldataload(act))
            mstore(add(free, 0x40), dealId)
            mstore(add(free, 0x60), name)
            // value, hash, tip, expiry
            calldatacopy(add(free, 0x80), add(act, 0x40), 0x80)
            hash := keccak256(free, 0x100)
        }
    }

    /// @notice hashStruct(Act) of a release without tip.
    function ofRelease(address signer, bytes32 dealId, uint40 expiry) internal pure returns (bytes32) {
        return keccak256(abi.encode(ACT, signer, dealId, keccak256("release"), 0, 0, 0, expiry));
    }

    /// @notice hashStruct(Settlement).
    function ofSettlement(bytes32 dealId, uint128 toBuyer, uint128 remaining, uint40 expiry)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(SETTLEMENT, dealId, toBuyer, remaining, expiry));
    }

    /// @notice hashStruct(Ruling).
    function ofRuling(bytes32 dealId, uint16 buyerBps, bytes32 reasonHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(RULING, dealId, buyerBps, reasonHash));
    }

    /// @notice hashStruct(Withdrawal).
    function ofWithdrawal(address account, address token, address to, uint256 tip, uint256 nonce, uint40 expiry)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(WITHDRAWAL, account, token, to, tip, nonce, expiry));
    }

    /// @notice hashStruct(Voiding).
    function ofVoiding(address maker, uint256 counter, uint128 nonces, uint40 expiry) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOIDING, maker, counter, nonces, expiry));
    }
}
