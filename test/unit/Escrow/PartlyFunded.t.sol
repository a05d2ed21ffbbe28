// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {vm} from "../../support/Vm.sol";

/// @notice What a deal whose price is not all paid can do besides being funded or given up.
contract Escrow_partlyFunded is Base {
    function test_settle_DividesWhatWasPaid() public {
        _settles(0.05 ether, 0.2 ether);
    }

    function test_settle_WhenAllGoesToTheSeller() public {
        _settles(0, 0.25 ether);
    }

    function test_settle_WhenAllGoesToTheBuyer() public {
        _settles(0.25 ether, 0);
    }

    /// @dev The fee is on what the seller got of the instalments, and not a wei of another deal's money may pay it.
    function _settles(uint128 toBuyer, uint256 gross) private {
        Terms memory other = _terms(ETH);
        other.salt = 99;
        _open(other);
        Terms memory terms = _partlyFunded(ETH);
        // The slot keeps the seller's part of the price, in 40 bits, rounded down.
        uint256 kept = (gross * (2 ** 40 - 1) / 1 ether) * 1 ether / (2 ** 40 - 1);
        uint256 fee = kept * OPERATOR_BPS / 10_000;
        Holdings memory before = _holdings(ETH);
        _settle(terms, toBuyer);
        _assertGains(ETH, before, toBuyer, gross - fee, 0, 0);
        _collect(terms);
        _assertGains(ETH, before, toBuyer, gross - fee, 0, fee);
        vm.assertEq(address(escrow).balance, 1 ether, "the other deal's money is all there");
        _assertState(terms, DealState.Settled);
        vm.assertEq(escrow.remainingOf(terms), 0, "remaining");
    }

    function test_settle_RevertWhen_WholePriceWasSignedAsRemaining() public {
        Terms memory terms = _partlyFunded(ETH);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.RemainingChanged.selector, 1 ether, 0.25 ether));
        vm.prank(buyer);
        escrow.settle(terms, 0, 1 ether, uint40(block.timestamp), "", "");
    }

    /// @dev The deposit is in the seller's way of nothing, but the buyer can leave only late: who could move that time on alone
    /// could keep the deposit for ever.
    function test_extend_RevertWhen_EitherSide() public {
        Terms memory terms = _partlyFunded(ETH);
        address[2] memory sides = [buyer, seller];
        for (uint256 i = 0; i < 2; ++i) {
            _expectState(terms, DealState.PartlyFunded, _underway());
            vm.prank(sides[i]);
            escrow.extend(terms, uint40(START + 30 days));
        }
    }

    function test_RevertWhen_ActedOnBeforeItIsFunded() public {
        Terms memory terms = _partlyFunded(ETH);
        _expectState(terms, DealState.PartlyFunded, only(DealState.Funded));
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
        _expectState(terms, DealState.PartlyFunded, _underway());
        vm.prank(buyer);
        escrow.release(terms);
        _expectState(terms, DealState.PartlyFunded, _underway());
        vm.prank(buyer);
        escrow.releasePart(terms, 1);
        _expectState(terms, DealState.PartlyFunded, _underway());
        vm.prank(seller);
        escrow.refund(terms);
        _expectState(terms, DealState.PartlyFunded, _underway());
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        _late(terms);
        _expectState(terms, DealState.PartlyFunded, only(DealState.Funded));
        vm.prank(buyer);
        escrow.reclaim(terms);
    }

    function test_parts_MoveOnceItIsFunded() public {
        Terms memory terms = _partlyFunded(ETH);
        vm.prank(buyer);
        escrow.fund{value: 0.75 ether}(terms, 0.75 ether);
        vm.prank(buyer);
        escrow.releasePart(terms, 0.9 ether);
        vm.assertEq(escrow.remainingOf(terms), 0.1 ether, "remaining");
    }
}
