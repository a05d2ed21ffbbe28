// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice The part of ERC-3009 that pays a contract: the authorisation can be used by its recipient only.
/// @dev https://eips.ethereum.org/EIPS/eip-3009. The overload with `bytes` is what tokens use for contract wallets.
interface IERC3009 {
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes memory signature
    ) external;
}
