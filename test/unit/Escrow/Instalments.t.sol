// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Rules} from "../../../contracts/types/Rules.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_openInPart is Base {
    using RulesBuilder for Rules;

    function test_WhenFirstInstalmentIsTheLeast_Eth() public {
        _opensInPart(_withFunding(ETH), 0.25 ether);
    }

    function test_WhenFirstInstalmentIsTheLeast_Token() public {
        _opensInPart(_withFunding(address(usd)), 25e6);
    }

    function test_WhenAllButOneUnitIsPaid() public {
        _opensInPart(_withFunding(address(usd)), 100e6 - 1);
    }

    function test_WhenNoDepositIsAsked() public {
        Terms memory terms = _withFunding(ETH);
        terms.rules = terms.rules.withDeposit(0);
        _opensInPart(terms, 1);
    }

    function _opensInPart(Terms memory terms, uint256 amount) private {
        uint256 had = _balance(terms.token, buyer);
        if (terms.token != ETH) {
            vm.prank(buyer);
            usd.approve(address(escrow), amount);
        }
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.OpenedInPart(_idOf(terms), seller, buyer, terms, uint40(START + FUNDING), amount);
        vm.prank(buyer);
        bytes32 id = escrow.openInPart{value: terms.token == ETH ? amount : 0}(offer, 0, signature, amount);
        vm.assertEq(id, _idOf(terms), "id");
        vm.assertEq(had - _balance(terms.token, buyer), amount, "buyer paid");
        vm.assertEq(_balance(terms.token, address(escrow)), amount, "escrow holds");
        vm.assertEq(escrow.remainingOf(terms), amount, "remaining is what was paid");
        vm.assertEq(_deadlineOf(terms), START + FUNDING, "deadline");
        _assertState(terms, DealState.PartlyFunded);
    }

    function test_WhenThePriceIsPaidAtOnce() public {
        Terms memory terms = _terms(ETH);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Opened(_idOf(terms), seller, buyer, terms, uint40(START + SHIP));
        vm.prank(buyer);
        escrow.openInPart{value: 1 ether}(offer, 0, signature, 1 ether);
        _assertState(terms, DealState.Funded);
        vm.assertEq(escrow.remainingOf(terms), 1 ether, "remaining");
    }

    function test_RevertWhen_TermsAllowNoInstalments() public {
        _refused(_terms(ETH), 0.5 ether, abi.encodeWithSelector(IEscrowErrors.NoInstalments.selector, 1 ether));
    }

    function test_RevertWhen_UnderTheDeposit() public {
        _refusedAmount(_withFunding(ETH), 0.25 ether - 1, 0.25 ether);
    }

    /// @dev A quarter of 1 ether and a wei is a quarter of a wei above 0.25 ether: the deposit rounds up.
    function test_RevertWhen_UnderTheDepositRoundedUp() public {
        Terms memory terms = _withFunding(ETH);
        terms.price = 1 ether + 1;
        _refusedAmount(terms, 0.25 ether, 0.25 ether + 1);
        _opensInPart(terms, 0.25 ether + 1);
    }

    function test_RevertWhen_OverThePrice() public {
        _refusedAmount(_withFunding(ETH), 1 ether + 1, 0.25 ether);
    }

    function test_RevertWhen_NothingIsPaid() public {
        Terms memory terms = _withFunding(ETH);
        terms.rules = terms.rules.withDeposit(0);
        _refusedAmount(terms, 0, 0);
    }

    function test_RevertWhen_TimeForFundingIsOverAYear() public {
        Terms memory terms = _terms(ETH);
        terms.rules = terms.rules.withFunding(365 days + 1);
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.WindowOutOfRange.selector, 365 days + 1, 365 days);
        _refused(terms, 0.5 ether, refusal);
    }

    function test_RevertWhen_ValueIsNotTheInstalment() public {
        Offer memory offer = _offerOf(_withFunding(ETH));
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 0.5 ether, 0.4 ether));
        vm.prank(buyer);
        escrow.openInPart{value: 0.5 ether}(offer, 0, signature, 0.4 ether);
    }

    function _withFunding(address token) private view returns (Terms memory terms) {
        terms = _terms(token);
        terms.rules = terms.rules.withFunding(FUNDING);
    }

    function _refusedAmount(Terms memory terms, uint256 amount, uint256 least) private {
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.InstalmentOutOfRange.selector, amount, least, terms.price);
        _refused(terms, amount, refusal);
    }

    function _refused(Terms memory terms, uint256 amount, bytes memory refusal) private {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.openInPart{value: amount}(offer, 0, signature, amount);
    }
}

contract Escrow_fund is Base {
    function test_WhenPaidInThree_Eth() public {
        _paysTheRest(ETH, 0.3 ether, 0.45 ether);
    }

    function test_WhenPaidInThree_Token() public {
        _paysTheRest(address(usd), 1, 75e6 - 1);
    }

    function _paysTheRest(address token, uint256 second, uint256 third) private {
        Terms memory terms = _partlyFunded(token);
        uint256 first = terms.price / 4;
        _atDeadline(terms);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.PartFunded(_idOf(terms), second, first + second);
        _fund(terms, second);
        vm.assertEq(escrow.remainingOf(terms), first + second, "remaining");
        vm.assertEq(_deadlineOf(terms), START + FUNDING, "deadline stays");
        _assertState(terms, DealState.PartlyFunded);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.FullyFunded(_idOf(terms), third, uint40(block.timestamp + SHIP));
        _fund(terms, third);
        vm.assertEq(escrow.remainingOf(terms), terms.price, "remaining");
        vm.assertEq(_balance(token, address(escrow)), terms.price, "escrow holds");
        vm.assertEq(_deadlineOf(terms), block.timestamp + SHIP, "time to ship starts");
        _assertState(terms, DealState.Funded);
        _completes(terms);
    }

    /// @dev A deal paid in instalments ends like any other.
    function _completes(Terms memory terms) private {
        Holdings memory before = _holdings(terms.token);
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        uint256 fee = terms.price * OPERATOR_BPS / 10_000;
        _assertGains(terms.token, before, 0, terms.price - fee, 0, fee);
        vm.assertEq(_balance(terms.token, address(escrow)), 0, "nothing stays behind");
    }

    function test_RevertWhen_Late() public {
        Terms memory terms = _partlyFunded(ETH);
        _late(terms);
        _expectTooLate(terms);
        _fund(terms, 0.75 ether);
    }

    function test_RevertWhen_NothingOrTooMuch() public {
        Terms memory terms = _partlyFunded(ETH);
        bytes4 selector = IEscrowErrors.InstalmentOutOfRange.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, 0, 1, 0.75 ether));
        _fund(terms, 0);
        vm.expectRevert(abi.encodeWithSelector(selector, 0.75 ether + 1, 1, 0.75 ether));
        _fund(terms, 0.75 ether + 1);
    }

    function test_RevertWhen_CallerNotBuyer() public {
        Terms memory terms = _partlyFunded(ETH);
        vm.deal(seller, 1 ether);
        _expectCaller(seller, buyer);
        vm.prank(seller);
        escrow.fund{value: 0.75 ether}(terms, 0.75 ether);
    }

    function test_RevertWhen_ValueIsNotTheAmount() public {
        Terms memory terms = _partlyFunded(ETH);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 0.1 ether, 0.2 ether));
        vm.prank(buyer);
        escrow.fund{value: 0.1 ether}(terms, 0.2 ether);
    }

    function test_RevertWhen_CoinsComeWithTokens() public {
        Terms memory terms = _partlyFunded(address(usd));
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1, 0));
        vm.prank(buyer);
        escrow.fund{value: 1}(terms, 75e6);
    }

    function test_RevertGiven_FundedAlready() public {
        Terms memory terms = _partlyFunded(ETH);
        _fund(terms, 0.75 ether);
        _expectState(terms, DealState.Funded, only(DealState.PartlyFunded));
        _fund(terms, 1);
    }

    function _fund(Terms memory terms, uint256 amount) private {
        uint256 value = terms.token == ETH ? amount : 0;
        vm.prank(buyer);
        escrow.fund{value: value}(terms, amount);
    }
}

contract Escrow_cancelFunding is Base {
    function test_WhenBuyerGivesUp() public {
        _cancels(_partlyFunded(ETH), buyer, 0.25 ether);
    }

    function test_WhenSellerGivesUp() public {
        _cancels(_partlyFunded(address(usd)), seller, 25e6);
    }

    function test_GivenMoreWasPaid() public {
        Terms memory terms = _partlyFunded(ETH);
        vm.prank(buyer);
        escrow.fund{value: 0.5 ether}(terms, 0.5 ether);
        _cancels(terms, buyer, 0.75 ether);
    }

    function _cancels(Terms memory terms, address by, uint256 amount) private {
        _late(terms);
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.FundingCancelled(_idOf(terms), by, amount);
        vm.prank(by);
        escrow.cancelFunding(terms);
        _collect(terms);
        _assertGains(terms.token, before, amount, 0, 0, 0);
        _assertState(terms, DealState.Refunded);
        vm.assertEq(escrow.remainingOf(terms), 0, "remaining");
        vm.assertEq(_deadlineOf(terms), block.timestamp, "when it ended");
    }

    function test_RevertWhen_AtTheDeadline() public {
        Terms memory terms = _partlyFunded(ETH);
        _atDeadline(terms);
        _expectTooEarly(terms);
        vm.prank(buyer);
        escrow.cancelFunding(terms);
    }

    function test_RevertWhen_CallerIsNoParty() public {
        Terms memory terms = _partlyFunded(ETH);
        _late(terms);
        _expectCaller(stranger, address(0));
        vm.prank(stranger);
        escrow.cancelFunding(terms);
    }

    function test_RevertGiven_Funded() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        _expectState(terms, DealState.Funded, only(DealState.PartlyFunded));
        vm.prank(buyer);
        escrow.cancelFunding(terms);
    }
}
