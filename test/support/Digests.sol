// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Offer, Terms} from "../../contracts/types/Terms.sol";

/// @notice What people sign, hashed by the text of EIP-712 and not with the contract's own library.
library Digests {
    bytes internal constant TERMS = "Terms(address seller,address buyer,address token,uint256 price,address arbiter,"
        "address operator,uint16 operatorFeeBps,uint16 arbiterFeeBps,uint16 silentAwardBps,uint32 shipSeconds,"
        "uint32 deliverySeconds,uint32 inspectionSeconds,uint32 rulingSeconds,bytes32 itemHash,uint256 salt)";

    function domain(address escrow) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Fairhold Escrow"),
                keccak256("1"),
                block.chainid,
                escrow
            )
        );
    }

    function typed(address escrow, bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domain(escrow), structHash));
    }

    function terms(Terms memory t) internal pure returns (bytes32) {
        bytes memory people = abi.encode(keccak256(TERMS), t.seller, t.buyer, t.token, t.price, t.arbiter, t.operator);
        bytes memory shares = abi.encode(t.operatorFeeBps, t.arbiterFeeBps, t.silentAwardBps);
        bytes memory windows = abi.encode(t.shipSeconds, t.deliverySeconds, t.inspectionSeconds, t.rulingSeconds);
        return keccak256(bytes.concat(people, shares, windows, t.itemHash, bytes32(t.salt)));
    }

    function dealId(address escrow, Terms memory t) internal view returns (bytes32) {
        return typed(escrow, terms(t));
    }

    function offer(address escrow, Offer memory o) internal view returns (bytes32) {
        bytes32 typehash = keccak256(
            bytes.concat("Offer(Terms terms,uint40 expiry,uint256 counter,uint32 quantity)", TERMS)
        );
        return typed(escrow, keccak256(abi.encode(typehash, terms(o.terms), o.expiry, o.counter, o.quantity)));
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
