// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice How money divides. Pure and free of storage, so that it can be read, fuzzed and proved alone.
/// @dev Amounts are at most 2^128 - 1 and shares at most 10,000 (an offer with others is refused), so no product and no sum
/// here overflows, which is why the arithmetic is unchecked; the fuzz tests compare it with checked. Shares round down;
/// whoever gets the rest gets what remains, never a second division, so the parts always add up to the whole.
/// protocol/src/deal/amount.ts mirrors this for display; golden vectors pin the two together.
library Split {
    uint256 internal constant BPS = 10_000;

    /// @notice `bps` ten-thousandths of `amount`, rounded down.
    function shareDown(uint256 amount, uint256 bps) internal pure returns (uint256) {
        unchecked {
            return amount * bps / BPS;
        }
    }

    /// @notice `bps` ten-thousandths of `amount`, rounded up.
    function shareUp(uint256 amount, uint256 bps) internal pure returns (uint256) {
        return (amount * bps + BPS - 1) / BPS;
    }

    /// @notice Fee due on releasing `amount` after `releasedBefore` was released already, and the fee on both together.
    /// @dev Cumulative, so that cutting a payment into many small parts saves nothing.
    function feeOnRelease(uint256 releasedBefore, uint256 amount, uint256 feeBps)
        internal
        pure
        returns (uint256 fee, uint256 inAll)
    {
        unchecked {
            inAll = shareDown(releasedBefore + amount, feeBps);
            fee = releasedBefore == 0 ? inAll : inAll - shareDown(releasedBefore, feeBps);
        }
    }

    /// @notice `part` of `whole` in 40 bits, rounded down: what a deal's slot has room for. The whole is 2^40 - 1.
    function quantized(uint256 part, uint256 whole) internal pure returns (uint256) {
        unchecked {
            return part * type(uint40).max / whole;
        }
    }

    /// @notice The amount that a quantized part stands for, rounded down: never more than the part was.
    function unquantized(uint256 units, uint256 whole) internal pure returns (uint256) {
        unchecked {
            return units * whole / type(uint40).max;
        }
    }

    /// @notice Divides `remaining` by a ruling: the arbiter's fee first, then the buyer's share of the rest.
    function byRuling(uint256 remaining, uint256 arbiterFeeBps, uint256 buyerBps)
        internal
        pure
        returns (uint256 arbiterFee, uint256 toBuyer, uint256 sellerGross)
    {
        unchecked {
            arbiterFee = shareDown(remaining, arbiterFeeBps);
            toBuyer = shareDown(remaining - arbiterFee, buyerBps);
            sellerGross = remaining - arbiterFee - toBuyer;
        }
    }
}
