// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Puppet} from "./Receivers.sol";

/// @notice A wallet of two owners, as a Safe may be: it signs by ERC-1271 with both signatures one after the other, in the
/// order of the owners' addresses. It takes coins.
contract Multisig is Puppet {
    address private immutable FIRST;
    address private immutable SECOND;

    constructor(address one, address other) payable Puppet(one) {
        (FIRST, SECOND) = one < other ? (one, other) : (other, one);
    }

    receive() external payable {}

    function isValidSignature(bytes32 digest, bytes calldata signature) external view override returns (bytes4) {
        if (signature.length != 130) return 0xffffffff;
        bool both = _signer(digest, signature[:65]) == FIRST && _signer(digest, signature[65:]) == SECOND;
        return both ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }

    function _signer(bytes32 digest, bytes calldata signature) private pure returns (address) {
        return ecrecover(digest, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64]));
    }
}
