// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
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

/// @notice What a maker voids together: a group by its nonce, or all.
abstract contract VoidBase is Base {
    uint128 internal constant ALL = type(uint128).max;

    /// @dev The counter rises by one and by bits of the last block's hash, which nobody knows when signing.
    function _nextCounter(address maker) internal view returns (uint256) {
        return escrow.counterOf(maker) + 1 + uint64(uint256(blockhash(block.number - 1)));
    }

    function _openWith(uint8 nonce) internal {
        Offer memory offer = _offerOf(_terms(ETH));
        offer.nonce = nonce;
        bytes memory signature = _signOffer(offer);
        vm.prank(buyer);
        escrow.open{value: 1 ether}(offer, 0, signature);
    }

    function _refusesNonce(uint8 nonce) internal {
        Offer memory offer = _offerOf(_terms(ETH));
        offer.nonce = nonce;
        _refuses(offer, abi.encodeWithSelector(IEscrowErrors.NonceVoided.selector, seller, nonce));
    }

    function _refuses(Offer memory offer, bytes memory refusal) internal {
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.open{value: 1 ether}(offer, 0, signature);
    }
}

contract Escrow_cancelAllOffers is VoidBase {
    function test_WhenCalledTwice() public {
        for (uint256 i = 0; i < 2; ++i) {
            uint256 counter = _nextCounter(seller);
            vm.expectEmit(address(escrow));
            emit IEscrowEvents.AllOffersVoided(seller, counter);
            vm.prank(seller);
            escrow.cancelAllOffers();
            vm.assertEq(escrow.counterOf(seller), counter, "counter");
        }
        vm.assertEq(escrow.counterOf(buyer), 0, "counter of another");
    }

    /// @dev Somebody got the seller to sign for the counters to come: the jump takes them all out.
    function test_RevertGiven_OffersWereSignedForTheNextCounters() public {
        vm.prank(seller);
        escrow.cancelAllOffers();
        vm.assertGe(escrow.counterOf(seller), 1000, "a jump nobody could have signed ahead for");
        for (uint256 ahead = 0; ahead < 4; ++ahead) {
            Offer memory offer = _offerOf(_terms(ETH));
            uint256 counter = escrow.counterOf(seller);
            offer.counter = ahead;
            _refuses(offer, abi.encodeWithSelector(IEscrowErrors.OfferCancelled.selector, ahead, counter));
        }
    }

    function test_WhenSignedAgainWithTheNewCounter() public {
        vm.prank(seller);
        escrow.cancelAllOffers();
        Terms memory terms = _terms(ETH);
        _open(terms);
        _assertState(terms, DealState.Funded);
    }

    function test_WhenNoncesWereVoidedBefore_TheyAreFreeAgain() public {
        vm.prank(seller);
        escrow.cancelNonces(1 << 5);
        vm.prank(seller);
        escrow.cancelAllOffers();
        vm.assertEq(escrow.voidedNoncesOf(seller), 0, "voided nonces");
        _openWith(5);
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

contract Escrow_cancelNonces is VoidBase {
    function test_WhenSomeAreVoided() public {
        uint128 nonces = uint128(1) | (1 << 5) | (1 << 127);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.NoncesVoided(seller, nonces);
        vm.prank(seller);
        escrow.cancelNonces(nonces);
        vm.assertEq(escrow.voidedNoncesOf(seller), nonces, "voided nonces");
        vm.assertEq(escrow.counterOf(seller), 0, "the counter stays");
        _refusesNonce(0);
        _refusesNonce(5);
        _refusesNonce(127);
        _openWith(4);
    }

    function test_WhenMoreAreVoidedLater() public {
        vm.prank(seller);
        escrow.cancelNonces(1 << 3);
        vm.prank(seller);
        escrow.cancelNonces(1 << 4);
        vm.assertEq(escrow.voidedNoncesOf(seller), uint128(3) << 3, "both are void");
        vm.assertEq(escrow.voidedNoncesOf(buyer), 0, "nobody else's are");
    }

    function test_WhenAllBitsAreSet_ItVoidsAll() public {
        uint256 counter = _nextCounter(seller);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.AllOffersVoided(seller, counter);
        vm.prank(seller);
        escrow.cancelNonces(ALL);
        vm.assertEq(escrow.voidedNoncesOf(seller), 0, "nonces are free");
    }

    /// @dev There is no bit by which it could be voided.
    function test_RevertWhen_NonceIsAbove127() public {
        _refusesNonce(128);
        _refusesNonce(255);
        _openWith(127);
    }
}

contract Escrow_cancelFor is VoidBase {
    function test_WhenNonces() public {
        bytes memory signature = _voiding(SELLER_KEY, 0, 6, uint40(START));
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.NoncesVoided(seller, 6);
        vm.prank(stranger);
        escrow.cancelFor(seller, 6, uint40(START), signature);
        vm.assertEq(escrow.voidedNoncesOf(seller), 6, "voided nonces");
        _refusesNonce(1);
    }

    function test_WhenAll_ASignatureWorksOnce() public {
        bytes memory signature = _voiding(SELLER_KEY, 0, ALL, uint40(START + 1));
        uint256 counter = _nextCounter(seller);
        vm.prank(stranger);
        escrow.cancelFor(seller, ALL, uint40(START + 1), signature);
        vm.assertEq(escrow.counterOf(seller), counter, "counter");
        _refusesVoiding(seller, ALL, uint40(START + 1), signature);
        vm.assertEq(escrow.counterOf(seller), counter, "counter stays");
    }

    /// @dev Nonces voided by signature are free again after all was voided, and the old signature must not void them anew.
    function test_RevertWhen_ReplayedAfterAllWereVoided() public {
        bytes memory signature = _voiding(SELLER_KEY, 0, 6, uint40(START));
        vm.prank(stranger);
        escrow.cancelFor(seller, 6, uint40(START), signature);
        vm.prank(seller);
        escrow.cancelAllOffers();
        _refusesVoiding(seller, 6, uint40(START), signature);
    }

    function test_RevertWhen_Expired() public {
        bytes memory signature = _voiding(SELLER_KEY, 0, 6, uint40(START));
        vm.warp(START + 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.SignatureExpired.selector, START, START + 1));
        escrow.cancelFor(seller, 6, uint40(START), signature);
    }

    function test_RevertWhen_AnotherSigned() public {
        _refusesVoiding(seller, 6, uint40(START), _voiding(STRANGER_KEY, 0, 6, uint40(START)));
    }

    function test_RevertWhen_OtherNoncesWereSigned() public {
        _refusesVoiding(seller, 7, uint40(START), _voiding(SELLER_KEY, 0, 6, uint40(START)));
    }

    function test_RevertWhen_TheMakerSendsNoSignature() public {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller));
        vm.prank(seller);
        escrow.cancelFor(seller, 6, uint40(START), "");
    }

    function _refusesVoiding(address maker, uint128 nonces, uint40 expiry, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, maker));
        vm.prank(stranger);
        escrow.cancelFor(maker, nonces, expiry, signature);
    }

    function _voiding(uint256 key, uint256 counter, uint128 nonces, uint40 expiry)
        private
        view
        returns (bytes memory)
    {
        return _sign(key, Digests.voiding(address(escrow), seller, counter, nonces, expiry));
    }
}
