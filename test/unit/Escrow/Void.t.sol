// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_cancelOffer is Base {
    function test_WhenCallerSeller() public {
        _voids(_terms(ETH), seller);
    }

    function test_WhenCallerNamedBuyer() public {
        Terms memory terms = _terms(ETH);
        terms.buyer = buyer;
        _voids(terms, buyer);
    }

    function _voids(Terms memory terms, address by) private {
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.OfferVoided(_idOf(terms), by);
        vm.prank(by);
        escrow.cancelOffer(terms);
        _assertState(terms, DealState.Cancelled);
        vm.assertEq(escrow.remainingOf(terms), 0, "remaining");
    }

    function test_RevertWhen_CallerIsNotNamed() public {
        Terms memory terms = _terms(ETH);
        _expectCaller(stranger, address(0));
        vm.prank(stranger);
        escrow.cancelOffer(terms);
    }

    function test_RevertGiven_Taken() public {
        Terms memory terms = _funded(ETH);
        _expectState(terms, DealState.Funded, only(DealState.None));
        vm.prank(seller);
        escrow.cancelOffer(terms);
    }

    function test_RevertGiven_VoidedAlready() public {
        Terms memory terms = _inState(ETH, DealState.Cancelled);
        _expectState(terms, DealState.Cancelled, only(DealState.None));
        vm.prank(seller);
        escrow.cancelOffer(terms);
    }
}

contract Escrow_cancelAllOffers is Base {
    function test_WhenCalledTwice() public {
        for (uint256 counter = 1; counter <= 2; ++counter) {
            vm.expectEmit(address(escrow));
            emit IEscrowEvents.AllOffersVoided(seller, counter);
            vm.prank(seller);
            escrow.cancelAllOffers();
            vm.assertEq(escrow.counterOf(seller), counter, "counter");
        }
        vm.assertEq(escrow.counterOf(buyer), 0, "counter of another");
    }

    function test_WhenSignedAgainWithTheNewCounter() public {
        vm.prank(seller);
        escrow.cancelAllOffers();
        Terms memory terms = _terms(ETH);
        _open(terms);
        _assertState(terms, DealState.Funded);
    }

    function test_WhenOpenDealsGoOn() public {
        Terms memory terms = _funded(ETH);
        vm.prank(seller);
        escrow.cancelAllOffers();
        vm.prank(buyer);
        escrow.release(terms);
        _assertState(terms, DealState.Completed);
    }
}

contract Escrow_withdraw is Base {
    function test_WhenOperatorTakesEth() public {
        _inState(ETH, DealState.Completed);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Withdrawn(ETH, operator, stranger, 0.025 ether);
        vm.prank(operator);
        escrow.withdraw(ETH, stranger);
        vm.assertEq(stranger.balance, 0.025 ether, "who was named got it");
        vm.assertEq(escrow.creditOf(ETH, operator), 0, "credit");
        vm.assertEq(address(escrow).balance, 0, "escrow holds");
    }

    function test_WhenOperatorTakesToken() public {
        _inState(address(usd), DealState.Completed);
        vm.prank(operator);
        escrow.withdraw(address(usd), operator);
        vm.assertEq(usd.balanceOf(operator), 2.5e6, "operator got it");
        vm.assertEq(usd.balanceOf(address(escrow)), 0, "escrow holds");
    }

    function test_RevertWhen_Nothing() public {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.NothingToWithdraw.selector, ETH, stranger));
        vm.prank(stranger);
        escrow.withdraw(ETH, stranger);
    }

    function test_RevertWhen_Twice() public {
        _inState(ETH, DealState.Completed);
        vm.prank(operator);
        escrow.withdraw(ETH, operator);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.NothingToWithdraw.selector, ETH, operator));
        vm.prank(operator);
        escrow.withdraw(ETH, operator);
    }

    function test_RevertWhen_ReceiverRefuses() public {
        _inState(ETH, DealState.Completed);
        // The token contract has no way to receive the chain's coin.
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, ETH, address(usd), 0.025 ether)
        );
        vm.prank(operator);
        escrow.withdraw(ETH, address(usd));
        vm.assertEq(escrow.creditOf(ETH, operator), 0.025 ether, "credit stays");
    }
}
