// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Split} from "../../contracts/libraries/Split.sol";

/// @notice What is proved of the arithmetic for every input there is: `npm run prove`. Amounts are what an offer can have, at most
/// 2^128 - 1, shares at most 10,000.
contract SplitProof {
    uint256 private constant MAX = type(uint128).max;

    /// @dev Unchecked arithmetic is as good as checked: nothing wraps.
    function sharesDoNotWrap(uint128 amount, uint16 bps) external pure {
        require(bps <= Split.BPS);
        uint256 product = uint256(amount) * bps;
        assert(Split.shareDown(amount, bps) == product / Split.BPS);
        assert(Split.shareDown(amount, bps) <= amount);
    }

    function rulingDividesAll(uint128 remaining, uint16 arbiterFeeBps, uint16 buyerBps) external pure {
        require(arbiterFeeBps <= Split.BPS && buyerBps <= Split.BPS);
        (uint256 arbiterFee, uint256 toBuyer, uint256 gross) = Split.byRuling(remaining, arbiterFeeBps, buyerBps);
        assert(arbiterFee <= remaining);
        assert(toBuyer <= remaining - arbiterFee);
        assert(gross == remaining - arbiterFee - toBuyer);
    }

    /// @dev A fee is at most what it is taken from, and the fees of parts add up to the fee of the whole.
    function feesAddUp(uint128 released, uint128 amount, uint16 bps) external pure {
        require(bps <= Split.BPS);
        require(uint256(released) + amount <= MAX);
        uint256 before = Split.shareDown(released, bps);
        (uint256 fee, uint256 inAll) = Split.feeOnRelease(released, amount, bps);
        assert(inAll >= before);
        assert(before + fee == inAll);
    }

    /// @dev What the slot remembers of a settlement never stands for more than the seller's part was.
    function rememberedPartsAreNeverMore(uint128 part, uint128 whole) external pure {
        require(whole != 0 && part <= whole);
        uint256 units = Split.quantized(part, whole);
        assert(units <= type(uint40).max);
        assert(Split.unquantized(units, whole) <= part);
    }
}
