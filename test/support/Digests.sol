// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Act} from "../../contracts/types/Act.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Numbers, RulesBuilder} from "./RulesBuilder.sol";

/// @notice What people sign, hashed by the text of EIP-712 and not with the contract's own library.
library Digests {
    bytes internal constant TERMS = "Terms(address seller,address buyer,address token,uint256 price,address arbiter,"
        "address operator,uint16 operatorFeeBps,uint16 arbiterFeeBps,uint16 silentAwardBps,uint16 depositBps,"
        "uint32 fundingSeconds,uint32 shipSeconds,uint32 deliverySeconds,uint32 inspectionSeconds,uint32 rulingSeconds,"
        "bytes32 itemHash,uint64 salt)";

    function domain(address escrow) internal view returns (bytes32) {
        return domain("Fairhold Escrow", escrow);
    }

    function domain(string memory name, address verifier) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                verifier
            )
        );
    }

    function typed(address escrow, bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domain(escrow), structHash));
    }

    function terms(Terms memory t) internal pure returns (bytes32) {
        bytes memory people = abi.encode(keccak256(TERMS), t.seller, t.buyer, t.token, t.price, t.arbiter, t.operator);
        Numbers memory n = RulesBuilder.unpack(t.rules);
        bytes memory shares = abi.encode(n.operatorFeeBps, n.arbiterFeeBps, n.silentAwardBps, n.depositBps);
        bytes memory windows =
            abi.encode(n.fundingSeconds, n.shipSeconds, n.deliverySeconds, n.inspectionSeconds, n.rulingSeconds);
        return keccak256(bytes.concat(people, shares, windows, t.itemHash, bytes32(uint256(t.salt))));
    }

    function dealId(address escrow, Terms memory t) internal view returns (bytes32) {
        return typed(escrow, terms(t));
    }

    function offer(address escrow, Offer memory o) internal view returns (bytes32) {
        bytes32 typehash = keccak256(
            bytes.concat("Offer(Terms terms,uint40 expiry,uint256 counter,uint8 nonce,uint32 quantity)", TERMS)
        );
        return typed(escrow, keccak256(abi.encode(typehash, terms(o.terms), o.expiry, o.counter, o.nonce, o.quantity)));
    }

    function settlement(address escrow, bytes32 id, uint128 toBuyer, uint128 remaining, uint40 expiry)
        internal
        view
        returns (bytes32)
    {
        bytes32 typehash = keccak256("Settlement(bytes32 dealId,uint128 toBuyer,uint128 remaining,uint40 expiry)");
        return typed(escrow, keccak256(abi.encode(typehash, id, toBuyer, remaining, expiry)));
    }

    function ruling(address escrow, bytes32 id, uint16 buyerBps, bytes32 reasonHash) internal view returns (bytes32) {
        bytes32 typehash = keccak256("Ruling(bytes32 dealId,uint16 buyerBps,bytes32 reasonHash)");
        return typed(escrow, keccak256(abi.encode(typehash, id, buyerBps, reasonHash)));
    }

    /// @param name The action as people read it: release, releasePart, …
    function act(address escrow, bytes32 id, Act memory a, string memory name) internal view returns (bytes32) {
        bytes32 typehash = keccak256(
            "Act(address signer,bytes32 dealId,string action,uint256 value,bytes32 hash,uint256 tip,uint40 expiry)"
        );
        bytes32 action = keccak256(bytes(name));
        return typed(escrow, keccak256(abi.encode(typehash, a.signer, id, action, a.value, a.hash, a.tip, a.expiry)));
    }

    function withdrawal(
        address escrow,
        address account,
        address token,
        address to,
        uint256 tip,
        uint256 nonce,
        uint40 expiry
    ) internal view returns (bytes32) {
        bytes32 typehash = keccak256(
            "Withdrawal(address account,address token,address to,uint256 tip,uint256 nonce,uint40 expiry)"
        );
        return typed(escrow, keccak256(abi.encode(typehash, account, token, to, tip, nonce, expiry)));
    }

    function voiding(address escrow, address maker, uint256 counter, uint128 nonces, uint40 expiry)
        internal
        view
        returns (bytes32)
    {
        bytes32 typehash = keccak256("Voiding(address maker,uint256 counter,uint128 nonces,uint40 expiry)");
        return typed(escrow, keccak256(abi.encode(typehash, maker, counter, nonces, expiry)));
    }

    /// @dev A review as its author signs it, in the domain of Reputation.
    function review(address reputation, bytes32 id, address author, bytes32 commitment, address publisher)
        internal
        view
        returns (bytes32)
    {
        bytes32 typehash = keccak256("Review(bytes32 dealId,address author,bytes32 commitment,address publisher)");
        bytes32 structHash = keccak256(abi.encode(typehash, id, author, commitment, publisher));
        return keccak256(abi.encodePacked(hex"1901", domain("Fairhold Reputation", reputation), structHash));
    }

    function permit(bytes32 domainSeparator, address owner, address spender, uint256 value, uint256 nonce, uint256 end)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typehash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typehash, owner, spender, value, nonce, end));
        return keccak256(abi.encodePacked(hex"1901", domainSeparator, structHash));
    }
}
