// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Split} from "../../contracts/libraries/Split.sol";
import {vm} from "../support/Vm.sol";

contract Split_Test {
    uint256 private constant BPS = 10_000;

    function testFuzz_shareDown_IsTheFloor(uint128 amount, uint16 rawBps) public pure {
        uint256 bps = rawBps % (BPS + 1);
        uint256 share = Split.shareDown(amount, bps);
        vm.assertLe(share * BPS, amount * bps, "never more than the exact share");
        vm.assertTrue((share + 1) * BPS > amount * bps, "and less than one unit below it");
        vm.assertLe(share, amount, "never more than the whole");
    }

    function testFuzz_shareDown_Grows(uint128 a, uint128 b, uint16 rawBps) public pure {
        uint256 bps = rawBps % (BPS + 1);
        (uint256 less, uint256 more) = a < b ? (a, b) : (b, a);
        vm.assertLe(Split.shareDown(less, bps), Split.shareDown(more, bps), "more never pays less");
    }

    function testFuzz_shareUp_IsTheCeiling(uint128 amount, uint16 rawBps) public pure {
        uint256 bps = rawBps % (BPS + 1);
        uint256 share = Split.shareUp(amount, bps);
        vm.assertGe(share * BPS, amount * bps, "never less than the exact share");
        vm.assertTrue(share == 0 || (share - 1) * BPS < amount * bps, "and less than one unit above it");
        vm.assertLe(share, amount, "never more than the whole");
    }

    /// @dev What comes back out of 40 bits is never more than went in, and short by a trillionth of the whole at most.
    function testFuzz_quantized_LosesNextToNothing(uint128 rawWhole, uint128 rawPart) public pure {
        uint256 whole = rawWhole == 0 ? 1 : rawWhole;
        uint256 part = rawPart % (whole + 1);
        uint256 units = Split.quantized(part, whole);
        uint256 back = Split.unquantized(units, whole);
        vm.assertLe(units, type(uint40).max, "fits the slot");
        vm.assertLe(back, part, "never more");
        vm.assertLe(part - back, whole / type(uint40).max + 1, "hardly less");
    }

    function test_quantized_WholeAndNothingAreExact() public pure {
        vm.assertEq(Split.quantized(type(uint128).max, type(uint128).max), type(uint40).max, "the whole");
        vm.assertEq(Split.unquantized(type(uint40).max, type(uint128).max), type(uint128).max, "and back");
        vm.assertEq(Split.quantized(0, 7), 0, "nothing");
        vm.assertEq(Split.unquantized(0, 7), 0, "and back");
    }

    function testFuzz_byRuling_PartsAreTheWhole(uint128 remaining, uint16 rawFee, uint16 rawShare) public pure {
        (uint256 feeBps, uint256 share) = (rawFee % (BPS + 1), rawShare % (BPS + 1));
        (uint256 arbiterFee, uint256 toBuyer, uint256 gross) = Split.byRuling(remaining, feeBps, share);
        vm.assertEq(arbiterFee + toBuyer + gross, remaining, "parts");
        vm.assertEq(arbiterFee, remaining * feeBps / BPS, "arbiter");
        vm.assertEq(toBuyer, (remaining - arbiterFee) * share / BPS, "buyer");
    }

    function test_byRuling_Edges() public pure {
        _ruled(type(uint128).max, 10_000, 10_000, type(uint128).max, 0, 0);
        _ruled(type(uint128).max, 0, 10_000, 0, type(uint128).max, 0);
        _ruled(1, 9_999, 9_999, 0, 0, 1);
        _ruled(0, 500, 5_000, 0, 0, 0);
        _ruled(10_001, 500, 5_000, 500, 4_750, 4_751);
    }

    function _ruled(uint256 amount, uint256 feeBps, uint256 share, uint256 fee, uint256 buyers, uint256 sellers)
        private
        pure
    {
        (uint256 arbiterFee, uint256 toBuyer, uint256 gross) = Split.byRuling(amount, feeBps, share);
        vm.assertEq(arbiterFee, fee, "arbiter");
        vm.assertEq(toBuyer, buyers, "buyer");
        vm.assertEq(gross, sellers, "seller");
    }

    /// @dev However a payment is cut, the fees add up to the fee on the whole: nothing is saved, nothing overpaid.
    function testFuzz_feeOnRelease_SumsToTheFeeOnTheWhole(uint120[8] memory cuts, uint16 rawBps) public pure {
        uint256 bps = rawBps % (BPS + 1);
        (uint256 released, uint256 fees) = (0, 0);
        for (uint256 i = 0; i < cuts.length; ++i) {
            (uint256 fee, uint256 inAll) = Split.feeOnRelease(released, cuts[i], bps);
            vm.assertEq(inAll, (released + cuts[i]) * bps / BPS, "fee on all so far");
            vm.assertLe(fee, cuts[i], "no part pays more than itself");
            vm.assertLe(fee, Split.shareDown(cuts[i], bps) + 1, "at most a unit above the part's own share");
            vm.assertGe(fee, Split.shareDown(cuts[i], bps), "never below the part's own share");
            released += cuts[i];
            fees += fee;
        }
        vm.assertEq(fees, released * bps / BPS, "sum of fees");
    }
}
