// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {StrictReturnEscrow} from "../../contracts/mocks/faulty/Payouts.sol";
import {BareToken} from "../../contracts/mocks/tokens/BareToken.sol";
import {FalseReturnToken, MissingReturnToken, NonZeroToken} from "../../contracts/mocks/tokens/OddReturns.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 11: tokens that return nothing, say false, or refuse to move nothing, and money that cannot get out.
contract Finding11_OddReturns is FindingBase {
    function test_EscrowPaysATokenThatReturnsNothing() public {
        BareToken token = BareToken(address(new MissingReturnToken()));
        Terms memory terms = _inToken(address(token));
        vm.assertEq(_attack(token, buyer, address(escrow), _release(terms)), PRICE * 39 / 40, "the seller is paid");
        _collect(terms);
        vm.assertEq(token.balanceOf(operator), PRICE / 40, "and so is the operator");
    }

    function test_EscrowOwesWhatATokenRefuses() public {
        FalseReturnToken token = new FalseReturnToken();
        Terms memory terms = _inToken(address(token));
        token.refuse(true);
        vm.assertEq(_attack(token, buyer, address(escrow), _release(terms)), 0, "false is no payment");
        vm.assertEq(escrow.creditOf(address(token), seller), PRICE * 39 / 40, "but a debt");
        token.refuse(false);
        bytes memory withdraw = abi.encodeCall(IEscrow.withdraw, (address(token), seller));
        vm.assertEq(_attack(token, seller, address(escrow), withdraw), PRICE * 39 / 40, "paid later");
    }

    function test_EscrowMovesNothingWhereNothingIsDue() public {
        NonZeroToken token = new NonZeroToken();
        Terms memory terms = _inToken(address(token));
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        bytes memory rule = abi.encodeCall(IEscrow.rule, (terms, 10_000, REASON, ""));
        vm.assertEq(_attack(token, arbiter, address(escrow), rule), 0, "the seller gets nothing");
        _assertState(terms, DealState.Resolved);
        vm.assertEq(token.balanceOf(buyer), PRICE * 19 / 20, "the buyer all but the arbiter's fee");
        vm.assertEq(escrow.creditOf(address(token), buyer), 0, "at once");
    }

    function test_FaultyEscrowLocksMoneyIn() public {
        StrictReturnEscrow faulty = new StrictReturnEscrow();
        BareToken token = BareToken(address(new MissingReturnToken()));
        token.mint(address(faulty), PRICE);
        bytes memory pay = abi.encodeCall(faulty.pay, (address(token), seller, PRICE));
        vm.assertEq(_attack(token, buyer, address(faulty), pay), 0, "the seller cannot be paid");
        vm.assertEq(token.balanceOf(address(faulty)), PRICE, "the money stays");
    }

    /// @dev What the seller gains by a call that pays her.
    function _attack(BareToken token, address by, address target, bytes memory call) private returns (uint256) {
        uint256 had = token.balanceOf(seller);
        _try(by, target, call);
        return token.balanceOf(seller) - had;
    }
}
