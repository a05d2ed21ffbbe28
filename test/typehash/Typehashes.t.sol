// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TypedHash} from "../../contracts/libraries/TypedHash.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";

/// @notice The type hashes that the contracts write out are those of the texts. The two that are private, of a Review and of
/// Permit2's witness, are checked where signatures over their texts are accepted.
contract Typehashes {
    function test_Terms() public pure {
        vm.assertEq(TypedHash.TERMS, keccak256(Digests.TERMS), "Terms");
    }

    function test_Offer() public pure {
        bytes memory text = "Offer(Terms terms,uint40 expiry,uint256 counter,uint8 nonce,uint32 quantity)";
        vm.assertEq(TypedHash.OFFER, keccak256(bytes.concat(text, Digests.TERMS)), "Offer");
    }

    function test_Settlement() public pure {
        _equals(
            TypedHash.SETTLEMENT, "Settlement(bytes32 dealId,uint128 toBuyer,uint128 remaining,uint40 expiry)"
        );
    }

    function test_Ruling() public pure {
        _equals(TypedHash.RULING, "Ruling(bytes32 dealId,uint16 buyerBps,bytes32 reasonHash)");
    }

    function test_Act() public pure {
        _equals(
            TypedHash.ACT,
            "Act(address signer,bytes32 dealId,string action,uint256 value,bytes32 hash,uint256 tip,uint40 expiry)"
        );
    }

    function test_Withdrawal() public pure {
        _equals(
            TypedHash.WITHDRAWAL,
            "Withdrawal(address account,address token,address to,uint256 tip,uint256 nonce,uint40 expiry)"
        );
    }

    function test_Voiding() public pure {
        _equals(TypedHash.VOIDING, "Voiding(address maker,uint256 counter,uint128 nonces,uint40 expiry)");
    }

    function _equals(bytes32 typehash, string memory text) private pure {
        vm.assertEq(typehash, keccak256(bytes(text)), text);
    }
}
