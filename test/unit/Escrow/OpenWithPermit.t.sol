// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Permit} from "../../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_openWithPermit is Base {
    function test_WhenPermitIsFresh() public {
        Terms memory terms = _terms(address(usd));
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        Permit memory permit = _permit(BUYER_KEY, USD_PRICE, block.timestamp + 1 hours);
        uint256 had = usd.balanceOf(buyer);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Opened(_idOf(terms), seller, buyer, terms, uint40(START + SHIP));
        _openWith(offer, signature, permit);
        vm.assertEq(had - usd.balanceOf(buyer), USD_PRICE, "buyer paid");
        vm.assertEq(usd.balanceOf(address(escrow)), USD_PRICE, "escrow holds");
        vm.assertEq(usd.allowance(buyer, address(escrow)), 0, "allowance left");
        _assertState(terms, DealState.Funded);
    }

    function test_WhenSomebodyElseUsedThePermitUpFirst() public {
        Offer memory offer = _offerOf(_terms(address(usd)));
        bytes memory signature = _signOffer(offer);
        Permit memory permit = _permit(BUYER_KEY, USD_PRICE, block.timestamp + 1 hours);
        vm.prank(stranger);
        usd.permit(buyer, address(escrow), USD_PRICE, permit.deadline, permit.v, permit.r, permit.s);
        _openWith(offer, signature, permit);
        _assertState(offer.terms, DealState.Funded);
        vm.assertEq(usd.balanceOf(address(escrow)), USD_PRICE, "escrow holds");
    }

    function test_RevertWhen_PermitIsMissing() public {
        Offer memory offer = _offerOf(_terms(address(usd)));
        _refused(offer, Permit(block.timestamp, 27, bytes32(0), bytes32(0)));
    }

    function test_RevertWhen_PermitIsExpired() public {
        Offer memory offer = _offerOf(_terms(address(usd)));
        _refused(offer, _permit(BUYER_KEY, USD_PRICE, block.timestamp - 1));
    }

    function test_RevertWhen_PermitIsOfAnother() public {
        Offer memory offer = _offerOf(_terms(address(usd)));
        _refused(offer, _permit(STRANGER_KEY, USD_PRICE, block.timestamp + 1));
    }

    function test_RevertWhen_DealIsInEth() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, ETH));
        _openWith(offer, signature, Permit(0, 0, 0, 0));
    }

    function test_RevertWhen_TokenHasNoCode() public {
        Offer memory offer = _offerOf(_terms(operator));
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, operator));
        _openWith(offer, signature, Permit(0, 0, 0, 0));
    }

    function test_RevertWhen_OfferSignatureIsWrong() public {
        Offer memory offer = _offerOf(_terms(address(usd)));
        bytes memory forged = _sign(STRANGER_KEY, Digests.offer(address(escrow), offer));
        Permit memory permit = _permit(BUYER_KEY, USD_PRICE, block.timestamp + 1 hours);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller));
        _openWith(offer, forged, permit);
    }

    function _refused(Offer memory offer, Permit memory permit) private {
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientAllowance(address,uint256,uint256)", address(escrow), 0, USD_PRICE
            )
        );
        _openWith(offer, signature, permit);
    }

    function _permit(uint256 key, uint256 value, uint256 end) private view returns (Permit memory permit) {
        bytes32 digest =
            Digests.permit(usd.DOMAIN_SEPARATOR(), buyer, address(escrow), value, usd.nonces(buyer), end);
        permit.deadline = end;
        (permit.v, permit.r, permit.s) = vm.sign(key, digest);
    }

    function _openWith(Offer memory offer, bytes memory signature, Permit memory permit) private {
        vm.prank(buyer);
        escrow.openWithPermit(offer, 0, signature, permit);
    }
}
