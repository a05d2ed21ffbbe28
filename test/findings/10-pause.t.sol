// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {OwnedEscrow} from "../../contracts/mocks/faulty/Settings.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {AdminProbe} from "./AdminProbe.sol";

/// @notice Finding 10: a pause that locks in what people deposited. There is none, so every exit stays open.
contract Finding10_Pause is AdminProbe {
    function test_EscrowCannotBePaused() public {
        Terms memory terms = _funded(ETH);
        vm.assertEq(_attack(address(escrow)), 0, "functions that stop the escrow");
        _exits(buyer, _release(terms));
        _exits(seller, abi.encodeCall(IEscrow.refund, (terms)));
        _late(terms);
        _exits(buyer, abi.encodeCall(IEscrow.reclaim, (terms)));
        _assertState(terms, DealState.Funded);
    }

    function test_FaultyEscrowLocksMoneyIn() public {
        OwnedEscrow faulty = new OwnedEscrow(address(usd));
        vm.startPrank(buyer);
        usd.approve(address(faulty), PRICE);
        faulty.deposit(PRICE);
        vm.stopPrank();
        bytes memory exit = abi.encodeCall(OwnedEscrow.release, (seller));
        vm.assertTrue(_would(buyer, address(faulty), exit), "open before");
        vm.assertEq(_attack(address(faulty)), 2, "pause() and paused()");
        vm.assertTrue(!_would(buyer, address(faulty), exit), "shut after");
    }

    function _attack(address target) private returns (uint256) {
        return _found(target, _pauses(), abi.encode(uint256(1), uint256(1)));
    }

    function _exits(address by, bytes memory call) private {
        vm.assertTrue(_would(by, address(escrow), call), "the exit is open");
    }
}
