// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../contracts/interfaces/IEscrowEvents.sol";
import {
    FalseReturnToken,
    IdlePermitToken,
    LoudToken,
    MissingReturnToken,
    NonZeroToken
} from "../../contracts/mocks/tokens/OddReturns.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Permit} from "../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";

contract Token_MissingReturn is TokenBase {
    function test_WhenReleasedAndWithdrawn() public harmsNobody {
        MissingReturnToken token = new MissingReturnToken();
        Terms memory terms = _begin(token);
        _releasesInFull(terms);
        vm.assertEq(token.balanceOf(address(escrow)), 0, "escrow holds");
    }
}

contract Token_FalseReturn is TokenBase {
    FalseReturnToken private token;

    function setUp() public override {
        super.setUp();
        token = new FalseReturnToken();
    }

    function test_RevertWhen_OpenIsAnsweredFalse() public harmsNobody {
        token.refuse(true);
        _beginRefused(token, abi.encodeWithSignature("SafeERC20FailedOperation(address)", address(token)));
    }

    function test_WhenPayoutIsAnsweredFalse() public harmsNobody {
        Terms memory terms = _begin(token);
        token.refuse(true);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Refunded(_idOf(terms), PRICE);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Credited(address(token), buyer, PRICE);
        vm.prank(seller);
        escrow.refund(terms);
        _assertState(terms, DealState.Refunded);
        vm.assertEq(escrow.creditOf(address(token), buyer), PRICE, "credit");
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, address(token), buyer, PRICE)
        );
        vm.prank(buyer);
        escrow.withdraw(address(token), buyer);
        token.refuse(false);
        _withdraws(address(token), buyer, PRICE);
    }
}

contract Token_NonZero is TokenBase {
    function test_WhenOneSideGetsNothing() public harmsNobody {
        NonZeroToken token = new NonZeroToken();
        Terms memory terms = _begin(token);
        _dispute(terms);
        Holdings memory before = _holdings(address(token));
        vm.prank(arbiter);
        escrow.rule(terms, 10_000, REASON, "");
        _collect(terms);
        _assertGains(address(token), before, 95e6, 0, 5e6, 0);
        vm.assertEq(escrow.creditOf(address(token), seller), 0, "nothing is owed either");
    }
}

contract Token_Loud is TokenBase {
    function test_WhenPayoutFailsWithAMegabyte() public harmsNobody {
        LoudToken token = new LoudToken();
        Terms memory terms = _begin(token);
        token.shout(true);
        vm.prank(buyer);
        escrow.release(terms);
        vm.assertEq(escrow.creditOf(address(token), seller), 97.5e6, "credit");
        token.shout(false);
        _withdraws(address(token), seller, 97.5e6);
    }
}

contract Token_IdlePermit is TokenBase {
    function _noPermit() private view returns (Permit memory) {
        return Permit(block.timestamp, 27, bytes32(0), bytes32(0));
    }

    function test_WhenAllowanceWasGivenAllTheSame() public harmsNobody {
        IdlePermitToken token = new IdlePermitToken();
        (Terms memory terms, Offer memory offer, bytes memory signature) = _prepare(token);
        vm.prank(buyer);
        escrow.openWithPermit(offer, 0, signature, _noPermit());
        _assertState(terms, DealState.Funded);
    }

    function test_RevertWhen_PermitGaveNoAllowance() public harmsNobody {
        IdlePermitToken token = new IdlePermitToken();
        (, Offer memory offer, bytes memory signature) = _prepare(token);
        vm.prank(buyer);
        token.approve(address(escrow), 0);
        vm.expectRevert(abi.encodeWithSignature("NotAllowed(address,uint256,uint256)", address(escrow), 0, PRICE));
        vm.prank(buyer);
        escrow.openWithPermit(offer, 0, signature, _noPermit());
    }
}
