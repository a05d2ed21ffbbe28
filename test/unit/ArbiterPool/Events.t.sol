// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbiterPoolEvents} from "../../../contracts/interfaces/IArbiterPoolEvents.sol";
import {FrozenList} from "../../../contracts/libraries/FrozenList.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {Log, vm} from "../../support/Vm.sol";

/// @notice Whoever reads only the logs knows of every opening and every panel what the pool stores.
contract PoolEventsTest is PoolBase {
    function test_caseOpened() external {
        // So that the version is not zero, as everything that was forgotten is.
        vm.prank(CLERK);
        pool.scheduleParameters(_parameters());
        vm.warp(block.timestamp + 7 days);
        Terms memory terms = _disputed(ETH);
        vm.recordLogs();
        bytes32 id = _openCase(terms);
        Log memory log = _only(IArbiterPoolEvents.CaseOpened.selector);
        vm.assertEq(log.topics[1], _idOf(terms), "id");
        vm.assertEq(log.topics[2], bytes32(uint256(uint160(OPENER))), "opener");
        (uint256 version, address list, uint256 drawBlock, uint256 drawUntil) =
            abi.decode(log.data, (uint256, address, uint256, uint256));
        vm.assertEq(version, 1, "version");
        vm.assertEq(list, pool.caseOf(id).roster, "the stored list");
        vm.assertEq(abi.encode(FrozenList.read(list)), abi.encode(pool.roster()), "the roster as it is");
        vm.assertEq(drawBlock, block.number + DRAW_BLOCKS, "block");
        vm.assertEq(drawUntil, block.timestamp + 1 days, "until");
    }

    function test_panelDrawn() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        _assertDrawn(terms, id, 1, 3);
        _vote(id, 1, _same(3, 4_000));
        vm.prank(buyer);
        pool.appeal{value: APPEAL_BOND}(terms);
        _assertDrawn(terms, id, 2, 7);
    }

    function _assertDrawn(Terms memory terms, bytes32 id, uint8 round, uint256 size) private {
        vm.recordLogs();
        _draw(terms, round);
        Log memory log = _only(IArbiterPoolEvents.PanelDrawn.selector);
        vm.assertEq(log.topics[1], id, "id");
        vm.assertEq(log.topics[2], bytes32(uint256(round)), "round");
        (address[] memory panel, uint256 commitUntil, uint256 revealUntil) =
            abi.decode(log.data, (address[], uint256, uint256));
        vm.assertEq(panel.length, size, "size");
        vm.assertEq(abi.encode(panel), abi.encode(_panel(id, round)), "in the order drawn");
        vm.assertEq(commitUntil, block.timestamp + 3 days, "commit");
        vm.assertEq(revealUntil, block.timestamp + 5 days, "reveal");
        vm.assertEq(pool.roundOf(id, round).commitUntil, commitUntil, "as stored");
        vm.assertEq(pool.roundOf(id, round).revealUntil, revealUntil, "as stored");
    }

    /// @dev The pool's one log of this kind since the recording began.
    function _only(bytes32 selector) private returns (Log memory found) {
        Log[] memory logs = vm.getRecordedLogs();
        uint256 count;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter != address(pool) || logs[i].topics[0] != selector) continue;
            found = logs[i];
            ++count;
        }
        vm.assertEq(count, 1, "once");
    }
}
