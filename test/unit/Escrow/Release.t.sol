// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_release is Base {
    function test_GivenFunded_WhenEth() public {
        _releases(_funded(ETH), 1 ether, 0.025 ether);
    }

    function test_GivenShipped_WhenToken() public {
        _releases(_shipped(address(usd)), 100e6, 2.5e6);
    }

    function test_GivenDelivered_WhenLate() public {
        Terms memory terms = _delivered(ETH);
        _late(terms);
        _releases(terms, 1 ether, 0.025 ether);
    }

    function test_GivenPartsMoved() public {
        Terms memory terms = _funded(ETH);
        vm.prank(buyer);
        escrow.releasePart(terms, 0.2 ether);
        vm.prank(seller);
        escrow.refundPart(terms, 0.3 ether);
        _releasesAndOwes(terms, 0.5 ether, 0.0125 ether, 0.0175 ether);
    }

    function _releases(Terms memory terms, uint256 amount, uint256 fee) private {
        _releasesAndOwes(terms, amount, fee, fee);
    }

    /// @param fees What waits for the operator in all, with that of the parts before.
    function _releasesAndOwes(Terms memory terms, uint256 amount, uint256 fee, uint256 fees) private {
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Released(_idOf(terms), amount, fee);
        vm.prank(buyer);
        escrow.release(terms);
        _assertGains(terms.token, before, 0, amount - fee, 0, 0);
        _collect(terms);
        _assertGains(terms.token, before, 0, amount - fee, 0, fees);
        _assertState(terms, DealState.Completed);
        vm.assertEq(escrow.remainingOf(terms), 0, "remaining");
    }

    function test_RevertWhen_CallerNotBuyer() public {
        Terms memory terms = _delivered(ETH);
        _expectCaller(seller, buyer);
        vm.prank(seller);
        escrow.release(terms);
        _expectCaller(stranger, buyer);
        vm.prank(stranger);
        escrow.release(terms);
    }

    function test_RevertGiven_Completed() public {
        _refused(DealState.Completed);
    }

    function test_RevertGiven_Disputed() public {
        _refused(DealState.Disputed);
    }

    function test_RevertGiven_NoSuchDeal() public {
        _refused(DealState.None);
    }

    function _refused(DealState state) private {
        Terms memory terms = _inState(ETH, state);
        _expectState(terms, state, _underway());
        vm.prank(buyer);
        escrow.release(terms);
    }
}

contract Escrow_releasePart is Base {
    function test_WhenCallerBuyer() public {
        _pays(_funded(ETH), 0.4 ether, 0.01 ether);
    }

    function test_WhenToken() public {
        _pays(_delivered(address(usd)), 40e6, 1e6);
    }

    function test_WhenOneWeiIsLeft() public {
        Terms memory terms = _funded(ETH);
        vm.prank(buyer);
        escrow.releasePart(terms, uint128(ETH_PRICE - 1));
        vm.assertEq(escrow.remainingOf(terms), 1, "remaining");
        Holdings memory before = _holdings(ETH);
        vm.prank(buyer);
        escrow.release(terms);
        uint256 feeBefore = (ETH_PRICE - 1) * OPERATOR_BPS / 10_000;
        uint256 fee = ETH_PRICE * OPERATOR_BPS / 10_000 - feeBefore;
        _collect(terms);
        _assertGains(ETH, before, 0, 1 - fee, 0, feeBefore + fee);
    }

    function test_WhenSmallPartsDoNotAvoidTheFee() public {
        Terms memory terms = _funded(address(usd));
        for (uint256 i = 0; i < 40; ++i) {
            vm.prank(buyer);
            escrow.releasePart(terms, 1);
        }
        vm.assertEq(usd.balanceOf(seller), 39, "a fee of one unit was held back of forty single ones, at 2.5 %");
    }

    function _pays(Terms memory terms, uint128 amount, uint256 fee) private {
        DealState state = _stateOf(terms);
        uint256 deadline = _deadlineOf(terms);
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.PartReleased(_idOf(terms), amount, fee);
        vm.prank(buyer);
        escrow.releasePart(terms, amount);
        _assertGains(terms.token, before, 0, amount - fee, 0, 0);
        _assertState(terms, state);
        vm.assertEq(_deadlineOf(terms), deadline, "deadline stays");
        vm.assertEq(escrow.remainingOf(terms), terms.price - amount, "remaining");
        vm.assertTrue(escrow.dealOf(_idOf(terms)).partly, "marked as moved in part");
    }

    function test_RevertWhen_AmountIsZero() public {
        _refused(0);
    }

    function test_RevertWhen_AmountIsAll() public {
        _refused(uint128(ETH_PRICE));
    }

    function test_RevertWhen_AmountIsTheMost() public {
        _refused(type(uint128).max);
    }

    function _refused(uint128 amount) private {
        Terms memory terms = _funded(ETH);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.AmountOutOfRange.selector, amount, ETH_PRICE - 1));
        vm.prank(buyer);
        escrow.releasePart(terms, amount);
    }

    function test_RevertWhen_CallerNotBuyer() public {
        Terms memory terms = _funded(ETH);
        _expectCaller(seller, buyer);
        vm.prank(seller);
        escrow.releasePart(terms, 1);
    }

    function test_RevertGiven_Disputed() public {
        Terms memory terms = _disputed(ETH);
        _expectState(terms, DealState.Disputed, _underway());
        vm.prank(buyer);
        escrow.releasePart(terms, 1);
    }
}

contract Escrow_refund is Base {
    function test_GivenFunded_WhenEth() public {
        _refunds(_funded(ETH), 1 ether);
    }

    function test_GivenDelivered_WhenToken() public {
        Terms memory terms = _delivered(address(usd));
        _late(terms);
        _refunds(terms, 100e6);
    }

    function test_GivenPartsMoved() public {
        Terms memory terms = _shipped(ETH);
        vm.prank(buyer);
        escrow.releasePart(terms, 0.25 ether);
        _refunds(terms, 0.75 ether);
        _collect(terms);
        vm.assertEq(operator.balance, 0.00625 ether, "the fee of the part is still due");
    }

    function _refunds(Terms memory terms, uint256 amount) private {
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Refunded(_idOf(terms), amount);
        vm.prank(seller);
        escrow.refund(terms);
        _assertGains(terms.token, before, amount, 0, 0, 0);
        _assertState(terms, DealState.Refunded);
        vm.assertEq(escrow.remainingOf(terms), 0, "remaining");
    }

    function test_RevertWhen_CallerNotSeller() public {
        Terms memory terms = _funded(ETH);
        _expectCaller(buyer, seller);
        vm.prank(buyer);
        escrow.refund(terms);
    }

    function test_RevertGiven_Refunded() public {
        Terms memory terms = _inState(ETH, DealState.Refunded);
        _expectState(terms, DealState.Refunded, _underway());
        vm.prank(seller);
        escrow.refund(terms);
    }
}

contract Escrow_refundPart is Base {
    function test_WhenCallerSeller() public {
        _refunds(_shipped(ETH), 0.1 ether);
    }

    function test_WhenToken() public {
        _refunds(_funded(address(usd)), 7);
    }

    function _refunds(Terms memory terms, uint128 amount) private {
        DealState state = _stateOf(terms);
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.PartRefunded(_idOf(terms), amount);
        vm.prank(seller);
        escrow.refundPart(terms, amount);
        _assertGains(terms.token, before, amount, 0, 0, 0);
        _assertState(terms, state);
        vm.assertEq(escrow.remainingOf(terms), terms.price - amount, "remaining");
    }

    function test_RevertWhen_AmountIsZeroOrAll() public {
        Terms memory terms = _funded(ETH);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.AmountOutOfRange.selector, 0, ETH_PRICE - 1));
        vm.prank(seller);
        escrow.refundPart(terms, 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.AmountOutOfRange.selector, ETH_PRICE, ETH_PRICE - 1));
        vm.prank(seller);
        escrow.refundPart(terms, uint128(ETH_PRICE));
    }

    function test_RevertWhen_CallerNotSeller() public {
        Terms memory terms = _funded(ETH);
        _expectCaller(buyer, seller);
        vm.prank(buyer);
        escrow.refundPart(terms, 1);
    }
}
