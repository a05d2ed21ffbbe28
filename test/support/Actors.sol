// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {vm} from "./Vm.sol";

/// @notice The people of the tests, each with a key, and short ways to sign.
abstract contract Actors {
    uint256 internal constant SELLER_KEY = 0x5E11E5;
    uint256 internal constant BUYER_KEY = 0xB0BE5;
    uint256 internal constant ARBITER_KEY = 0xA6B17E5;
    uint256 internal constant STRANGER_KEY = 0x57A46E5;

    address internal immutable seller = vm.addr(SELLER_KEY);
    address internal immutable buyer = vm.addr(BUYER_KEY);
    address internal immutable arbiter = vm.addr(ARBITER_KEY);
    address internal immutable stranger = vm.addr(STRANGER_KEY);
    address internal immutable operator = address(uint160(uint256(keccak256("operator"))));

    function _labelActors() internal {
        vm.label(seller, "seller");
        vm.label(buyer, "buyer");
        vm.label(arbiter, "arbiter");
        vm.label(stranger, "stranger");
        vm.label(operator, "operator");
    }

    /// @dev The 65-byte form r ‖ s ‖ v.
    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
