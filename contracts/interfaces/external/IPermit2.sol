// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice The part of Permit2 that moves tokens by a signature which also covers a witness of the caller's choice.
/// @dev https://docs.uniswap.org/contracts/permit2/reference/signature-transfer
interface IPermit2 {
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    function permitWitnessTransferFrom(
        PermitTransferFrom memory permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external;
}
