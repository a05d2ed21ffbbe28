// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_ship is Base {
    function test_WhenCallerSeller() public {
        Terms memory terms = _funded(ETH);
        _atDeadline(terms);
        uint40 deadline = uint40(block.timestamp + DELIVERY);
        Holdings memory before = _holdings(ETH);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Shipped(_idOf(terms), TRACKING, deadline);
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
        _assertState(terms, DealState.Shipped);
        vm.assertEq(_deadlineOf(terms), deadline, "deadline");
        vm.assertEq(escrow.dealOf(_idOf(terms)).taker, buyer, "taker stays");
        _assertGains(ETH, before, 0, 0, 0, 0);
    }

    function test_RevertWhen_CallerNotSeller() public {
        Terms memory terms = _funded(ETH);
        _expectCaller(buyer, seller);
        vm.prank(buyer);
        escrow.ship(terms, TRACKING);
    }

    function test_RevertWhen_Late() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        _expectTooLate(terms);
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
    }

    function test_RevertGiven_Shipped() public {
        Terms memory terms = _shipped(ETH);
        _expectState(terms, DealState.Shipped, only(DealState.Funded));
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
    }
}

contract Escrow_deliver is Base {
    function test_WhenBuyerConfirms() public {
        _delivers(_shipped(ETH), buyer);
    }

    function test_WhenBuyerConfirmsLate() public {
        Terms memory terms = _shipped(ETH);
        _late(terms);
        _delivers(terms, buyer);
    }

    function test_WhenSellerDeclaresLate() public {
        Terms memory terms = _shipped(ETH);
        _late(terms);
        _delivers(terms, seller);
    }

    function _delivers(Terms memory terms, address by) private {
        uint40 deadline = uint40(block.timestamp + INSPECTION);
        Holdings memory before = _holdings(ETH);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Delivered(_idOf(terms), by, deadline);
        vm.prank(by);
        escrow.deliver(terms);
        _assertState(terms, DealState.Delivered);
        vm.assertEq(_deadlineOf(terms), deadline, "deadline");
        _assertGains(ETH, before, 0, 0, 0, 0);
    }

    function test_RevertWhen_SellerDeclaresAtTheDeadline() public {
        Terms memory terms = _shipped(ETH);
        _atDeadline(terms);
        _expectTooEarly(terms);
        vm.prank(seller);
        escrow.deliver(terms);
    }

    function test_RevertWhen_CallerStranger() public {
        Terms memory terms = _shipped(ETH);
        _late(terms);
        _expectCaller(stranger, address(0));
        vm.prank(stranger);
        escrow.deliver(terms);
    }

    function test_RevertGiven_Funded() public {
        Terms memory terms = _funded(ETH);
        _expectState(terms, DealState.Funded, only(DealState.Shipped));
        vm.prank(buyer);
        escrow.deliver(terms);
    }
}

contract Escrow_extend is Base {
    function test_GivenFunded_WhenBuyer() public {
        _extends(_funded(ETH), buyer, START + SHIP + 1);
    }

    function test_GivenShipped_WhenSeller() public {
        _extends(_shipped(ETH), seller, START + DELIVERY + 1);
    }

    function test_GivenDelivered_WhenSeller() public {
        _extends(_delivered(ETH), seller, START + INSPECTION + 1);
    }

    function test_WhenMostIsAsked() public {
        _extends(_funded(ETH), buyer, START + 365 days);
    }

    function test_WhenLateExtensionStartsFromNow() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        _refused(terms, buyer, block.timestamp, block.timestamp + 1);
        _extends(terms, buyer, block.timestamp + 1);
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
        _assertState(terms, DealState.Shipped);
    }

    function test_RevertWhen_NotLonger() public {
        Terms memory terms = _funded(ETH);
        _refused(terms, buyer, START + SHIP, START + SHIP + 1);
    }

    function test_RevertWhen_OverAYearAhead() public {
        Terms memory terms = _funded(ETH);
        _refused(terms, buyer, START + 365 days + 1, START + SHIP + 1);
    }

    function test_RevertWhen_TheOtherSide() public {
        Terms memory terms = _funded(ETH);
        _expectCaller(seller, buyer);
        vm.prank(seller);
        escrow.extend(terms, uint40(START + 30 days));
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
        _expectCaller(buyer, seller);
        vm.prank(buyer);
        escrow.extend(terms, uint40(START + 30 days));
    }

    function test_RevertGiven_Disputed() public {
        Terms memory terms = _disputed(ETH);
        _expectState(terms, DealState.Disputed, _underway());
        vm.prank(buyer);
        escrow.extend(terms, uint40(START + 30 days));
    }

    function _extends(Terms memory terms, address by, uint256 deadline) private {
        DealState state = _stateOf(terms);
        Holdings memory before = _holdings(ETH);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Extended(_idOf(terms), uint40(deadline));
        vm.prank(by);
        escrow.extend(terms, uint40(deadline));
        _assertState(terms, state);
        vm.assertEq(_deadlineOf(terms), deadline, "deadline");
        _assertGains(ETH, before, 0, 0, 0, 0);
    }

    function _refused(Terms memory terms, address by, uint256 deadline, uint256 least) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IEscrowErrors.DeadlineOutOfRange.selector, deadline, least, block.timestamp + 365 days
            )
        );
        vm.prank(by);
        escrow.extend(terms, uint40(deadline));
    }
}
