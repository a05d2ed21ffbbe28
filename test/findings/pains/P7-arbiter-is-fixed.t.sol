// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {AdminProbe} from "../AdminProbe.sol";

/// @notice Pain 7: a governor swaps the court, and the rulings of live disputes are refused. Here each deal has the arbiter of
/// its terms until it ends, whoever new deals name.
contract Pain7_ArbiterIsFixed is AdminProbe {
    function test_TheOldArbiterRulesALiveDispute() public {
        Terms memory old = _disputed(ETH);
        vm.assertEq(_found(address(escrow), _settings(), abi.encode(stranger, uint256(64), uint256(0))), 0, "no swap");
        Terms memory later = _terms(ETH);
        (later.arbiter, later.salt) = (stranger, 2);
        _open(later);
        vm.prank(buyer);
        escrow.dispute(later, STATEMENT);
        bytes memory ruleOld = abi.encodeCall(IEscrow.rule, (old, 10_000, REASON, ""));
        bytes memory ruleLater = abi.encodeCall(IEscrow.rule, (later, 10_000, REASON, ""));
        vm.assertTrue(!_try(stranger, address(escrow), ruleOld), "the new one has no say in the old deal");
        vm.assertTrue(!_try(arbiter, address(escrow), ruleLater), "nor the old one in the new");
        vm.assertTrue(_try(arbiter, address(escrow), ruleOld), "the old one rules");
        vm.assertTrue(_try(stranger, address(escrow), ruleLater), "and the new one");
        _assertState(old, DealState.Resolved);
        _assertState(later, DealState.Resolved);
    }
}
