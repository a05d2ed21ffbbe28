// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {IArbiterPoolEvents} from "../../../contracts/interfaces/IArbiterPoolEvents.sol";
import {Parameters, Phase} from "../../../contracts/types/PoolTypes.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Calling a panel costs its opener something, and whoever worked has it, however the case ends.
contract CaseFeeTest is PoolBase {
    function test_open_takesExactlyTheFee() external {
        Terms memory terms = _disputed(ETH);
        _refused(terms, 0);
        _refused(terms, CASE_FEE - 1);
        _refused(terms, CASE_FEE + 1);
        bytes32 id = _openCase(terms);
        vm.assertEq(pool.caseOf(id).opener, OPENER, "who paid");
        vm.assertEq(OPENER.balance, 0, "paid");
        _assertConserved(CASE_FEE);
    }

    function _refused(Terms memory terms, uint256 sent) private {
        vm.deal(OPENER, sent);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.WrongCaseFee.selector, sent, CASE_FEE));
        vm.prank(OPENER);
        pool.openCase{value: sent}(terms);
    }

    function test_undrawn_backToTheOpener() external {
        (, bytes32 id) = _opened(ETH);
        vm.warp(pool.roundOf(id, 1).drawUntil + 1);
        _closesToTheOpener(id, true);
        vm.prank(OPENER);
        pool.claim(ETH, OPENER);
        vm.assertEq(OPENER.balance, CASE_FEE, "fetched");
        _assertConserved(0);
    }

    /// @dev Who voted in a panel that failed loses nothing, but its opener got nothing for the fee.
    function test_failedQuorum_backToTheOpener() external {
        (, bytes32 id) = _voted(ETH, _same(1, 7_000));
        _closesToTheOpener(id, true);
        vm.assertEq(pool.rewardOf(ETH, _panel(id, 1)[0]), 0, "no outcome, no pay");
        vm.assertEq(pool.reserve(), 2 * SLASH, "absent slashed");
    }

    /// @dev A settlement afterwards does not undo the failure.
    function test_failedThenSettled_backToTheOpener() external {
        (Terms memory terms, bytes32 id) = _voted(ETH, _same(1, 7_000));
        _settle(terms, 1);
        _closesToTheOpener(id, true);
        vm.assertEq(pool.reserve(), 2 * SLASH, "absent slashed");
    }

    function test_settledBeforeAnyCommit_backToTheOpener() external {
        (Terms memory terms, bytes32 id) = _drawn(ETH);
        _settle(terms, 1);
        _closesToTheOpener(id, false);
    }

    function _closesToTheOpener(bytes32 id, bool isFailed) private {
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.CaseFeeReturned(id, OPENER, CASE_FEE);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.CaseClosed(id, isFailed);
        pool.close(id);
        vm.assertEq(pool.rewardOf(ETH, OPENER), CASE_FEE, "owed to the opener");
        _assertConserved(0);
        _assertAllFree();
    }

    function test_settledAfterCommits_toWhoCommitted() external {
        (Terms memory terms, bytes32 id) = _committedByTwo();
        _settle(terms, 1);
        _sharedByTwo(id);
    }

    /// @dev A trade with oneself, settled while the panel works: who then goes home is not absent, even if nobody closes the
    /// case before all its times are over. The same two have the fee.
    function test_settledThenClosedLate_slashesNobody() external {
        (Terms memory terms, bytes32 id) = _committedByTwo();
        vm.warp(pool.roundOf(id, 1).revealUntil);
        _settle(terms, 1);
        vm.warp(block.timestamp + 60 days);
        _sharedByTwo(id);
    }

    function _committedByTwo() private returns (Terms memory terms, bytes32 id) {
        (terms, id) = _drawn(ETH);
        address[] memory panel = _panel(id, 1);
        _commit(id, panel[2], 1);
        _commit(id, panel[1], 9_999);
    }

    function _sharedByTwo(bytes32 id) private {
        address[] memory panel = _panel(id, 1);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Rewarded(id, panel[1], ETH, CASE_FEE / 2);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Rewarded(id, panel[2], ETH, CASE_FEE / 2);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.CaseClosed(id, false);
        pool.close(id);
        vm.assertEq(pool.rewardOf(ETH, panel[0]), 0, "did not work");
        vm.assertEq(pool.reserve(), 0, "nobody is slashed");
        _assertConserved(0);
        _assertAllFree();
    }

    /// @dev One second later the panel's time is over: the two who did not open their votes made it fail.
    function test_settledAfterTheRevealing_isTooLateForTheAbsent() external {
        (Terms memory terms, bytes32 id) = _committedByTwo();
        vm.warp(uint256(pool.roundOf(id, 1).revealUntil) + 1);
        _settle(terms, 1);
        _closesToTheOpener(id, true);
        vm.assertEq(pool.reserve(), 3 * SLASH, "all three absent");
    }

    /// @dev Three of the first panel voted, four of the second committed: seven shares, the odd wei to who was drawn first.
    function test_settledInAppeal_toBothPanels() external {
        (Terms memory terms, bytes32 id) = _appealed(ETH, _same(3, 4_000), buyer);
        _draw(terms, 2);
        address[] memory second = _panel(id, 2);
        for (uint256 i = 3; i < 7; ++i) {
            _commit(id, second[i], 1);
        }
        _settle(terms, 1);
        pool.execute(terms);
        uint256 each = CASE_FEE / 7;
        vm.assertEq(pool.rewardOf(ETH, _panel(id, 1)[0]), CASE_FEE - 6 * each, "first drawn");
        vm.assertEq(pool.rewardOf(ETH, _panel(id, 1)[2]), each, "first panel");
        vm.assertEq(pool.rewardOf(ETH, second[3]), each, "second panel");
        vm.assertEq(pool.rewardOf(ETH, second[6]), each, "its last");
        vm.assertEq(pool.rewardOf(ETH, second[0]), 0, "did not commit");
        _assertConserved(0);
        _assertAllFree();
    }

    /// @dev Two opened their votes, the third laid one down and stayed away.
    function test_settledAfterTheVotes_absentEarnsNothing() external {
        (Terms memory terms, bytes32 id) = _drawn(ETH);
        address[] memory panel = _panel(id, 1);
        _commit(id, panel[0], 5_000);
        _vote1And2(id, panel);
        _assertPhase(id, Phase.Appealable);
        _settle(terms, 1);
        pool.close(id);
        vm.assertEq(pool.rewardOf(ETH, panel[0]), 0, "absent");
        vm.assertEq(_bondOf(panel[0]), BOND - SLASH, "and slashed");
        vm.assertEq(pool.rewardOf(ETH, panel[1]), CASE_FEE / 2, "worked");
        vm.assertEq(pool.rewardOf(ETH, panel[2]), CASE_FEE / 2, "worked too");
        _assertConserved(0);
    }

    function _vote1And2(bytes32 id, address[] memory panel) private {
        _commit(id, panel[1], 5_000);
        _commit(id, panel[2], 5_000);
        vm.warp(pool.roundOf(id, 1).commitUntil + 1);
        pool.reveal(id, panel[1], 5_000, _reason(panel[1]), SECRET);
        pool.reveal(id, panel[2], 5_000, _reason(panel[2]), SECRET);
        vm.warp(pool.roundOf(id, 1).revealUntil + 1);
    }

    /// @dev A case has the fee that it paid, whatever later ones cost; and later ones pay the new one.
    function test_feeIsFrozenForACase() external {
        (, bytes32 id) = _opened(ETH);
        Parameters memory next = _parameters();
        next.caseFee = uint64(2 * CASE_FEE);
        vm.prank(CLERK);
        pool.scheduleParameters(next);
        vm.warp(block.timestamp + 7 days);
        _closesToTheOpener(id, true);
        Terms memory other = _terms(ETH);
        other.salt = 2;
        _open(other);
        vm.prank(buyer);
        escrow.dispute(other, STATEMENT);
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.WrongCaseFee.selector, CASE_FEE, 2 * CASE_FEE)
        );
        _openCase(other);
        vm.deal(OPENER, 2 * CASE_FEE);
        vm.prank(OPENER);
        pool.openCase{value: 2 * CASE_FEE}(other);
        _assertConserved(2 * CASE_FEE);
    }
}
