// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice Hashes of past blocks: of the last 256 by the EVM, of the last 8,191 where the chain keeps the history of EIP-2935.
library BlockHashes {
    address internal constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @return blockHash Zero if it cannot be had.
    function hashOf(uint256 blockNumber) internal view returns (bytes32 blockHash) {
        blockHash = blockhash(blockNumber);
        if (blockHash != 0 || HISTORY.code.length == 0) return blockHash;
        (bool found, bytes memory answer) = HISTORY.staticcall(abi.encode(blockNumber));
        if (found && answer.length == 32) blockHash = bytes32(answer);
    }
}
