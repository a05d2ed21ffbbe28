// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice An ERC-2612 permit over the price, for the escrow as spender.
struct Permit {
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice A Permit2 transfer whose witness is the deal; anyone may submit it, and it can pay for that deal alone.
/// @dev What is signed: PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,
/// uint256 deadline,Deal witness)Deal(bytes32 dealId)TokenPermissions(address token,uint256 amount), where the permitted
/// amount is the price plus `tip` and the spender is the escrow.
struct Permit2Payment {
    address buyer;
    /// What whoever submits this earns on top of the price, in the token's base units.
    uint256 tip;
    uint256 nonce;
    uint256 deadline;
    bytes signature;
}

/// @notice An ERC-3009 authorisation of price plus `tip` whose nonce is the deal's id; anyone may submit it.
struct Authorization {
    address buyer;
    /// What whoever submits this earns on top of the price, in the token's base units.
    uint256 tip;
    uint256 validAfter;
    uint256 validBefore;
    bytes signature;
}
