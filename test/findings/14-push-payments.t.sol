// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {PushEscrow} from "../../contracts/mocks/faulty/Payouts.sol";
import {BlocklistToken} from "../../contracts/mocks/tokens/Refusals.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 14: one blocked recipient keeps the others from their money; one unit given away breaks the books.
contract Finding14_PushPayments is FindingBase {
    BlocklistToken private token;

    function setUp() public override {
        super.setUp();
        token = new BlocklistToken();
    }

    function test_EscrowPaysTheOthersWhoeverIsBlocked() public {
        address[4] memory roles = [buyer, seller, arbiter, operator];
        uint256[4] memory shares = [PRICE * 475 / 1_000, PRICE * 463_125 / 1_000_000, PRICE / 20, PRICE * 11_875 / 1_000_000];
        for (uint256 victim = 0; victim < 4; ++victim) {
            uint256 snapshot = vm.snapshotState();
            Terms memory terms = _disputedInToken();
            vm.assertTrue(_attackBlocked(roles[victim], arbiter, address(escrow), _halves(terms)), "ruled all the same");
            _collect(terms);
            for (uint256 i = 0; i < 4; ++i) {
                vm.assertEq(token.balanceOf(roles[i]), i == victim ? 0 : shares[i], "paid at once");
                vm.assertEq(escrow.creditOf(address(token), roles[i]), i == victim ? shares[i] : 0, "owed");
            }
            vm.revertToState(snapshot);
        }
    }

    function test_EscrowDoesNotMindGifts() public {
        Terms memory terms = _disputedInToken();
        vm.assertTrue(_attackDonated(arbiter, address(escrow), _halves(terms)), "ruled all the same");
        _collect(terms);
        _assertState(terms, DealState.Resolved);
        vm.assertEq(token.balanceOf(address(escrow)), 1, "only the gift is left");
    }

    /// @dev Coins can be forced on any contract.
    function test_EscrowDoesNotMindForcedCoins() public {
        vm.deal(address(escrow), 1);
        Terms memory terms = _funded(ETH);
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        vm.assertEq(address(escrow).balance, 1, "only the gift is left");
    }

    function test_FaultyEscrowPaysNobody() public {
        PushEscrow faulty = new PushEscrow();
        _give(address(token), buyer, PRICE, address(faulty));
        vm.prank(buyer);
        faulty.deposit(address(token), PRICE);
        bytes memory split = abi.encodeCall(PushEscrow.split, (address(token), buyer, seller));
        vm.assertTrue(_would(stranger, address(faulty), split), "works undisturbed");
        uint256 snapshot = vm.snapshotState();
        vm.assertTrue(!_attackBlocked(seller, stranger, address(faulty), split), "a block stops it");
        vm.revertToState(snapshot);
        vm.assertTrue(!_attackDonated(stranger, address(faulty), split), "a gift stops it");
    }

    function _attackBlocked(address victim, address by, address target, bytes memory call) private returns (bool) {
        token.setBlocked(victim, true);
        return _try(by, target, call);
    }

    function _attackDonated(address by, address target, bytes memory call) private returns (bool) {
        token.mint(target, 1);
        return _try(by, target, call);
    }

    function _disputedInToken() private returns (Terms memory terms) {
        terms = _inToken(address(token));
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    function _halves(Terms memory terms) private pure returns (bytes memory) {
        return abi.encodeCall(IEscrow.rule, (terms, 5_000, REASON, ""));
    }
}
