// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Rules} from "../../../contracts/types/Rules.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Offers that a buyer signs and a seller takes; the bidder pays by its allowance.
contract Escrow_bid is Base {
    using RulesBuilder for Rules;

    function setUp() public override {
        super.setUp();
        vm.prank(buyer);
        usd.approve(address(escrow), type(uint256).max);
    }

    function test_WhenAnySellerMayTakeIt() public {
        _takes(_openBid(), stranger);
    }

    function test_WhenItNamesItsSeller() public {
        Terms memory terms = _openBid();
        terms.seller = seller;
        _takes(terms, seller);
    }

    function _takes(Terms memory terms, address by) private {
        Offer memory offer = _bidOf(terms);
        bytes memory signature = _signBid(offer);
        uint256 had = usd.balanceOf(buyer);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Opened(_idOf(terms), by, buyer, terms, uint40(START + SHIP));
        vm.prank(by);
        vm.assertEq(escrow.open(offer, 0, signature), _idOf(terms), "id");
        vm.assertEq(had - usd.balanceOf(buyer), USD_PRICE, "the bidder paid");
        (address s, address b) = escrow.partiesOf(terms);
        vm.assertEq(s, by, "seller");
        vm.assertEq(b, buyer, "buyer");
        vm.assertEq(escrow.dealOf(_idOf(terms)).taker, by, "taker");
        _sells(terms, by);
    }

    /// @dev Who took the bid is the seller in all that follows, and nobody else is.
    function _sells(Terms memory terms, address by) private {
        _expectCaller(arbiter, by);
        vm.prank(arbiter);
        escrow.ship(terms, TRACKING);
        vm.prank(by);
        escrow.ship(terms, TRACKING);
        uint256 had = usd.balanceOf(by);
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        vm.assertEq(usd.balanceOf(by) - had, 97.5e6, "seller gained");
        vm.assertEq(usd.balanceOf(operator), 2.5e6, "operator gained");
    }

    function test_WhenPaidInPart() public {
        Terms memory terms = _openBid();
        terms.rules = terms.rules.withFunding(FUNDING);
        Offer memory offer = _bidOf(terms);
        bytes memory signature = _signBid(offer);
        vm.prank(stranger);
        escrow.openInPart(offer, 0, signature, 25e6);
        _assertState(terms, DealState.PartlyFunded);
        vm.assertEq(escrow.remainingOf(terms), 25e6, "remaining");
    }

    function test_RevertWhen_BidIsInEth() public {
        Terms memory terms = _openBid();
        (terms.token, terms.price) = (ETH, 1 ether);
        vm.deal(stranger, 1 ether);
        Offer memory offer = _bidOf(terms);
        bytes memory signature = _signBid(offer);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.CannotPull.selector, buyer);
        _refused(offer, signature, stranger, 0, refusal);
        _refused(offer, signature, stranger, 1 ether, refusal);
    }

    function test_RevertWhen_CoinsComeWithIt() public {
        vm.deal(stranger, 1);
        Offer memory offer = _bidOf(_openBid());
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1, 0);
        _refused(offer, _signBid(offer), stranger, 1, refusal);
    }

    function test_RevertWhen_BidderAllowsTooLittle() public {
        vm.prank(buyer);
        usd.approve(address(escrow), USD_PRICE - 1);
        bytes memory refusal = abi.encodeWithSignature(
            "ERC20InsufficientAllowance(address,uint256,uint256)", address(escrow), USD_PRICE - 1, USD_PRICE
        );
        _refused(_openBid(), stranger, refusal);
    }

    function test_RevertWhen_AnotherThanTheNamedSellerTakesIt() public {
        Terms memory terms = _openBid();
        terms.seller = seller;
        _refused(terms, stranger, abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, stranger, buyer));
    }

    function test_RevertWhen_BidderTakesItsOwnBid() public {
        _refused(_openBid(), buyer, abi.encodeWithSelector(IEscrowErrors.SameParty.selector, buyer));
    }

    function test_RevertWhen_BidderIsItsNamedSeller() public {
        Terms memory terms = _openBid();
        terms.seller = buyer;
        _refused(terms, buyer, abi.encodeWithSelector(IEscrowErrors.SameParty.selector, buyer));
    }

    function test_RevertWhen_ArbiterIsTheBidder() public {
        Terms memory terms = _openBid();
        terms.arbiter = buyer;
        _refused(terms, stranger, abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, buyer));
    }

    function test_RevertWhen_ArbiterTakesTheBid() public {
        _refused(_openBid(), arbiter, abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, arbiter));
    }

    /// @dev Terms that name both: the seller's own signature must not turn an ask into a bid that takes the buyer's money.
    function test_RevertWhen_SellerTakesItsOwnAsk() public {
        Terms memory terms = _openBid();
        terms.seller = seller;
        Offer memory offer = _bidOf(terms);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer);
        _refused(offer, _signOffer(offer), seller, 0, refusal);
    }

    function test_RevertWhen_TakerSignedTheBidItself() public {
        Offer memory offer = _bidOf(_openBid());
        bytes memory signature = _sign(STRANGER_KEY, Digests.offer(address(escrow), offer));
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer);
        _refused(offer, signature, stranger, 0, refusal);
    }

    function test_RevertGiven_BidderVoidedAll() public {
        Offer memory offer = _bidOf(_openBid());
        bytes memory signature = _signBid(offer);
        vm.prank(buyer);
        escrow.cancelAllOffers();
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.OfferCancelled.selector, 0, escrow.counterOf(buyer));
        _refused(offer, signature, stranger, 0, refusal);
    }

    function test_RevertGiven_BidderCancelledIt() public {
        Terms memory terms = _openBid();
        vm.prank(buyer);
        escrow.cancelOffer(terms);
        bytes memory refusal = abi.encodeWithSelector(
            IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Cancelled, only(DealState.None)
        );
        _refused(terms, stranger, refusal);
    }

    function _openBid() private view returns (Terms memory terms) {
        terms = _terms(address(usd));
        (terms.seller, terms.buyer) = (address(0), buyer);
    }

    function _bidOf(Terms memory terms) private view returns (Offer memory) {
        return Offer(terms, uint40(block.timestamp + 30 days), escrow.counterOf(buyer), 3, 1);
    }

    function _signBid(Offer memory offer) private view returns (bytes memory) {
        return _sign(BUYER_KEY, Digests.offer(address(escrow), offer));
    }

    function _refused(Terms memory terms, address by, bytes memory refusal) private {
        Offer memory offer = _bidOf(terms);
        _refused(offer, _signBid(offer), by, 0, refusal);
    }

    function _refused(Offer memory offer, bytes memory signature, address by, uint256 value, bytes memory refusal)
        private
    {
        vm.expectRevert(refusal);
        vm.prank(by);
        escrow.open{value: value}(offer, 0, signature);
    }
}
