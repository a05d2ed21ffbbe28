// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {FrozenList} from "../../../contracts/libraries/FrozenList.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Phase, Round} from "../../../contracts/types/PoolTypes.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Opening a case, and the lot: who can be drawn, with which chance, and that nobody can steer it.
contract DrawTest is PoolBase {
    function test_openCase() external {
        Terms memory terms = _disputed(ETH);
        bytes32 id = _openCase(terms);
        vm.assertEq(id, _idOf(terms), "the deal's id");
        Round memory round = pool.roundOf(id, 1);
        vm.assertEq(round.drawBlock, block.number + DRAW_BLOCKS, "block to come");
        vm.assertEq(round.drawUntil, block.timestamp + 1 days, "time to draw");
        _assertPhase(id, Phase.Drawing);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.CaseExists.selector, id));
        _openCase(terms);
    }

    function test_openCase_refusesOthersDeals() external {
        Terms memory terms = _terms(ETH);
        terms.arbiter = stranger;
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.WrongArbiter.selector, stranger));
        _openCase(terms);
        terms = _delivered(ETH);
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.DealNotDisputed.selector, _idOf(terms), DealState.Delivered)
        );
        _openCase(terms);
    }

    function test_openCase_saysHowMuchTimeIsNeeded() external {
        vm.assertEq(pool.neededSeconds(), SECONDS_NEEDED, "needed");
        Terms memory terms = _disputed(ETH);
        vm.warp(_deadlineOf(terms) - SECONDS_NEEDED + 1);
        _expectNotEnoughTime(SECONDS_NEEDED - 1);
        _openCase(terms);
        _late(terms);
        _expectNotEnoughTime(0);
        _openCase(terms);
        vm.warp(_deadlineOf(terms) - SECONDS_NEEDED);
        _openCase(terms);
    }

    function _expectNotEnoughTime(uint256 available) private {
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.NotEnoughTime.selector, available, SECONDS_NEEDED)
        );
    }

    /// @dev Ten are needed for both panels, besides whoever is in conflict; an operator who is a party counts once.
    function test_openCase_countsWhoCanBeDrawn() external {
        _listParties();
        Terms memory terms = _terms(ETH);
        terms.operator = seller;
        _dispute(terms);
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(CLERK);
            pool.suspend(_arbiter(i));
        }
        _expectNotEnoughArbiters(9);
        _openCase(terms);
        terms.operator = _arbiter(5);
        terms.salt = 2;
        _dispute(terms);
        _expectNotEnoughArbiters(8);
        _openCase(terms);
        terms.operator = buyer;
        terms.salt = 3;
        _dispute(terms);
        _expectNotEnoughArbiters(9);
        _openCase(terms);
    }

    function _expectNotEnoughArbiters(uint256 available) private {
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.NotEnoughArbiters.selector, available, 10));
    }

    function _dispute(Terms memory terms) private {
        _open(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    function _listParties() private {
        _admit(seller);
        _admit(buyer);
        vm.warp(block.timestamp + 3 days);
        _join(seller, BOND);
        _join(buyer, BOND);
        vm.deal(buyer, 100 ether);
    }

    function test_draw_waitsForItsBlock() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        uint256 drawBlock = pool.roundOf(id, 1).drawBlock;
        vm.roll(drawBlock);
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.TooEarlyToDraw.selector, drawBlock, drawBlock + 1)
        );
        pool.draw(terms);
        vm.roll(drawBlock + 1);
        pool.draw(terms);
        _assertPhase(id, Phase.Committing);
        _expectPhase(id, Phase.Committing, Phase.Drawing);
        pool.draw(terms);
        address[] memory panel = _panel(id, 1);
        vm.assertEq(panel.length, 3, "size");
        for (uint256 i = 0; i < 3; ++i) {
            vm.assertEq(pool.memberOf(panel[i]).running, 1, "busy");
        }
    }

    function test_draw_refusesASettledDeal() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        _settle(terms, 1);
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.DealNotDisputed.selector, id, DealState.Settled)
        );
        pool.draw(terms);
    }

    /// @dev 600 draws of 3 out of 12: 150 each, and 50 each for the first seat. Chi-square with 11 degrees of freedom is above
    /// 31.3 once in a thousand; a draw that misses one arbiter gives far more.
    function test_draw_isUniform() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        uint256 drawBlock = pool.roundOf(id, 1).drawBlock;
        vm.roll(drawBlock + 1);
        uint256 snapshot = vm.snapshotState();
        uint256[] memory seats = new uint256[](ARBITERS + 1);
        uint256[] memory firsts = new uint256[](ARBITERS + 1);
        for (uint256 i = 0; i < 600; ++i) {
            vm.setBlockhash(drawBlock, keccak256(abi.encode("seed", i)));
            pool.draw(terms);
            address[] memory panel = _panel(id, 1);
            ++firsts[pool.memberOf(panel[0]).place];
            for (uint256 k = 0; k < 3; ++k) {
                ++seats[pool.memberOf(panel[k]).place];
            }
            vm.assertTrue(panel[0] != panel[1] && panel[1] != panel[2] && panel[0] != panel[2], "no one twice");
            vm.revertToState(snapshot);
            snapshot = vm.snapshotState();
        }
        vm.assertLe(_chiSquare(seats, 150), 31, "seats");
        vm.assertLe(_chiSquare(firsts, 50), 31, "first seats");
    }

    function _chiSquare(uint256[] memory counts, uint256 expected) private pure returns (uint256 sum) {
        for (uint256 i = 1; i < counts.length; ++i) {
            uint256 off = counts[i] > expected ? counts[i] - expected : expected - counts[i];
            sum += off * off;
        }
        return sum / expected;
    }

    function test_draw_leavesOutTheParties() external {
        _listParties();
        Terms memory terms = _terms(ETH);
        terms.operator = _arbiter(0);
        _dispute(terms);
        bytes32 id = _openCase(terms);
        uint256 drawBlock = pool.roundOf(id, 1).drawBlock;
        vm.roll(drawBlock + 1);
        uint256 snapshot = vm.snapshotState();
        for (uint256 i = 0; i < 60; ++i) {
            vm.setBlockhash(drawBlock, keccak256(abi.encode(i)));
            pool.draw(terms);
            vm.assertEq(pool.seatOf(id, seller).round, 0, "seller");
            vm.assertEq(pool.seatOf(id, buyer).round, 0, "buyer");
            vm.assertEq(pool.seatOf(id, _arbiter(0)).round, 0, "operator");
            vm.revertToState(snapshot);
            snapshot = vm.snapshotState();
        }
    }

    /// @dev Joins, resignations, suspensions and other cases between opening and draw: the same block draws the same panel.
    function test_draw_cannotBeSteered() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        uint256 snapshot = vm.snapshotState();
        _draw(terms, 1);
        address[] memory panel = _panel(id, 1);
        vm.revertToState(snapshot);
        _stirRoster(panel, pool.roundOf(id, 1).drawUntil);
        _draw(terms, 1);
        vm.assertEq(abi.encode(_panel(id, 1)), abi.encode(panel), "the same panel");
    }

    /// @dev The same for the appeal, whose panel comes from the roster of the opening too: nobody can be let in for it.
    function test_draw_appealCannotBeSteered() external {
        (Terms memory terms, bytes32 id) = _appealed(ETH, _same(3, 4_000), buyer);
        uint256 snapshot = vm.snapshotState();
        _draw(terms, 2);
        address[] memory panel = _panel(id, 2);
        vm.revertToState(snapshot);
        _stirRoster(panel, pool.roundOf(id, 2).drawUntil);
        _draw(terms, 2);
        vm.assertEq(abi.encode(_panel(id, 2)), abi.encode(panel), "the same panel");
    }

    /// @dev Does the worst to those who would be drawn, and lets others in.
    function _stirRoster(address[] memory panel, uint256 drawUntil) private {
        vm.prank(panel[0]);
        pool.resign();
        vm.prank(CLERK);
        pool.suspend(panel[1]);
        vm.prank(panel[2]);
        pool.resign();
        vm.prank(panel[2]);
        pool.join();
        _admit(stranger);
        _admit(panel[1]);
        vm.warp(drawUntil + 3 days);
        _join(stranger, BOND);
        vm.prank(panel[1]);
        pool.join();
        // As if they had been admitted early enough: the draw is in its last second.
        vm.warp(drawUntil);
        Terms memory other = _terms(ETH);
        other.salt = 99;
        _dispute(other);
        _openCase(other);
    }

    /// @dev A list that cannot be made must not be taken for one without anybody in it: here something stands in its place.
    function test_openCase_refusesWithoutItsList() external {
        Terms memory terms = _disputed(ETH);
        address place = address(uint160(uint256(keccak256(abi.encodePacked(hex"d694", address(pool), uint8(1))))));
        vm.etch(place, hex"00");
        vm.expectRevert(abi.encodeWithSelector(FrozenList.FreezeFailed.selector));
        _openCase(terms);
        // What was tried must be what an opening does.
        vm.etch(place, "");
        vm.assertEq(pool.caseOf(_openCase(terms)).roster, place, "the list's place");
    }

    /// @dev The list of a case is remade only where the roster changed.
    function test_openCase_reusesTheFrozenRoster() external {
        (, bytes32 id) = _opened(ETH);
        Terms memory other = _terms(ETH);
        other.salt = 99;
        _dispute(other);
        bytes32 second = _openCase(other);
        vm.assertEq(pool.caseOf(id).roster, pool.caseOf(second).roster, "same list");
        vm.prank(_arbiter(1));
        pool.resign();
        other.salt = 100;
        _dispute(other);
        bytes32 third = _openCase(other);
        vm.assertTrue(pool.caseOf(third).roster != pool.caseOf(id).roster, "another list");
        vm.assertEq(pool.caseOf(third).roster.code.length, 1 + 20 * (ARBITERS - 1), "eleven accounts");
    }
}
