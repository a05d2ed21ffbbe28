// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_reclaim is Base {
    function test_WhenSellerNeverShipped_Eth() public {
        _reclaims(_funded(ETH), 1 ether);
    }

    function test_WhenSellerNeverShipped_Token() public {
        _reclaims(_funded(address(usd)), 100e6);
    }

    function test_GivenPartsMoved() public {
        Terms memory terms = _funded(ETH);
        vm.prank(buyer);
        escrow.releasePart(terms, 0.9 ether);
        _reclaims(terms, 0.1 ether);
        _collect(terms);
        vm.assertEq(operator.balance, 0.0225 ether, "the fee of the part is still due");
    }

    function _reclaims(Terms memory terms, uint256 amount) private {
        _late(terms);
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Reclaimed(_idOf(terms), amount);
        vm.prank(buyer);
        escrow.reclaim(terms);
        _assertGains(terms.token, before, amount, 0, 0, 0);
        _assertState(terms, DealState.Refunded);
    }

    function test_RevertWhen_AtTheDeadline() public {
        Terms memory terms = _funded(ETH);
        _atDeadline(terms);
        _expectTooEarly(terms);
        vm.prank(buyer);
        escrow.reclaim(terms);
    }

    function test_RevertWhen_CallerNotBuyer() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        _expectCaller(seller, buyer);
        vm.prank(seller);
        escrow.reclaim(terms);
    }

    function test_RevertGiven_Shipped() public {
        Terms memory terms = _shipped(ETH);
        _late(terms);
        _expectState(terms, DealState.Shipped, only(DealState.Funded));
        vm.prank(buyer);
        escrow.reclaim(terms);
    }
}

contract Escrow_claim is Base {
    function test_WhenCallerSeller_Eth() public {
        _claims(_delivered(ETH), seller, 1 ether, 0.025 ether);
    }

    function test_WhenCallerStranger_Token() public {
        _claims(_delivered(address(usd)), stranger, 100e6, 2.5e6);
    }

    function test_GivenPartsMoved() public {
        Terms memory terms = _delivered(ETH);
        vm.prank(seller);
        escrow.refundPart(terms, 0.6 ether);
        _claims(terms, seller, 0.4 ether, 0.01 ether);
    }

    function _claims(Terms memory terms, address by, uint256 amount, uint256 fee) private {
        _late(terms);
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Claimed(_idOf(terms), amount, fee);
        vm.prank(by);
        escrow.claim(terms);
        _collect(terms);
        _assertGains(terms.token, before, 0, amount - fee, 0, fee);
        _assertState(terms, DealState.Completed);
    }

    function test_RevertWhen_AtTheDeadline() public {
        Terms memory terms = _delivered(ETH);
        _atDeadline(terms);
        _expectTooEarly(terms);
        vm.prank(seller);
        escrow.claim(terms);
    }

    function test_RevertGiven_ShippedOnly() public {
        Terms memory terms = _shipped(ETH);
        _late(terms);
        _expectState(terms, DealState.Shipped, only(DealState.Delivered));
        vm.prank(seller);
        escrow.claim(terms);
    }
}

contract Escrow_awardByDefault is Base {
    function test_WhenBuyer_Eth() public {
        Terms memory terms = _disputed(ETH);
        _awards(terms, buyer, 0.5 ether, 0.5 ether, 0.0125 ether);
        _collect(terms);
        vm.assertEq(operator.balance, 0.0125 ether, "the operator's fee");
        vm.assertEq(arbiter.balance, 0, "an arbiter that stayed silent earns nothing");
    }

    function test_WhenSeller_Token() public {
        _awards(_disputed(address(usd)), seller, 50e6, 50e6, 1.25e6);
    }

    function test_GivenPartsMoved() public {
        Terms memory terms = _shipped(ETH);
        vm.prank(buyer);
        escrow.releasePart(terms, 0.4 ether);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        _awards(terms, buyer, 0.3 ether, 0.3 ether, 0.0075 ether);
        _collect(terms);
        vm.assertEq(operator.balance, 0.0175 ether, "fees of the part and of the award");
    }

    function _awards(Terms memory terms, address by, uint256 toBuyer, uint256 gross, uint256 fee) private {
        _late(terms);
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.AwardedByDefault(_idOf(terms), toBuyer, gross - fee, fee);
        vm.prank(by);
        escrow.awardByDefault(terms);
        _assertGains(terms.token, before, toBuyer, gross - fee, 0, 0);
        _assertState(terms, DealState.Resolved);
    }

    function test_RevertWhen_AtTheDeadline() public {
        Terms memory terms = _disputed(ETH);
        _atDeadline(terms);
        _expectTooEarly(terms);
        vm.prank(buyer);
        escrow.awardByDefault(terms);
    }

    function test_RevertWhen_CallerIsNoParty() public {
        Terms memory terms = _disputed(ETH);
        _late(terms);
        _expectCaller(arbiter, address(0));
        vm.prank(arbiter);
        escrow.awardByDefault(terms);
    }

    function test_RevertGiven_NotDisputed() public {
        Terms memory terms = _delivered(ETH);
        _late(terms);
        _expectState(terms, DealState.Delivered, only(DealState.Disputed));
        vm.prank(buyer);
        escrow.awardByDefault(terms);
    }
}
