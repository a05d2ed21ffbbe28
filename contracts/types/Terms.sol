// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

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
    /// Operator's share of what the seller is paid, in basis points.
    uint16 operatorFeeBps;
    /// Arbiter's share of what is left in the deal when it rules, in basis points.
    uint16 arbiterFeeBps;
    /// Buyer's share, in basis points, of what is left if the arbiter does not rule in time.
    uint16 silentAwardBps;
    /// Seconds the seller has to ship.
    uint32 shipSeconds;
    /// Seconds for delivery before the seller may declare it delivered.
    uint32 deliverySeconds;
    /// Seconds the buyer has to inspect what was delivered.
    uint32 inspectionSeconds;
    /// Seconds the arbiter has to rule.
    uint32 rulingSeconds;
    /// Content hash of the listing that the buyer saw.
    bytes32 itemHash;
    /// Makes otherwise equal terms different deals. Unit k of an offer has the signed salt plus k.
    uint256 salt;
}

/// @notice Terms as their maker signs them: open until `expiry`, for `quantity` units.
struct Offer {
    Terms terms;
    /// Last second at which the offer may be taken.
    uint40 expiry;
    /// Must equal the maker's counter, so that raising the counter voids every earlier offer.
    uint256 counter;
    /// How many deals may be opened from this offer.
    uint32 quantity;
}

bytes constant TERMS_TYPE =
    "Terms(address seller,address buyer,address token,uint256 price,address arbiter,address operator,uint16 operatorFeeBps,uint16 arbiterFeeBps,uint16 silentAwardBps,uint32 shipSeconds,uint32 deliverySeconds,uint32 inspectionSeconds,uint32 rulingSeconds,bytes32 itemHash,uint256 salt)";
bytes32 constant TERMS_TYPEHASH = keccak256(TERMS_TYPE);
bytes32 constant OFFER_TYPEHASH =
    keccak256(abi.encodePacked("Offer(Terms terms,uint40 expiry,uint256 counter,uint32 quantity)", TERMS_TYPE));
bytes32 constant SETTLEMENT_TYPEHASH =
    keccak256("Settlement(bytes32 dealId,uint128 toBuyer,uint128 remaining,uint40 expiry)");
bytes32 constant RULING_TYPEHASH = keccak256("Ruling(bytes32 dealId,uint16 buyerBps,bytes32 reasonHash)");

/// @notice EIP-712 struct hashes of what people sign. Every member is a static word, so `abi.encode` is the encoding of the EIP.
library TypedHash {
    /// @notice hashStruct(Terms) for terms in calldata.
    function ofTerms(Terms calldata terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(TERMS_TYPEHASH, terms));
    }

    /// @notice hashStruct(Terms) for terms in memory.
    function ofTermsInMemory(Terms memory terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(TERMS_TYPEHASH, terms));
    }

    /// @notice hashStruct(Offer), given the hash of its terms.
    function ofOffer(Offer calldata offer, bytes32 termsHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(OFFER_TYPEHASH, termsHash, offer.expiry, offer.counter, offer.quantity));
    }

    /// @notice hashStruct(Settlement).
    function ofSettlement(bytes32 dealId, uint128 toBuyer, uint128 remaining, uint40 expiry)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(SETTLEMENT_TYPEHASH, dealId, toBuyer, remaining, expiry));
    }

    /// @notice hashStruct(Ruling).
    function ofRuling(bytes32 dealId, uint16 buyerBps, bytes32 reasonHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(RULING_TYPEHASH, dealId, buyerBps, reasonHash));
    }
}
