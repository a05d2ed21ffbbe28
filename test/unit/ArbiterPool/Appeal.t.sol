// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {IArbiterPoolEvents} from "../../../contracts/interfaces/IArbiterPoolEvents.sol";
import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Phase} from "../../../contracts/types/PoolTypes.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice One appeal, to a larger panel, and what becomes of its bond.
contract AppealTest is PoolBase {
    function test_appeal_drawsOthers() external {
        (Terms memory terms, bytes32 id) = _voted(ETH, _same(3, 4_000));
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Appealed(
            id, buyer, APPEAL_BOND, block.number + DRAW_BLOCKS, block.timestamp + 1 days
        );
        vm.prank(buyer);
        pool.appeal{value: APPEAL_BOND}(terms);
        _assertPhase(id, Phase.Drawing);
        _assertConserved(APPEAL_BOND + CASE_FEE);
        _draw(terms, 2);
        address[] memory panel = _panel(id, 2);
        vm.assertEq(panel.length, 7, "larger");
        for (uint256 i = 0; i < panel.length; ++i) {
            vm.assertEq(pool.seatOf(id, panel[i]).round, 2, "not of the first");
        }
        address former = _panel(id, 1)[0];
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.NotOnPanel.selector, id, former));
        pool.commit(id, former, bytes32(uint256(1)), "");
    }

    function test_buyerWins() external {
        _ends(buyer, 4_001, 7, true);
    }

    function test_buyerLosesWhereNothingMoved() external {
        _ends(buyer, 4_000, 7, false);
    }

    function test_buyerLoses() external {
        _ends(buyer, 3_999, 7, false);
    }

    function test_sellerWins() external {
        _ends(seller, 3_999, 4, true);
    }

    function test_sellerLosesWhereNothingMoved() external {
        _ends(seller, 4_000, 5, false);
    }

    /// @dev First outcome 4,000; `count` of the second panel vote `bps`.
    function _ends(address appellant, uint16 bps, uint256 count, bool isReturned) private {
        (Terms memory terms, bytes32 id) = _appealed(address(usd), _same(3, 4_000), appellant);
        _draw(terms, 2);
        _vote(id, 2, _same(count, bps));
        _assertPhase(id, Phase.Executable);
        if (isReturned) _expectBondReturned(id, appellant);
        pool.execute(terms);
        vm.assertEq(escrow.dealOf(id).outcome, bps, "the second outcome is final");
        uint256 pot = CASE_FEE + SLASH * (7 - count) + (isReturned ? 0 : APPEAL_BOND);
        address[] memory panel = _panel(id, 2);
        uint256 each = pot / count;
        uint256 fee = USD_PRICE * ARBITER_BPS / 10_000;
        vm.assertEq(pool.rewardOf(ETH, appellant), isReturned ? APPEAL_BOND : 0, "appellant");
        vm.assertEq(pool.rewardOf(ETH, panel[0]), pot - each * (count - 1), "first, with the dust");
        vm.assertEq(pool.rewardOf(ETH, panel[1]), each, "others");
        vm.assertEq(pool.rewardOf(address(usd), panel[1]), fee / count, "fee");
        vm.assertEq(pool.rewardOf(address(usd), _panel(id, 1)[0]), 0, "the first panel does not decide");
        _assertConserved(0);
        _assertAllFree();
    }

    function _expectBondReturned(bytes32 id, address appellant) private {
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.AppealBondReturned(id, appellant, APPEAL_BOND);
    }

    function test_undrawnAppealLeavesTheFirstOutcome() external {
        (Terms memory terms, bytes32 id) = _appealed(ETH, _same(3, 4_000), buyer);
        vm.warp(pool.roundOf(id, 2).drawUntil + 1);
        _firstStands(terms, id);
    }

    function test_appealBelowQuorumLeavesTheFirstOutcome() external {
        (Terms memory terms, bytes32 id) = _appealed(ETH, _same(3, 4_000), seller);
        _draw(terms, 2);
        _vote(id, 2, _same(3, 1_000));
        _firstStands(terms, id);
        // Four absent of the second panel, shared by the three of the first, who decided.
        uint256 fee = 0.05 ether;
        vm.assertEq(pool.rewardOf(ETH, _panel(id, 1)[1]), (4 * SLASH + CASE_FEE) / 3 + fee / 3, "the first panel earns");
    }

    function _firstStands(Terms memory terms, bytes32 id) private {
        _assertPhase(id, Phase.Executable);
        vm.assertEq(pool.outcomeOf(id).round, 1, "the first panel's");
        pool.execute(terms);
        vm.assertEq(escrow.dealOf(id).outcome, 4_000, "ruled");
        vm.assertEq(pool.rewardOf(ETH, pool.caseOf(id).appellant), APPEAL_BOND, "nobody judged the appeal");
        _assertConserved(0);
        _assertAllFree();
    }

    function test_appeal_refusals() external {
        (Terms memory terms, bytes32 id) = _drawn(ETH);
        _expectPhase(id, Phase.Committing, Phase.Appealable);
        pool.appeal(terms);
        _vote(id, 1, _same(2, 4_000));
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.NotAParty.selector, address(this)));
        pool.appeal(terms);
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.WrongAppealBond.selector, APPEAL_BOND - 1, APPEAL_BOND)
        );
        vm.prank(buyer);
        pool.appeal{value: APPEAL_BOND - 1}(terms);
        uint256 snapshot = vm.snapshotState();
        _pastAppeal(id);
        _expectPhase(id, Phase.Executable, Phase.Appealable);
        vm.prank(buyer);
        pool.appeal{value: APPEAL_BOND}(terms);
        vm.revertToState(snapshot);
        _settle(terms, 1);
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.DealNotDisputed.selector, id, DealState.Settled)
        );
        vm.prank(buyer);
        pool.appeal{value: APPEAL_BOND}(terms);
    }

    function test_appeal_onlyOnce() external {
        (Terms memory terms, bytes32 id) = _appealed(ETH, _same(3, 4_000), seller);
        _expectPhase(id, Phase.Drawing, Phase.Appealable);
        vm.prank(buyer);
        pool.appeal{value: APPEAL_BOND}(terms);
        _draw(terms, 2);
        _vote(id, 2, _same(7, 4_000));
        _expectPhase(id, Phase.Executable, Phase.Appealable);
        vm.prank(buyer);
        pool.appeal{value: APPEAL_BOND}(terms);
    }

    /// @dev Every step taken in its last second, the appeal too: there is still a day left to execute.
    function test_slowestCourseEndsInTime() external {
        Terms memory terms = _disputed(ETH);
        vm.warp(_deadlineOf(terms) - SECONDS_NEEDED);
        bytes32 id = _openCase(terms);
        vm.warp(pool.roundOf(id, 1).drawUntil);
        _draw(terms, 1);
        _vote(id, 1, _same(3, 4_000));
        vm.warp(pool.roundOf(id, 1).revealUntil + 2 days);
        vm.prank(seller);
        pool.appeal{value: APPEAL_BOND}(terms);
        vm.warp(pool.roundOf(id, 2).drawUntil);
        _draw(terms, 2);
        _vote(id, 2, _same(7, 4_500));
        vm.assertEq(_deadlineOf(terms) - block.timestamp, 1 days - 1, "left");
        _atDeadline(terms);
        pool.execute(terms);
        vm.assertEq(escrow.dealOf(id).outcome, 4_500, "ruled in time");
    }
}
