// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {DiligentCode, ThriftyCode} from "./Codes.sol";
import {Endings} from "./Endings.sol";

/// @notice Whoever submits a call chooses its gas, and a call gets at most 63/64 of what is left. A recipient that runs out
/// of it leaves too little to note a credit, so all is undone; one that notices and refuses is owed its money. Never is any
/// lost, and never is anything half done.
contract LittleGas is Endings {
    uint256 private constant STEP = 2_000;
    uint256 private constant MOST = 400_000;

    function test_WhenARelayerGivesTooLittle_TheSellerIsPaidOrNothingHappens() public harmsNobody {
        _claimWith(address(new DiligentCode()).code, false);
    }

    function test_WhenARelayerGivesTooLittle_AThriftySellerIsOwed() public harmsNobody {
        _claimWith(address(new ThriftyCode()).code, true);
    }

    function test_WhenARulingIsGivenTooLittle_TheBuyerIsPaidOrNothingHappens() public harmsNobody {
        _ruleWith(address(new DiligentCode()).code, false);
    }

    function test_WhenARulingIsGivenTooLittle_AThriftyBuyerIsOwed() public harmsNobody {
        _ruleWith(address(new ThriftyCode()).code, true);
    }

    function _claimWith(bytes memory code, bool owes) private {
        Terms memory terms = _ready(Ending.Claim);
        Act memory what = Act(seller, Action.Claim, 0, 0, TIP, uint40(block.timestamp));
        bytes memory signature = _sign(SELLER_KEY, Digests.act(address(escrow), _idOf(terms), what, "claim"));
        vm.etch(seller, code);
        _sweep(terms, seller, 0.975 ether - TIP, abi.encodeCall(IEscrow.act, (terms, what, signature)), owes);
    }

    function _ruleWith(bytes memory code, bool owes) private {
        Terms memory terms = _ready(Ending.Rule);
        bytes memory ruling =
            _sign(ARBITER_KEY, Digests.ruling(address(escrow), _idOf(terms), 4_000, REASON));
        vm.etch(buyer, code);
        _sweep(terms, buyer, 0.38 ether, abi.encodeCall(IEscrow.rule, (terms, 4_000, REASON, ruling)), owes);
    }

    /// @dev Tries all amounts of gas. Every outcome that can be has to be seen, so that the sweep covers the edge.
    function _sweep(Terms memory terms, address payee, uint256 due, bytes memory call, bool owes) private {
        uint256 had = payee.balance;
        DealState before = _stateOf(terms);
        uint256[3] memory seen;
        for (uint256 gas = 30_000; gas < MOST; gas += STEP) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(stranger);
            (bool done,) = address(escrow).call{gas: gas}(call);
            uint256 paid = payee.balance - had;
            uint256 owed = escrow.creditOf(ETH, payee);
            vm.assertEq(paid + owed, done ? due : 0, "all or nothing");
            vm.assertTrue(paid == 0 || owed == 0, "paid or owed");
            if (!done) vm.assertEq(uint256(_stateOf(terms)), uint256(before), "as if nothing had been tried");
            ++seen[!done ? 0 : owed != 0 ? 1 : 2];
            vm.revertToState(snapshot);
        }
        vm.assertTrue(seen[0] != 0, "with too little it fails");
        vm.assertTrue((seen[1] != 0) == owes, "what a recipient refuses is owed");
        vm.assertTrue(seen[2] != 0, "with enough it pays");
        vm.etch(payee, "");
    }

    /// @dev A withdrawal is not turned into anything: with too little gas it fails whole, and the credit stays.
    function test_WhenAWithdrawalIsGivenTooLittle_TheCreditStays() public harmsNobody {
        Terms memory terms = _ready(Ending.Release);
        vm.etch(seller, hex"fe");
        vm.prank(buyer);
        escrow.release(terms);
        vm.etch(seller, address(new DiligentCode()).code);
        uint256[2] memory seen;
        for (uint256 gas = 30_000; gas < 250_000; gas += STEP) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(seller);
            (bool done,) = address(escrow).call{gas: gas}(abi.encodeCall(IEscrow.withdraw, (ETH, seller)));
            vm.assertEq(seller.balance, done ? 0.975 ether : 0, "all or nothing");
            vm.assertEq(escrow.creditOf(ETH, seller), done ? 0 : 0.975 ether, "the credit stays");
            ++seen[done ? 1 : 0];
            vm.revertToState(snapshot);
        }
        vm.assertTrue(seen[0] != 0 && seen[1] != 0, "both outcomes were seen");
        vm.etch(seller, "");
    }
}
