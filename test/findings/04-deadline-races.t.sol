// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {RacyEscrow} from "../../contracts/mocks/faulty/Limits.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 4: at a deadline both sides may act, and whoever is first in the block wins. Here each second belongs to
/// one side, so the order of a block decides nothing.
contract Finding04_DeadlineRaces is FindingBase {
    struct Move {
        address by;
        bytes call;
    }

    function test_ShipAgainstReclaim() public {
        Terms memory terms = _funded(ETH);
        _oneAtATime(
            _deadlineOf(terms),
            Move(seller, abi.encodeCall(IEscrow.ship, (terms, TRACKING))),
            Move(buyer, abi.encodeCall(IEscrow.reclaim, (terms)))
        );
    }

    function test_SellersDisputeAgainstReclaim() public {
        Terms memory terms = _funded(ETH);
        _oneAtATime(
            _deadlineOf(terms),
            Move(seller, abi.encodeCall(IEscrow.dispute, (terms, STATEMENT))),
            Move(buyer, abi.encodeCall(IEscrow.reclaim, (terms)))
        );
    }

    function test_DisputeAgainstClaim() public {
        Terms memory terms = _delivered(ETH);
        _oneAtATime(
            _deadlineOf(terms),
            Move(buyer, abi.encodeCall(IEscrow.dispute, (terms, STATEMENT))),
            Move(seller, abi.encodeCall(IEscrow.claim, (terms)))
        );
    }

    function test_RulingAgainstDefault() public {
        Terms memory terms = _disputed(ETH);
        _oneAtATime(
            _deadlineOf(terms),
            Move(arbiter, abi.encodeCall(IEscrow.rule, (terms, 10_000, REASON, ""))),
            Move(seller, abi.encodeCall(IEscrow.awardByDefault, (terms)))
        );
    }

    function test_LastInstalmentAgainstCancelling() public {
        Terms memory terms = _partlyFunded(address(usd));
        _oneAtATime(
            _deadlineOf(terms),
            Move(buyer, abi.encodeCall(IEscrow.fund, (terms, PRICE * 3 / 4))),
            Move(seller, abi.encodeCall(IEscrow.cancelFunding, (terms)))
        );
    }

    function test_FaultyEscrowLeavesASecondToBoth() public {
        uint256 deadline = block.timestamp + 1 days;
        RacyEscrow faulty = new RacyEscrow(deadline);
        Move memory early = Move(buyer, abi.encodeCall(RacyEscrow.dispute, ()));
        Move memory late = Move(seller, abi.encodeCall(RacyEscrow.claim, ()));
        vm.assertEq(_secondsForBoth(address(faulty), deadline, early, late), 1, "a race at the deadline");
    }

    function _oneAtATime(uint256 deadline, Move memory early, Move memory late) private {
        vm.assertEq(_secondsForBoth(address(escrow), deadline, early, late), 0, "no second belongs to both");
        vm.warp(deadline);
        vm.assertTrue(_would(early.by, address(escrow), early.call), "the last second is in time");
        vm.warp(deadline + 1);
        vm.assertTrue(_would(late.by, address(escrow), late.call), "the next is the other side's");
    }

    /// @dev Of the seconds around the deadline, how many let either side go first; none may let neither.
    function _secondsForBoth(address target, uint256 deadline, Move memory early, Move memory late)
        private
        returns (uint256 both)
    {
        for (uint256 moment = deadline - 1; moment <= deadline + 1; ++moment) {
            vm.warp(moment);
            bool first = _would(early.by, target, early.call);
            bool second = _would(late.by, target, late.call);
            vm.assertTrue(first || second, "somebody can act");
            if (first && second) ++both;
        }
    }
}
