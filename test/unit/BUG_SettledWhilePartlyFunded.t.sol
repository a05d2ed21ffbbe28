// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Base} from "../support/Base.sol";

/// @notice A deal settled before its price was all paid owes the operator a fee on what the seller got of the instalments.
/// `collectFees` reckons it on the whole price instead, and pays the difference out of other deals' money.
contract Escrow_settledWhilePartlyFunded is Base {
    function test_settle_DividesWhatWasPaid() public {
        _settles(0.05 ether, 0.2 ether);
    }

    function test_settle_WhenAllGoesToTheSeller() public {
        _settles(0, 0.25 ether);
    }

    function test_settle_WhenAllGoesToTheBuyer() public {
        _settles(0.25 ether, 0);
    }

    /// @dev Of another deal's money in the same contract not a wei may pay the fee.
    function _settles(uint128 toBuyer, uint256 gross) private {
        Terms memory other = _terms(ETH);
        other.salt = 99;
        _open(other);
        Terms memory terms = _partlyFunded(ETH);
        uint256 fee = gross * OPERATOR_BPS / 10_000;
        Holdings memory before = _holdings(ETH);
        _settle(terms, toBuyer);
        _assertGains(ETH, before, toBuyer, gross - fee, 0, 0);
        _collect(terms);
        _assertGains(ETH, before, toBuyer, gross - fee, 0, fee);
        vm.assertEq(address(escrow).balance, 1 ether, "the other deal's money is all there");
        _assertState(terms, DealState.Settled);
        vm.assertEq(escrow.remainingOf(terms), 0, "remaining");
    }
}
