// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Rules} from "./Rules.sol";

/// @notice All that both sides of a deal agree to. The deal id is the EIP-712 digest of this struct.
struct Terms {
    /// Who is paid. Zero in a bid that any seller may take.
    address seller;
    /// Who pays. Zero in an ask that any buyer may take.
    address buyer;
    /// ERC-20 token, or zero for the chain's own coin.
    address token;
    /// What the buyer pays, in the token's base units (wei for the native coin), everything included.
    uint256 price;
    /// Who rules if the parties cannot agree: a wallet or a contract, never one of the two.
    address arbiter;
    /// The marketplace that earns the operator fee. It has no power over the deal.
    address operator;
    /// Fees, the award of a silent arbiter, instalments and the times each step may take.
    Rules rules;
    /// Content hash of the listing that the buyer saw.
    bytes32 itemHash;
    /// Makes otherwise equal terms different deals. Unit k of an offer has the signed salt plus k.
    uint64 salt;
}

/// @notice Terms as their maker signs them: open until `expiry`, for `quantity` units.
/// @dev The maker of an ask is its seller, of a bid its buyer.
struct Offer {
    Terms terms;
    /// Last second at which the offer may be taken.
    uint40 expiry;
    /// Must equal the maker's counter, so that raising the counter voids every earlier offer.
    uint256 counter;
    /// Group of offers that the maker can void together, 0 to 127. One listing's offers share theirs.
    uint8 nonce;
    /// How many deals may be opened from this offer.
    uint32 quantity;
}
