// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Rules} from "../../../contracts/types/Rules.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Fees wait in the escrow until anyone collects them: of every ending, to the wei, once.
contract Escrow_collectFees is Base {
    using RulesBuilder for Rules;

    /// @dev Reverts on every payment of coins.
    bytes private constant REFUSES = hex"5f5ffd";

    Terms[] private _batch;

    function test_AfterRelease() public {
        Terms memory terms = _withParts(0, 0);
        vm.prank(buyer);
        escrow.release(terms);
        _collects(terms, 0.025 ether, 0);
    }

    function test_AfterRelease_GivenPartsMoved() public {
        Terms memory terms = _withParts(0.2 ether, 0.3 ether);
        vm.prank(buyer);
        escrow.release(terms);
        _collects(terms, 0.0175 ether, 0);
    }

    function test_AfterClaim_GivenPartsMoved() public {
        Terms memory terms = _withParts(0.2 ether, 0.3 ether);
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
        vm.prank(buyer);
        escrow.deliver(terms);
        _late(terms);
        escrow.claim(terms);
        _collects(terms, 0.0175 ether, 0);
    }

    function test_AfterRefund_GivenAPartWasReleased() public {
        Terms memory terms = _withParts(0.2 ether, 0);
        vm.prank(seller);
        escrow.refund(terms);
        _collects(terms, 0.005 ether, 0);
    }

    function test_AfterReclaim_GivenPartsMoved() public {
        Terms memory terms = _withParts(0.2 ether, 0.3 ether);
        _late(terms);
        vm.prank(buyer);
        escrow.reclaim(terms);
        _collects(terms, 0.005 ether, 0);
    }

    function test_AfterSettlement() public {
        Terms memory terms = _withParts(0, 0);
        _settle(terms, 0.4 ether);
        _collects(terms, 0.015 ether, 0);
    }

    function test_AfterSettlement_GivenPartsMoved() public {
        Terms memory terms = _withParts(0.2 ether, 0.3 ether);
        _settle(terms, 0.25 ether);
        // Half of what was left in 40 bits, rounded down, is a hair under half.
        uint256 kept = (uint256(0.25 ether) * (2 ** 40 - 1) / 0.5 ether) * 0.5 ether / (2 ** 40 - 1);
        _collects(terms, (0.2 ether + kept) * 250 / 10_000, 0);
    }

    function test_AfterSettlement_WhenAllWentToTheBuyer() public {
        Terms memory terms = _withParts(0.2 ether, 0);
        _settle(terms, 0.8 ether);
        _collects(terms, 0.005 ether, 0);
    }

    function test_AfterRuling() public {
        Terms memory terms = _withParts(0, 0);
        _rule(terms, 3_000);
        _collects(terms, 0.016625 ether, 0.05 ether);
    }

    function test_AfterRuling_GivenPartsMoved() public {
        Terms memory terms = _withParts(0.2 ether, 0.4 ether);
        _rule(terms, 5_000);
        // Of 0.4 left: 0.02 to the arbiter, half of 0.38 to the seller, who had 0.2 before.
        _collects(terms, 0.00975 ether, 0.02 ether);
    }

    function test_AfterRuling_WhenAllWentToTheBuyer() public {
        Terms memory terms = _withParts(0, 0);
        _rule(terms, 10_000);
        _collects(terms, 0, 0.05 ether);
    }

    function test_AfterDefaultAward_GivenPartsMoved() public {
        Terms memory terms = _withParts(0.2 ether, 0.4 ether);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        _late(terms);
        vm.prank(seller);
        escrow.awardByDefault(terms);
        _collects(terms, 0.01 ether, 0);
    }

    function _collects(Terms memory terms, uint256 operatorFee, uint256 arbiterFee) private {
        vm.assertTrue(escrow.dealOf(_idOf(terms)).feesDue, "fees are due");
        vm.assertEq(address(escrow).balance, operatorFee + arbiterFee, "exactly the fees wait");
        Holdings memory before = _holdings(ETH);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.FeesCollected(_idOf(terms), operatorFee, arbiterFee);
        _collect(terms);
        _assertGains(ETH, before, 0, 0, arbiterFee, operatorFee);
        IEscrow.Deal memory deal = escrow.dealOf(_idOf(terms));
        vm.assertTrue(!deal.feesDue, "nothing is due any more");
        vm.assertEq(uint256(deal.state), _endOf(terms), "the deal's state stays");
        _collect(terms);
        _assertGains(ETH, before, 0, 0, arbiterFee, operatorFee);
    }

    function _endOf(Terms memory terms) private view returns (uint256) {
        (,,, uint256 endedAt) = escrow.endOf(terms);
        vm.assertEq(endedAt, _deadlineOf(terms), "the end stays");
        return uint256(_stateOf(terms));
    }

    /// @dev Nobody can spoil a batch by having one of its deals collected before, or by ending it without fees.
    function test_WhenSomeDealsOweNothing() public {
        Terms memory owing = _withParts(0, 0);
        vm.prank(buyer);
        escrow.release(owing);
        DealState[4] memory quiet = [DealState.None, DealState.Shipped, DealState.Disputed, DealState.PartlyFunded];
        for (uint256 i = 0; i < quiet.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            _batch.push(_inState(address(usd), quiet[i]));
            _batch.push(owing);
            _batch.push(owing);
            escrow.collectFees(_batch);
            vm.assertEq(operator.balance, 0.025 ether, "paid once");
            vm.assertEq(usd.balanceOf(operator), 0, "nothing of a deal that goes on");
            vm.revertToState(snapshot);
        }
    }

    function test_WhenEmpty() public {
        escrow.collectFees(_batch);
    }

    /// @dev A part's fee is held back while the deal goes on; it is not there to be collected yet.
    function test_WhenDealGoesOn() public {
        Terms memory terms = _withParts(0.4 ether, 0);
        _collect(terms);
        vm.assertEq(operator.balance, 0, "operator gained");
        vm.assertEq(address(escrow).balance, 0.61 ether, "what is left, and the part's fee");
    }

    function test_WhenNoFeeIsAgreed_NothingIsDue() public {
        Terms memory terms = _terms(ETH);
        terms.rules = terms.rules.withOperatorFee(0);
        _open(terms);
        vm.prank(buyer);
        escrow.release(terms);
        vm.assertTrue(!escrow.dealOf(_idOf(terms)).feesDue, "nothing is due");
        vm.assertEq(address(escrow).balance, 0, "nothing waits");
    }

    /// @dev Without an operator an arbiter still has its fee, and the zero address gets nothing.
    function test_WhenThereIsNoOperator() public {
        Terms memory terms = _terms(ETH);
        terms.rules = terms.rules.withOperatorFee(0);
        terms.operator = address(0);
        _open(terms);
        _rule(terms, 0);
        _collect(terms);
        vm.assertEq(arbiter.balance, 0.05 ether, "arbiter gained");
        vm.assertEq(escrow.creditOf(ETH, address(0)), 0, "nobody's credit");
        vm.assertEq(address(escrow).balance, 0, "nothing stays behind");
    }

    /// @dev Neighbours of one operator and token are paid together; others in between part them, and nothing is lost.
    function test_WhenNeighboursDiffer() public {
        _batch.push(_released(1, ETH, operator));
        _batch.push(_released(2, ETH, operator));
        _batch.push(_released(3, ETH, stranger));
        _batch.push(_released(4, address(usd), stranger));
        _batch.push(_released(5, address(usd), operator));
        _batch.push(_released(6, ETH, operator));
        escrow.collectFees(_batch);
        vm.assertEq(operator.balance, 0.075 ether, "operator's coins");
        vm.assertEq(usd.balanceOf(operator), 2.5e6, "operator's tokens");
        vm.assertEq(stranger.balance, 0.025 ether, "the other operator's coins");
        vm.assertEq(usd.balanceOf(stranger), 2.5e6, "the other operator's tokens");
        vm.assertEq(address(escrow).balance + usd.balanceOf(address(escrow)), 0, "nothing stays behind");
    }

    function test_WhenOperatorRefuses_ItIsCredited() public {
        Terms memory terms = _released(1, ETH, operator);
        vm.etch(operator, REFUSES);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Credited(ETH, operator, 0.025 ether);
        _collect(terms);
        vm.assertEq(escrow.creditOf(ETH, operator), 0.025 ether, "credit");
    }

    function test_WhenArbiterRefuses_OperatorIsPaidAllTheSame() public {
        Terms memory terms = _withParts(0, 0);
        _rule(terms, 3_000);
        vm.etch(arbiter, REFUSES);
        _collect(terms);
        vm.assertEq(escrow.creditOf(ETH, arbiter), 0.05 ether, "arbiter's credit");
        vm.assertEq(operator.balance, 0.016625 ether, "operator gained");
    }

    function _withParts(uint128 released, uint128 refunded) private returns (Terms memory terms) {
        terms = _funded(ETH);
        if (released != 0) {
            vm.prank(buyer);
            escrow.releasePart(terms, released);
        }
        if (refunded != 0) {
            vm.prank(seller);
            escrow.refundPart(terms, refunded);
        }
    }

    function _released(uint64 salt, address token, address earner) private returns (Terms memory terms) {
        terms = _terms(token);
        (terms.salt, terms.operator) = (salt, earner);
        _open(terms);
        vm.prank(buyer);
        escrow.release(terms);
    }

    function _rule(Terms memory terms, uint16 bps) private {
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        vm.prank(arbiter);
        escrow.rule(terms, bps, REASON, "");
    }
}
