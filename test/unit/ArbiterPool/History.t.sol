// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {Phase} from "../../../contracts/types/PoolTypes.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Where the hash that draws a panel comes from, and when it cannot be had any more.
contract HistoryTest is PoolBase {
    /// @dev As EIP-2935 gives it; it answers for the last 8,191 blocks.
    bytes private constant HISTORY_CODE =
        hex"3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff814303116042"
        hex"57611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500";
    /// @dev Code that answers with nothing, with two words, and that refuses with one word of reason.
    bytes private constant NOTHING = hex"60006000f3";
    bytes private constant TWO_WORDS = hex"600160005260406000f3";
    bytes private constant REFUSAL = hex"600160005260206000fd";

    /// @dev The hash is the same whether the EVM or the history contract gives it, so waiting changes nothing.
    function test_draw_fromTheHistory() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        uint256 drawBlock = pool.roundOf(id, 1).drawBlock;
        bytes32 hash = keccak256("a block");
        uint256 snapshot = vm.snapshotState();
        vm.roll(drawBlock + 1);
        vm.setBlockhash(drawBlock, hash);
        pool.draw(terms);
        bytes memory early = abi.encode(_panel(id, 1));
        vm.revertToState(snapshot);
        vm.etch(HISTORY, HISTORY_CODE);
        vm.store(HISTORY, bytes32(drawBlock % 8191), hash);
        vm.roll(drawBlock + 8_191);
        pool.draw(terms);
        vm.assertEq(abi.encode(_panel(id, 1)), early, "the same panel");
    }

    /// @dev The history knows no block from before it began; of those the EVM still knows the last.
    function test_draw_fromBeforeTheHistory() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        vm.etch(HISTORY, HISTORY_CODE);
        _draw(terms, 1);
        _assertPhase(id, Phase.Committing);
    }

    function test_draw_hashGone() external {
        (Terms memory terms, bytes32 id) = _opened(ETH);
        uint256 drawBlock = pool.roundOf(id, 1).drawBlock;
        vm.etch(HISTORY, HISTORY_CODE);
        vm.store(HISTORY, bytes32(drawBlock % 8191), keccak256("not this block's any more"));
        vm.roll(drawBlock + 8_192);
        _expectHashGone(drawBlock);
        pool.draw(terms);
        // A chain without the history contract.
        vm.etch(HISTORY, "");
        vm.roll(drawBlock + 257);
        _expectHashGone(drawBlock);
        pool.draw(terms);
        // One that answers nonsense there.
        bytes[3] memory nonsense = [NOTHING, TWO_WORDS, REFUSAL];
        for (uint256 i = 0; i < nonsense.length; ++i) {
            vm.etch(HISTORY, nonsense[i]);
            _expectHashGone(drawBlock);
            pool.draw(terms);
        }
        vm.warp(pool.roundOf(id, 1).drawUntil + 1);
        pool.close(id);
    }

    function _expectHashGone(uint256 drawBlock) private {
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.BlockHashGone.selector, drawBlock));
    }
}
