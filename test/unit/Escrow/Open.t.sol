// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_open is Base {
    function test_WhenBuyerPaysEth() public {
        Terms memory terms = _terms(ETH);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        uint256 had = buyer.balance;
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Opened(_idOf(terms), seller, buyer, terms, uint40(START + SHIP));
        vm.prank(buyer);
        bytes32 id = escrow.open{value: ETH_PRICE}(offer, 0, signature);
        vm.assertEq(id, _idOf(terms), "id");
        vm.assertEq(had - buyer.balance, ETH_PRICE, "buyer paid");
        vm.assertEq(address(escrow).balance, ETH_PRICE, "escrow holds");
        _assertFresh(terms);
    }

    function test_WhenBuyerPaysToken() public {
        Terms memory terms = _terms(address(usd));
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        uint256 had = usd.balanceOf(buyer);
        vm.prank(buyer);
        usd.approve(address(escrow), USD_PRICE);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Opened(_idOf(terms), seller, buyer, terms, uint40(START + SHIP));
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
        vm.assertEq(had - usd.balanceOf(buyer), USD_PRICE, "buyer paid");
        vm.assertEq(usd.balanceOf(address(escrow)), USD_PRICE, "escrow holds");
        _assertFresh(terms);
    }

    function _assertFresh(Terms memory terms) private view {
        IEscrow.Deal memory deal = escrow.dealOf(_idOf(terms));
        (address s, address b) = escrow.partiesOf(terms);
        vm.assertEq(uint256(deal.state), uint256(DealState.Funded), "state");
        vm.assertEq(deal.taker, buyer, "taker");
        vm.assertEq(deal.deadline, START + SHIP, "deadline");
        vm.assertTrue(!deal.partly, "nothing moved in part");
        vm.assertEq(s, seller, "seller");
        vm.assertEq(b, buyer, "buyer");
        vm.assertEq(escrow.remainingOf(terms), terms.price, "remaining");
    }

    function test_WhenOfferNamesTheBuyer() public {
        Terms memory terms = _terms(ETH);
        terms.buyer = buyer;
        vm.assertEq(_open(terms), _idOf(terms), "id");
        _assertFresh(terms);
    }

    function test_RevertWhen_OfferNamesAnotherBuyer() public {
        Terms memory terms = _terms(ETH);
        terms.buyer = stranger;
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, buyer, stranger));
    }

    function test_WhenUnitsOfOneOffer() public {
        Offer memory offer = _offerOf(_terms(ETH));
        Terms memory terms = _terms(ETH);
        offer.quantity = 3;
        bytes memory signature = _signOffer(offer);
        for (uint32 unit = 0; unit < 3; ++unit) {
            terms.salt = 1 + unit;
            vm.expectEmit(address(escrow));
            emit IEscrowEvents.Opened(_idOf(terms), seller, buyer, terms, uint40(START + SHIP));
            vm.prank(buyer);
            vm.assertEq(escrow.open{value: ETH_PRICE}(offer, unit, signature), _idOf(terms), "id of the unit");
            _assertState(terms, DealState.Funded);
        }
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.UnitOutOfRange.selector, 3, 3);
        _refusedOffer(offer, 3, signature, ETH_PRICE, refusal);
    }

    function test_RevertGiven_UnitTaken() public {
        Terms memory terms = _funded(ETH);
        _refused(terms, _taken(terms, DealState.Funded));
    }

    function test_RevertGiven_DealEnded() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _refused(terms, _taken(terms, DealState.Completed));
    }

    function test_RevertGiven_OfferVoided() public {
        Terms memory terms = _inState(ETH, DealState.Cancelled);
        _refused(terms, _taken(terms, DealState.Cancelled));
    }

    function test_RevertGiven_CounterRaised() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        vm.prank(seller);
        escrow.cancelAllOffers();
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.OfferCancelled.selector, 0, escrow.counterOf(seller));
        _refusedOffer(offer, 0, signature, ETH_PRICE, refusal);
    }

    function test_RevertWhen_CounterIsOfTheFuture() public {
        Offer memory offer = _offerOf(_terms(ETH));
        offer.counter = 1;
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.OfferCancelled.selector, 1, 0);
        _refusedOffer(offer, 0, _signOffer(offer), ETH_PRICE, refusal);
    }

    function test_WhenOfferEndsThisSecond() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        vm.warp(offer.expiry);
        vm.prank(buyer);
        escrow.open{value: ETH_PRICE}(offer, 0, signature);
        _assertState(offer.terms, DealState.Funded);
    }

    function test_RevertWhen_OfferExpired() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        vm.warp(uint256(offer.expiry) + 1);
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.OfferExpired.selector, offer.expiry, uint256(offer.expiry) + 1);
        _refusedOffer(offer, 0, signature, ETH_PRICE, refusal);
    }

    function test_RevertWhen_AnotherSigned() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory forged = _sign(STRANGER_KEY, Digests.offer(address(escrow), offer));
        _refusedOffer(offer, 0, forged, ETH_PRICE, _wrongSignature());
    }

    function test_RevertWhen_AnyTermDiffersFromWhatWasSigned() public {
        bytes memory signature = _signOffer(_offerOf(_terms(ETH)));
        Offer memory offer = _offerOf(_terms(ETH));
        offer.terms.itemHash = keccak256("another camera");
        _refusedOffer(offer, 0, signature, ETH_PRICE, _wrongSignature());
        offer = _offerOf(_terms(ETH));
        offer.terms.price -= 1;
        _refusedOffer(offer, 0, signature, ETH_PRICE - 1, _wrongSignature());
        offer = _offerOf(_terms(ETH));
        offer.terms.arbiter = operator;
        _refusedOffer(offer, 0, signature, ETH_PRICE, _wrongSignature());
        offer = _offerOf(_terms(ETH));
        offer.expiry += 1;
        _refusedOffer(offer, 0, signature, ETH_PRICE, _wrongSignature());
        offer = _offerOf(_terms(ETH));
        offer.quantity += 1;
        _refusedOffer(offer, 1, signature, ETH_PRICE, _wrongSignature());
    }

    function test_RevertWhen_SignedForAnotherChain() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        vm.chainId(1);
        _refusedOffer(offer, 0, signature, ETH_PRICE, _wrongSignature());
    }

    function test_RevertWhen_SignedForAnotherEscrow() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _sign(SELLER_KEY, Digests.offer(_deploy("Escrow.sol:Escrow", abi.encode(PERMIT2)), offer));
        _refusedOffer(offer, 0, signature, ETH_PRICE, _wrongSignature());
    }

    function test_RevertWhen_SignatureIsNoSignature() public {
        Offer memory offer = _offerOf(_terms(ETH));
        _refusedOffer(offer, 0, "", ETH_PRICE, _wrongSignature());
        _refusedOffer(offer, 0, new bytes(65), ETH_PRICE, _wrongSignature());
        _refusedOffer(offer, 0, bytes.concat(_signOffer(offer), hex"00"), ETH_PRICE, _wrongSignature());
    }

    function test_RevertWhen_SignatureIsMalleable() public {
        Offer memory offer = _offerOf(_terms(ETH));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SELLER_KEY, Digests.offer(address(escrow), offer));
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes memory mirrored = abi.encodePacked(r, order - uint256(s), v == 27 ? uint8(28) : uint8(27));
        _refusedOffer(offer, 0, mirrored, ETH_PRICE, _wrongSignature());
    }

    function test_RevertWhen_SaltOverflows() public {
        Terms memory terms = _terms(ETH);
        terms.salt = type(uint64).max;
        Offer memory offer = _offerOf(terms);
        offer.quantity = 2;
        bytes memory overflow = abi.encodeWithSignature("Panic(uint256)", 0x11);
        _refusedOffer(offer, 1, _signOffer(offer), ETH_PRICE, overflow);
    }

    function _taken(Terms memory terms, DealState current) private view returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.UnexpectedState.selector, _idOf(terms), current, only(DealState.None));
    }

    function _wrongSignature() private view returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller);
    }

    function _refused(Terms memory terms, bytes memory refusal) private {
        Offer memory offer = _offerOf(terms);
        _refusedOffer(offer, 0, _signOffer(offer), terms.price, refusal);
    }

    function _refusedOffer(Offer memory offer, uint32 unit, bytes memory signature, uint256 value, bytes memory refusal)
        private
    {
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.open{value: value}(offer, unit, signature);
    }
}
