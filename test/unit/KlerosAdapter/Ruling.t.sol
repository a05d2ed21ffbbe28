// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {IKlerosAdapter} from "../../../contracts/interfaces/IKlerosAdapter.sol";
import {IArbitrable} from "../../../contracts/interfaces/external/IArbitrable.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {KlerosBase} from "./KlerosBase.sol";

contract KlerosAdapter_rule is KlerosBase {
    function test_IsRecordedAndLogged() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 disputeID = _request(terms, buyer, COST);
        court.giveRuling(disputeID, 4);
        vm.warp(block.timestamp + 4 days);
        vm.expectEmit(address(adapter));
        emit IArbitrable.Ruling(court, disputeID, 4);
        vm.expectEmit(address(adapter));
        emit IKlerosAdapter.RulingRecorded(_idOf(terms), disputeID, 4);
        court.executeRuling(disputeID);
        vm.assertTrue(_case(terms).ruled, "ruled");
        vm.assertEq(_case(terms).choice, 4, "choice");
        _assertState(terms, DealState.Disputed);
    }

    function test_WhenNoneOfTheChoices_CountsAsRefusal() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 disputeID = _request(terms, buyer, COST);
        uint256[2] memory odd = [uint256(6), 257];
        for (uint256 i = 0; i < odd.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            vm.expectEmit(address(adapter));
            emit IArbitrable.Ruling(court, disputeID, odd[i]);
            vm.prank(address(court));
            adapter.rule(disputeID, odd[i]);
            vm.assertTrue(_case(terms).ruled, "ruled");
            vm.assertEq(_case(terms).choice, 0, "choice");
            vm.revertToState(snapshot);
        }
    }

    function test_RevertWhen_NotTheCourt() public {
        uint256 disputeID = _request(_disputedWith(_terms(ETH)), buyer, COST);
        _expect(abi.encodeWithSelector(IKlerosAdapter.NotTheCourt.selector, buyer, address(court)));
        vm.prank(buyer);
        adapter.rule(disputeID, 1);
    }

    function test_RevertWhen_UnknownDispute() public {
        _expect(abi.encodeWithSelector(IKlerosAdapter.UnknownDispute.selector, 7));
        vm.prank(address(court));
        adapter.rule(7, 1);
    }

    function test_RevertWhen_RuledAlready() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 disputeID = _request(terms, buyer, COST);
        _courtRules(disputeID, 2);
        _expect(abi.encodeWithSelector(IKlerosAdapter.AlreadyRuled.selector, disputeID, 2));
        vm.prank(address(court));
        adapter.rule(disputeID, 1);
        vm.assertEq(_case(terms).choice, 2, "choice");
    }

    function test_SucceedsWhateverBecameOfTheDeal() public {
        Terms memory settled = _disputedWith(_terms(ETH));
        Terms memory late = _disputedWith(_terms(ETH));
        uint256 first = _request(settled, buyer, COST);
        uint256 second = _request(late, buyer, COST);
        _settle(settled, 1);
        _late(late);
        _courtRules(first, 1);
        _courtRules(second, 1);
        vm.assertTrue(_case(settled).ruled && _case(late).ruled, "ruled");
    }
}

contract KlerosAdapter_execute is KlerosBase {
    function test_EachChoiceInEth() public {
        _eachChoice(ETH, 1 ether);
    }

    function test_EachChoiceInUsd() public {
        _eachChoice(address(usd), 100e6);
    }

    /// @dev Of what is left after the arbiter's 5 %; the operator takes 2.5 % of the seller's.
    function _eachChoice(address token, uint256 price) private {
        uint16[7] memory shares = [2_000, 10_000, 0, 5_000, 7_500, 2_500, 2_000];
        for (uint256 ruling = 0; ruling < 7; ++ruling) {
            Terms memory terms = _disputedWith(_terms(token));
            uint256 disputeID = _request(terms, buyer, COST);
            _courtRules(disputeID, ruling);
            Holdings memory before = _holdings(token);
            _executes(terms, disputeID, uint8(ruling % 6), shares[ruling]);
            uint256 rest = price * 95 / 100;
            uint256 toBuyer = rest * shares[ruling] / 10_000;
            uint256 fee = (rest - toBuyer) / 40;
            _assertGains(token, before, toBuyer, rest - toBuyer - fee, 0, 0);
            vm.assertEq(_case(terms).fee, price / 20, "arbiter's fee");
            _assertState(terms, DealState.Resolved);
        }
    }

    function _executes(Terms memory terms, uint256 disputeID, uint8 choice, uint16 share) private {
        bytes32 id = _idOf(terms);
        vm.expectEmit(address(adapter));
        emit IKlerosAdapter.RulingExecuted(id, disputeID, choice, share);
        vm.prank(stranger);
        adapter.execute(terms);
        vm.assertEq(escrow.dealOf(id).outcome, share, "buyer's share");
        vm.assertTrue(escrow.dealOf(id).ruled, "ruled");
    }

    function test_ReasonNamesCourtDisputeAndChoice() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 disputeID = _request(terms, buyer, COST);
        _courtRules(disputeID, 1);
        bytes32 reason = keccak256(abi.encode(address(court), disputeID, uint256(1)));
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Ruled(_idOf(terms), 10_000, reason, 0.95 ether, 0, 0, 0.05 ether);
        adapter.execute(terms);
    }

    function test_FeeIsOfWhatIsLeft() public {
        Terms memory terms = _funded(ETH);
        vm.prank(buyer);
        escrow.releasePart(terms, 0.4 ether);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        _courtRules(_request(terms, buyer, COST), 2);
        adapter.execute(terms);
        vm.assertEq(_case(terms).fee, 0.03 ether, "fee");
        uint256 had = buyer.balance;
        adapter.reimburse(terms, buyer);
        vm.assertEq(buyer.balance - had, 0.03 ether, "reimbursed");
    }

    function test_RevertGiven_NoRuling() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        _expect(abi.encodeWithSelector(IKlerosAdapter.NoRuling.selector, _idOf(terms)));
        adapter.execute(terms);
        uint256 disputeID = _request(terms, buyer, COST);
        court.giveRuling(disputeID, 1);
        _expect(abi.encodeWithSelector(IKlerosAdapter.NoRuling.selector, _idOf(terms)));
        adapter.execute(terms);
    }

    function test_RevertGiven_Settled() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 disputeID = _request(terms, buyer, COST);
        _settle(terms, 1);
        _courtRules(disputeID, 1);
        _expectState(terms, DealState.Settled, only(DealState.Disputed));
        adapter.execute(terms);
    }

    function test_RevertWhen_ExecutedAlready() public {
        Terms memory terms = _executed(ETH);
        _expectState(terms, DealState.Resolved, only(DealState.Disputed));
        adapter.execute(terms);
        vm.assertEq(_case(terms).fee, 0.05 ether, "the fee stays as it was");
    }

    function test_AtTheDeadline() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        _courtRules(_request(terms, buyer, COST), 1);
        _atDeadline(terms);
        adapter.execute(terms);
        _assertState(terms, DealState.Resolved);
    }

    function test_RevertWhen_TheRulingCameLate_AndTheSilentAwardHolds() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        uint256 disputeID = _request(terms, buyer, COST);
        uint256 deadline = _deadlineOf(terms);
        _late(terms);
        _courtRules(disputeID, 2);
        _expect(abi.encodeWithSelector(IEscrowErrors.TooLate.selector, block.timestamp, deadline));
        adapter.execute(terms);
        uint256 had = buyer.balance;
        vm.prank(buyer);
        escrow.awardByDefault(terms);
        vm.assertEq(buyer.balance - had, 0.2 ether, "silent award");
        _expectNothingToReimburse(terms, buyer);
        adapter.reimburse(terms, buyer);
    }
}
