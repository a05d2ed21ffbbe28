// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {DiligentCode} from "./Codes.sol";
import {Endings} from "./Endings.sol";

/// @notice Whoever submits a call chooses its gas, and a call gets at most 63/64 of what is left. With too little, the
/// payment fails although the recipient would have taken it: then it is owed. Never is it lost, and never half done.
contract LittleGas is Endings {
    uint256 private constant STEP = 3_000;
    uint256 private constant MOST = 400_000;

    function test_WhenARelayerGivesTooLittle_TheSellerIsOwedAtWorst() public harmsNobody {
        Terms memory terms = _ready(Ending.Claim);
        Act memory what = Act(seller, Action.Claim, 0, 0, TIP, uint40(block.timestamp));
        bytes memory signature = _sign(SELLER_KEY, Digests.act(address(escrow), _idOf(terms), what, "claim"));
        _sweep(terms, seller, 0.975 ether - TIP, abi.encodeCall(IEscrow.act, (terms, what, signature)));
    }

    function test_WhenARulingIsGivenTooLittle_TheBuyerIsOwedAtWorst() public harmsNobody {
        Terms memory terms = _ready(Ending.Rule);
        bytes memory ruling =
            _sign(ARBITER_KEY, Digests.ruling(address(escrow), _idOf(terms), 4_000, REASON));
        _sweep(terms, buyer, 0.38 ether, abi.encodeCall(IEscrow.rule, (terms, 4_000, REASON, ruling)));
    }

    /// @dev Tries all amounts of gas; each of the three outcomes has to be seen, so that the sweep covers the edge.
    function _sweep(Terms memory terms, address payee, uint256 due, bytes memory call) private {
        vm.etch(payee, address(new DiligentCode()).code);
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
        vm.assertTrue(seen[0] != 0 && seen[1] != 0 && seen[2] != 0, "refused, owed and paid were all seen");
        vm.etch(payee, "");
        (bool ended,) = address(escrow).call(call);
        vm.assertTrue(ended, "with enough gas it ends");
        _collect(terms);
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
