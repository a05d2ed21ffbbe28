// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_dispute is Base {
    function test_GivenFunded_AtTheDeadline() public {
        Terms memory terms = _funded(ETH);
        _atDeadline(terms);
        _disputes(terms, seller);
    }

    function test_GivenFunded_WhenLateBuyer() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        _disputes(terms, buyer);
    }

    function test_RevertGiven_Funded_WhenLateSeller() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        _expectTooLate(terms);
        vm.prank(seller);
        escrow.dispute(terms, STATEMENT);
    }

    function test_GivenShipped_WhenLateEither() public {
        Terms memory terms = _shipped(ETH);
        _late(terms);
        uint256 snapshot = vm.snapshotState();
        _disputes(terms, buyer);
        vm.revertToState(snapshot);
        _disputes(terms, seller);
    }

    function test_GivenDelivered_AtTheDeadline() public {
        Terms memory terms = _delivered(ETH);
        _atDeadline(terms);
        _disputes(terms, buyer);
    }

    function test_GivenDelivered_WhenLateSeller() public {
        Terms memory terms = _delivered(ETH);
        _late(terms);
        _disputes(terms, seller);
    }

    function test_RevertGiven_Delivered_WhenLateBuyer() public {
        Terms memory terms = _delivered(ETH);
        _late(terms);
        _expectTooLate(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    function _disputes(Terms memory terms, address by) private {
        uint40 deadline = uint40(block.timestamp + RULING);
        Holdings memory before = _holdings(ETH);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Disputed(_idOf(terms), by, STATEMENT, deadline);
        vm.prank(by);
        escrow.dispute(terms, STATEMENT);
        _assertState(terms, DealState.Disputed);
        vm.assertEq(_deadlineOf(terms), deadline, "deadline");
        _assertGains(ETH, before, 0, 0, 0, 0);
    }

    function test_RevertWhen_CallerIsNoParty() public {
        Terms memory terms = _shipped(ETH);
        _expectCaller(arbiter, address(0));
        vm.prank(arbiter);
        escrow.dispute(terms, STATEMENT);
    }

    function test_RevertGiven_Disputed() public {
        Terms memory terms = _disputed(ETH);
        _expectState(terms, DealState.Disputed, _underway());
        vm.prank(seller);
        escrow.dispute(terms, STATEMENT);
    }
}

contract Escrow_rule is Base {
    function test_WhenArbiterCalls_Eth() public {
        // 5 % of 1 ether to the arbiter; 30 % of 0.95 to the buyer; 2.5 % of 0.665 to the operator.
        _rules(_disputed(ETH), 3_000, 0.285 ether, 0.648375 ether, 0.05 ether, 0.016625 ether);
    }

    function test_WhenArbiterCalls_Token() public {
        _rules(_disputed(address(usd)), 10_000, 95e6, 0, 5e6, 0);
    }

    function test_WhenAllToTheSeller() public {
        _rules(_disputed(address(usd)), 0, 0, 92_625_000, 5e6, 2_375_000);
    }

    function test_GivenPartsMoved() public {
        Terms memory terms = _shipped(address(usd));
        vm.prank(buyer);
        escrow.releasePart(terms, 20e6);
        vm.prank(seller);
        escrow.refundPart(terms, 40e6);
        vm.prank(seller);
        escrow.dispute(terms, STATEMENT);
        _rules(terms, 5_000, 19e6, 18_525_000, 2e6, 475_000);
    }

    function _rules(
        Terms memory terms,
        uint16 buyerBps,
        uint256 toBuyer,
        uint256 toSeller,
        uint256 toArbiter,
        uint256 fee
    ) private {
        _atDeadline(terms);
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Ruled(_idOf(terms), buyerBps, REASON, toBuyer, toSeller, fee, toArbiter);
        vm.prank(arbiter);
        escrow.rule(terms, buyerBps, REASON, "");
        _assertGains(terms.token, before, toBuyer, toSeller, 0, 0);
        _collect(terms);
        // Of a part before, a fee waited too.
        uint256 earlier = escrow.dealOf(_idOf(terms)).partly ? 500_000 : 0;
        _assertGains(terms.token, before, toBuyer, toSeller, toArbiter, fee + earlier);
        _assertState(terms, DealState.Resolved);
    }

    function test_WhenAnyoneSubmitsTheSignedRuling() public {
        Terms memory terms = _disputed(ETH);
        Holdings memory before = _holdings(ETH);
        bytes memory signature = _signRuling(ARBITER_KEY, terms, 3_000);
        vm.prank(stranger);
        escrow.rule(terms, 3_000, REASON, signature);
        _collect(terms);
        _assertGains(ETH, before, 0.285 ether, 0.648375 ether, 0.05 ether, 0.016625 ether);
    }

    function test_RevertWhen_NobodySigned() public {
        Terms memory terms = _disputed(ETH);
        _expectCaller(seller, arbiter);
        vm.prank(seller);
        escrow.rule(terms, 0, REASON, "");
    }

    function test_RevertWhen_APartySigned() public {
        Terms memory terms = _disputed(ETH);
        _refusedSignature(terms, 0, _signRuling(SELLER_KEY, terms, 0));
    }

    function test_RevertWhen_ShareDiffersFromWhatWasSigned() public {
        Terms memory terms = _disputed(ETH);
        _refusedSignature(terms, 10_000, _signRuling(ARBITER_KEY, terms, 9_999));
    }

    function test_RevertWhen_RulingIsOfAnotherDeal() public {
        Terms memory other = _disputed(address(usd));
        _refusedSignature(_disputed(ETH), 0, _signRuling(ARBITER_KEY, other, 0));
    }

    function _refusedSignature(Terms memory terms, uint16 bps, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, arbiter));
        vm.prank(seller);
        escrow.rule(terms, bps, REASON, signature);
    }

    function test_RevertWhen_ShareIsMoreThanTheWhole() public {
        Terms memory terms = _disputed(ETH);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.AmountOutOfRange.selector, 10_001, 10_000));
        vm.prank(arbiter);
        escrow.rule(terms, 10_001, REASON, "");
    }

    function test_RevertWhen_Late() public {
        Terms memory terms = _disputed(ETH);
        _late(terms);
        _expectTooLate(terms);
        vm.prank(arbiter);
        escrow.rule(terms, 0, REASON, "");
    }

    function test_RevertGiven_NotDisputed() public {
        Terms memory terms = _delivered(ETH);
        _expectState(terms, DealState.Delivered, only(DealState.Disputed));
        vm.prank(arbiter);
        escrow.rule(terms, 0, REASON, "");
    }

    function test_RevertGiven_RuledAlready() public {
        Terms memory terms = _inState(ETH, DealState.Resolved);
        bytes memory signature = _signRuling(ARBITER_KEY, terms, 0);
        _expectState(terms, DealState.Resolved, only(DealState.Disputed));
        vm.prank(stranger);
        escrow.rule(terms, 0, REASON, signature);
    }

    function _signRuling(uint256 key, Terms memory terms, uint16 bps) private view returns (bytes memory) {
        return _sign(key, Digests.ruling(address(escrow), _idOf(terms), bps, REASON));
    }
}
