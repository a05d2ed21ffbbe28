// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice What a key's account delegates to (EIP-7702), so that it makes several calls in one transaction, all or none, and
/// somebody else can send that transaction: the least that a wallet with EIP-5792 needs.
contract BatchExecutor {
    struct Call {
        address to;
        uint256 value;
        bytes data;
    }

    /// @notice How many batches the account has made.
    uint256 public batches;

    error NotSigned();

    receive() external payable {}

    /// @notice Makes the calls if the account's own key signed exactly these, as its next batch on this chain.
    function execute(Call[] calldata calls, bytes calldata signature) external {
        bytes32 digest = keccak256(abi.encode(block.chainid, address(this), batches, calls));
        if (ECDSA.recoverCalldata(digest, signature) != address(this)) revert NotSigned();
        batches++;
        for (uint256 i = 0; i < calls.length; i++) {
            (bool done, bytes memory reason) = calls[i].to.call{value: calls[i].value}(calls[i].data);
            if (done) continue;
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
    }
}
