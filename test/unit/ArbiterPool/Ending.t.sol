// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {IArbiterPoolEvents} from "../../../contracts/interfaces/IArbiterPoolEvents.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Outcome, Phase} from "../../../contracts/types/PoolTypes.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Deals ruled by the pool through the real escrow, and who earns and loses what, to the wei.
contract EndingTest is PoolBase {
    function test_execute_rulesTheMedianInEth() external {
        _rulesTheMedian(ETH, ETH_PRICE);
    }

    function test_execute_rulesTheMedianInDollars() external {
        _rulesTheMedian(address(usd), USD_PRICE);
    }

    /// @dev Votes 30 %, 60 %, 65 %: 60 % is ruled, the 30 % is incoherent and earns nothing, loses nothing.
    function _rulesTheMedian(address token, uint256 price) private {
        (Terms memory terms, bytes32 id) = _voted(token, _votes(3_000, 6_000, 6_500));
        address[] memory panel = _panel(id, 1);
        _pastAppeal(id);
        _assertPhase(id, Phase.Executable);
        Outcome memory outcome = pool.outcomeOf(id);
        vm.assertTrue(outcome.decided, "decided");
        vm.assertEq(outcome.buyerBps, 6_000, "median");
        vm.assertEq(outcome.reasonHash, _reason(panel[1]), "reason of who voted the median");
        vm.assertEq(outcome.round, 1, "first panel's");
        uint256 had = _balance(token, buyer);
        uint256 fee = price * ARBITER_BPS / 10_000;
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.CaseExecuted(id, 6_000, _reason(panel[1]), 1, fee);
        pool.execute(terms);
        _assertState(terms, DealState.Resolved);
        vm.assertEq(_balance(token, buyer) - had, (price - fee) * 6_000 / 10_000, "buyer's share");
        vm.assertEq(pool.rewardOf(token, panel[0]) + pool.rewardOf(ETH, panel[0]), 0, "incoherent");
        uint256 share = fee / 2 + (token == ETH ? CASE_FEE / 2 : 0);
        vm.assertEq(pool.rewardOf(token, panel[1]), share, "first coherent");
        vm.assertEq(pool.rewardOf(token, panel[2]), share, "second coherent");
        if (token != ETH) vm.assertEq(pool.rewardOf(ETH, panel[1]), CASE_FEE / 2, "case fee");
        vm.assertEq(_bondOf(panel[0]), BOND, "incoherent keeps its bond");
        vm.assertEq(pool.rewardOf(ETH, OPENER), 0, "the case fee is spent");
        vm.assertTrue(pool.outcomeOf(id).decided, "stays known");
        _assertPhase(id, Phase.Closed);
        _assertConserved(0);
        _assertAllFree();
    }

    /// @dev A price that gives a fee of 5 wei for two coherent and a slash of a tenth: dust and slash to the first drawn.
    function test_execute_sharesSlashAndDust() external {
        Terms memory terms = _terms(ETH);
        terms.price = 101;
        _open(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        bytes32 id = _openCase(terms);
        _draw(terms, 1);
        _vote(id, 1, _votes(5_000, 6_000));
        address[] memory panel = _panel(id, 1);
        _pastAppeal(id);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Slashed(id, panel[2], SLASH);
        pool.execute(terms);
        // Two votes: the lower is the median, and 1,000 away is still coherent.
        vm.assertEq(escrow.dealOf(id).outcome, 5_000, "lower median");
        vm.assertEq(pool.rewardOf(ETH, panel[0]), (SLASH + CASE_FEE) / 2 + 3, "half and the odd wei");
        vm.assertEq(pool.rewardOf(ETH, panel[1]), (SLASH + CASE_FEE) / 2 + 2, "half");
        vm.assertEq(_bondOf(panel[2]), BOND - SLASH, "absent slashed");
        vm.assertEq(pool.memberOf(panel[2]).place, 0, "bond too small for later draws");
        _assertConserved(0);
    }

    /// @dev Tolerance counts on both sides and not one basis point further.
    function test_execute_toleranceIsExact() external {
        (Terms memory terms, bytes32 id) = _voted(ETH, _votes(3_999, 5_000, 6_000));
        _pastAppeal(id);
        pool.execute(terms);
        address[] memory panel = _panel(id, 1);
        vm.assertEq(pool.rewardOf(ETH, panel[0]), 0, "1,001 off");
        vm.assertEq(pool.rewardOf(ETH, panel[2]), 0.025 ether + CASE_FEE / 2, "1,000 off");
    }

    function test_execute_toleranceIsExactBelow() external {
        (Terms memory terms, bytes32 id) = _voted(ETH, _votes(4_000, 5_000, 6_001));
        _pastAppeal(id);
        pool.execute(terms);
        address[] memory panel = _panel(id, 1);
        vm.assertEq(pool.rewardOf(ETH, panel[0]), 0.025 ether + CASE_FEE / 2, "1,000 off");
        vm.assertEq(pool.rewardOf(ETH, panel[2]), 0, "1,001 off");
    }

    function test_execute_refusedBeforeItsTime() external {
        Terms memory terms = _disputed(ETH);
        bytes32 id = _idOf(terms);
        _expectPhase(id, Phase.None, Phase.Executable);
        pool.execute(terms);
        _openCase(terms);
        _expectPhase(id, Phase.Drawing, Phase.Executable);
        pool.execute(terms);
        _draw(terms, 1);
        _vote(id, 1, _votes(1, 2));
        _expectPhase(id, Phase.Appealable, Phase.Executable);
        pool.execute(terms);
        _pastAppeal(id);
        pool.execute(terms);
        _expectPhase(id, Phase.Closed, Phase.Executable);
        pool.execute(terms);
    }

    function test_execute_afterASettlementClosesWithoutOutcome() external {
        (Terms memory terms, bytes32 id) = _appealed(ETH, _votes(1_000, 2_000), buyer);
        address absent = _panel(id, 1)[2];
        _settle(terms, 5);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.CaseClosed(id, false);
        pool.execute(terms);
        vm.assertEq(pool.rewardOf(ETH, buyer), APPEAL_BOND, "appeal bond returned");
        vm.assertEq(_bondOf(_panel(id, 1)[0]), BOND, "voters lose nothing");
        vm.assertEq(_bondOf(absent), BOND - SLASH, "a panel whose time is over is judged");
        vm.assertEq(pool.reserve(), SLASH, "kept");
        vm.assertTrue(!pool.outcomeOf(id).decided, "no outcome");
        _assertConserved(0);
        _assertAllFree();
    }

    function test_close_midVoteSlashesNobody() external {
        (Terms memory terms, bytes32 id) = _drawn(ETH);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.StillRunning.selector, id, Phase.Committing));
        pool.close(id);
        _settle(terms, 5);
        pool.close(id);
        vm.assertEq(pool.reserve(), 0, "their time was not over");
        _assertAllFree();
        _assertConserved(0);
        _expectPhase(id, Phase.Closed, Phase.Failed);
        pool.close(id);
        _expectPhase(bytes32(0), Phase.None, Phase.Failed);
        pool.close(bytes32(0));
    }

    function test_close_undrawn() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        vm.warp(pool.roundOf(id, 1).drawUntil);
        _assertPhase(id, Phase.Drawing);
        vm.warp(block.timestamp + 1);
        _assertPhase(id, Phase.Failed);
        _expectPhase(id, Phase.Failed, Phase.Drawing);
        pool.draw(terms);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.CaseClosed(id, true);
        pool.close(id);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.CaseExists.selector, id));
        _openCase(terms);
        _late(terms);
        vm.prank(buyer);
        escrow.awardByDefault(terms);
        _assertState(terms, DealState.Resolved);
    }

    /// @dev One of three votes is no quorum. What the two absent lose is shared out by the next case.
    function test_close_failedQuorumFeedsTheReserve() external {
        (Terms memory terms, bytes32 id) = _voted(ETH, _same(1, 7_000));
        address[] memory panel = _panel(id, 1);
        _assertPhase(id, Phase.Failed);
        _expectPhase(id, Phase.Failed, Phase.Executable);
        pool.execute(terms);
        pool.close(id);
        vm.assertEq(pool.reserve(), 2 * SLASH, "reserve");
        vm.assertEq(_bondOf(panel[0]), BOND, "who voted loses nothing");
        vm.assertTrue(!pool.outcomeOf(id).decided, "no outcome");
        _assertConserved(0);
        _next(2 * SLASH);
    }

    function _next(uint256 kept) private {
        Terms memory terms = _terms(ETH);
        terms.salt = 2;
        _open(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        bytes32 id = _openCase(terms);
        _draw(terms, 1);
        _vote(id, 1, _same(3, 5_000));
        _pastAppeal(id);
        pool.execute(terms);
        uint256 pot = kept + CASE_FEE;
        uint256 each = pot / 3;
        uint256 fee = 0.05 ether;
        address[] memory panel = _panel(id, 1);
        vm.assertEq(pool.rewardOf(ETH, panel[0]), pot - 2 * each + fee - 2 * (fee / 3), "first");
        vm.assertEq(pool.rewardOf(ETH, panel[1]), each + fee / 3, "second");
        vm.assertEq(pool.reserve(), 0, "shared out");
        _assertConserved(0);
    }

    function test_execute_pastTheDealsDeadlineCloses() external {
        (Terms memory terms, bytes32 id) = _voted(ETH, _same(3, 7_000));
        _atDeadline(terms);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.StillRunning.selector, id, Phase.Executable));
        pool.close(id);
        _late(terms);
        pool.execute(terms);
        _assertState(terms, DealState.Disputed);
        _assertPhase(id, Phase.Closed);
        vm.assertEq(pool.rewardOf(ETH, _panel(id, 1)[2]), CASE_FEE / 3, "who voted did the work");
        _assertConserved(0);
        _assertAllFree();
    }

    function test_slash_takesNoMoreThanThereIs() external {
        (, bytes32 id) = _voted(ETH, _same(0, 0));
        address absent = _panel(id, 1)[0];
        // A bond nearly used up by other cases.
        bytes32 slot = keccak256(abi.encode(absent, _memberSlot(absent)));
        bytes32 word = vm.load(address(pool), slot);
        vm.store(address(pool), slot, bytes32((uint256(word) >> 96 << 96) | 7));
        pool.close(id);
        vm.assertEq(_bondOf(absent), 0, "all of it");
        vm.assertEq(pool.reserve(), 2 * SLASH + 7, "what was there");
    }

    /// @dev Who deposited more than is asked stays in the draws as long as what is left is what is asked, and not a wei less.
    function test_slash_whatIsAskedIsEnoughToStay() external {
        (, bytes32 id) = _drawn(ETH);
        address[] memory panel = _panel(id, 1);
        _deposit(panel[0], BOND + SLASH);
        _deposit(panel[1], BOND + SLASH - 1);
        vm.warp(pool.roundOf(id, 1).revealUntil + 1);
        pool.close(id);
        vm.assertEq(_bondOf(panel[0]), BOND, "just what is asked");
        vm.assertTrue(pool.memberOf(panel[0]).place != 0, "stays");
        vm.assertEq(_bondOf(panel[1]), BOND - 1, "a wei less");
        vm.assertEq(pool.memberOf(panel[1]).place, 0, "has to go");
    }

    /// @dev Adds to a bond the only way there is: the arbiter leaves the list and joins again.
    function _deposit(address account, uint256 bond) private {
        vm.prank(account);
        pool.resign();
        _join(account, bond - _bondOf(account));
    }

    /// @dev Where the mapping of members lies, found by its content so that a new storage layout breaks nothing.
    function _memberSlot(address absent) private view returns (uint256 slot) {
        while (uint96(uint256(vm.load(address(pool), keccak256(abi.encode(absent, slot))))) != BOND) ++slot;
    }
}
